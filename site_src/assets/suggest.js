// Suggestions while one types: the only script of the site, and nothing needs it. Texts are put in as text, never as
// markup; an answer that does not come, or is none, is silence.
"use strict";
(() => {
  const LIST = "gs-suggested", PAUSE = 120;
  const box = [...document.querySelectorAll("input[name=q]")].find((one) => one.offsetParent !== null);
  if (!box || !box.form) return;

  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const list = make("ul", "gs-suggest");
  const status = make("p", "gs-hidden");
  list.id = LIST;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议");
  status.setAttribute("role", "status");
  list.hidden = true;
  const holder = make("div", "gs-suggests");
  box.after(holder);
  holder.append(list, status);
  const say = (attributes) => Object.entries(attributes).forEach(([name, value]) => box.setAttribute(name, value));
  say({type: "text", enterkeyhint: "search", role: "combobox"});
  say({"aria-autocomplete": "list", "aria-controls": LIST, "aria-expanded": "false"});

  let timer = 0, asked = null, at = -1;

  const close = () => {
    clearTimeout(timer);
    if (asked) asked.abort();
    list.hidden = true;
    at = -1;
    say({"aria-expanded": "false"});
    box.removeAttribute("aria-activedescendant");
  };
  const choose = (to) => {
    const options = [...list.children];
    at = to;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === to)));
    if (to < 0) return box.removeAttribute("aria-activedescendant");
    options[to].scrollIntoView({block: "nearest"});
    say({"aria-activedescendant": options[to].id});
  };
  const go = (option) => {
    const path = option.dataset.path;
    if (/^\/(?![\/\\])/.test(path)) location.assign(path);
  };
  const option = (item, place) => {
    const made = make("li", "gs-suggestion");
    const words = make("span", "gs-suggestion-text");
    let end = 0;
    for (const [first, last] of item.marks) {
      words.append(item.text.slice(end, first), make("mark", "", item.text.slice(first, last)));
      end = last;
    }
    words.append(item.text.slice(end));
    made.append(words, make("span", "gs-suggestion-what", item.note ? `${item.label} · ${item.note}` : item.label));
    made.id = `${LIST}-${place}`;
    made.dataset.path = item.path;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    return made;
  };
  const show = (items) => {
    list.replaceChildren(...items.map(option));
    list.hidden = !items.length;
    at = -1;
    say({"aria-expanded": String(items.length > 0)});
    box.removeAttribute("aria-activedescendant");
    status.textContent = items.length ? `${items.length} 条建议` : "";
  };
  const ask = async () => {
    const typed = box.value.trim();
    if (!/[\u3400-\u9fff]|[A-Za-z].*[A-Za-z]/.test(typed)) return close();
    if (asked) asked.abort();
    const mine = asked = new AbortController();
    try {
      const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`, {credentials: "omit", signal: mine.signal});
      const found = answer.ok ? (await answer.json()).items : [];
      if (mine === asked && document.activeElement === box) show(found);
    } catch { /* silence */ }
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  const last = () => list.children.length - 1;
  const keys = {
    ArrowDown: () => choose(at < last() ? at + 1 : -1),
    ArrowUp: () => choose(at < 0 ? last() : at - 1),
    Home: () => choose(0),
    End: () => choose(last()),
    Enter: () => go(list.children[at]),
    Escape: close,
    Tab: close,
  };
  box.addEventListener("input", (event) => event.isComposing || wait());
  box.addEventListener("compositionend", wait);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const step = list.hidden || event.isComposing ? null : keys[event.key];
    if (!step || (at < 0 && ["Home", "End", "Enter"].includes(event.key))) return;
    if (event.key !== "Tab") event.preventDefault();
    step();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) go(chosen);
  });
})();
