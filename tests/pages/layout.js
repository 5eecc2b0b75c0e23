// What does not fit: a page wider than its screen, letters that are cut off, blocks that lie on each other.
() => {
  const found = new Set();
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const told = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 20)}”`;
  const style = (element) => getComputedStyle(element);
  const shown = (element) => element.checkVisibility() && !element.closest(".gs-hidden, .gs-skip, .gs-stack thead, details:not([open]) > :not(summary), svg");

  const edge = document.documentElement.clientWidth;
  const beyond = [...document.querySelectorAll("body *")].filter((element) => shown(element) && element.getBoundingClientRect().right > edge + 1);
  if (wide > 0) found.add(`${wide} px wider than the screen: ${beyond.slice(-3).map(told)}`);

  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element) || element.tagName === "INPUT" || element.tagName === "SELECT") continue;
    const cuts = ["hidden", "clip"].includes(style(element).overflowX) || ["hidden", "clip"].includes(style(element).overflowY);
    if (cuts && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) found.add(`cut off: ${told(element)}`);
  }

  const blocks = [...document.querySelectorAll("main *, .gs-header *, .gs-footer *")].filter(
    (element) => shown(element) && !["inline", "contents"].includes(style(element).display) && style(element).position === "static",
  );
  for (const block of blocks) {
    const beside = [...block.parentElement.children].filter((other) => other !== block && blocks.includes(other));
    const one = block.getBoundingClientRect();
    for (const other of beside) {
      const two = other.getBoundingClientRect();
      const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (across > 2 && down > 2) found.add(`on each other: ${told(block)} and ${told(other)}`);
    }
  }
  return [...found];
}
