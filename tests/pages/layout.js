// What does not fit: a page wider than its screen, letters that are cut off, blocks that lie on each other.
() => {
  const found = new Set();
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const told = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 20)}”`;
  const style = (element) => getComputedStyle(element);
  const out = ".gs-hidden, .gs-skip, .gs-stack thead, details:not([open]) > :not(summary), svg";
  const seen = new Set([...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() && !element.closest(out)));

  const edge = document.documentElement.clientWidth;
  const beyond = [...seen].filter((element) => element.getBoundingClientRect().right > edge + 1);
  if (wide > 0) found.add(`${wide} px wider than the screen: ${beyond.slice(-3).map(told)}`);

  for (const element of seen) {
    if (element.tagName === "INPUT" || element.tagName === "SELECT") continue;
    const { overflowX, overflowY } = style(element);
    const cuts = [overflowX, overflowY].some((one) => one === "hidden" || one === "clip");
    if (cuts && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) found.add(`cut off: ${told(element)}`);
  }

  const stands = ({ display, position }) => display !== "inline" && display !== "contents" && position === "static";
  const blocks = new Map();
  for (const element of document.querySelectorAll("main *, .gs-header *, .gs-footer *")) {
    if (seen.has(element) && stands(style(element))) blocks.set(element, element.getBoundingClientRect());
  }
  for (const [block, one] of blocks) {
    for (let other = block.nextElementSibling; other; other = other.nextElementSibling) {
      const two = blocks.get(other);
      if (!two) continue;
      const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (across > 2 && down > 2) found.add(`on each other: ${told(block)} and ${told(other)}`);
    }
  }
  return [...found];
}
