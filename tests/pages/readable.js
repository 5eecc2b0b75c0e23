// What a reader who sees little, sees nothing or has only a keyboard would stumble over; an empty list is well.
() => {
  const found = new Set();
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const told = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 20)}”`;

  for (const element of document.querySelectorAll("a[href], button, summary")) {
    const image = element.querySelector("img[alt], [aria-label]");
    const name = element.getAttribute("aria-label") || element.textContent.trim() || element.title;
    if (shown(element) && !name && !image) found.add(`no name: ${element.outerHTML}`);
  }
  for (const element of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (shown(element) && !element.labels.length && !element.ariaLabel) found.add(`no label: ${element.outerHTML}`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) found.add(`no words: ${image.outerHTML}`);

  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, at) => at && level > levels[at - 1] + 1 && found.add(`headings skip a level: ${levels}`));

  // Contrast, by WCAG 2.1: 4.5, and 3 for large letters. Colours are read back from a canvas, however they are written.
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const painted = (written) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = written;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const once = (work, known = new Map()) => (given) => known.get(given) ?? known.set(given, work(given)).get(given);
  const colour = once(painted);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const NONE = "not one colour";
  const ground = once((element) => {
    const style = getComputedStyle(element);
    if (style.backgroundImage !== "none") return NONE;
    const own = colour(style.backgroundColor);
    if (own[3] === 255) return own;
    return element.parentElement ? ground(element.parentElement) : [255, 255, 255, 255];
  });
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    const hidden = element.closest(".gs-hidden, script, style, noscript, svg") || !shown(element);
    const behind = !hidden && words.currentNode.textContent.trim() && ground(element);
    if (!behind || behind === NONE) continue;
    const style = getComputedStyle(element);
    const [dim, bright] = [light(colour(style.color)), light(behind)].sort((one, other) => one - other);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (bright + 0.05) / (dim + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.add(`contrast ${ratio.toFixed(2)}: ${told(element)}`);
  }
  return [...found];
}
