// The reader: outline, languages, tints, find in text, explanations of terms, and which clause is in view.
// The text comes escaped from Python and is put in place once; everything else here is made of text nodes (`make`: terms.js).
const button = (name, text, press) => {
  const node = make("button", name, text);
  node.type = "button";
  node.onclick = press;
  return node;
};
const MODES = ["zh", "en", "both"];

const languages = (root, data) => {
  const box = root.querySelector(".modes");
  box.replaceChildren();
  box.hidden = !data.translated;
  box.setAttribute("aria-label", data.texts.show);
  const show = (mode) => {
    root.dataset.mode = mode;
    window.guidegraph.mode = mode;
    box.querySelectorAll("button").forEach((b, i) => b.setAttribute("aria-pressed", MODES[i] === mode));
  };
  MODES.forEach((mode) => box.append(button("", data.texts[mode], () => keep(root, () => show(mode)))));
  root.dataset.lang = data.lang;
  show(data.translated ? window.guidegraph.mode ?? (data.lang === "en" ? "both" : "zh") : "zh");
};

// what is in view stays in view when the text above it grows
const keep = (root, change) => {
  const at = root.current && document.getElementById(root.current);
  const before = at?.getBoundingClientRect().top;
  change();
  if (at) document.querySelector("[data-testid=stMain]").scrollBy(0, at.getBoundingClientRect().top - before);
};

const TINTS = 8; // kinds shown at first, the most frequent ones (reader.css)
const tints = (root, data) => {
  const box = root.querySelector(".tints");
  box.replaceChildren(make("span", "label", data.texts.tint));
  for (const { kind, word, count } of data.kinds) {
    const chip = button(`tint kind-${kind}`, "", () => {
      const on = root.classList.toggle(`tint-${kind}`);
      chip.setAttribute("aria-pressed", on);
    });
    chip.setAttribute("aria-pressed", root.classList.contains(`tint-${kind}`));
    chip.append(make("i", ""), make("span", "", word), make("small", "", count));
    box.append(chip);
  }
  if (data.kinds.length <= TINTS) return;
  const rest = button("tint rest", `+${data.kinds.length - TINTS}`, () => {
    box.classList.add("all");
    rest.remove();
    box.querySelectorAll("button")[TINTS].focus();
  });
  rest.title = data.texts.kinds;
  box.append(rest);
};

const finder = (root, data) => {
  const field = root.querySelector(".find input");
  const count = root.querySelector(".find span");
  const [back, next] = root.querySelectorAll(".find button");
  field.placeholder = data.texts.find;
  field.setAttribute("aria-label", data.texts.find);
  back.setAttribute("aria-label", data.texts.back);
  next.setAttribute("aria-label", data.texts.next);
  let found = [];
  let at = -1;
  const step = (by) => {
    if (!found.length) return;
    at = (at + by + found.length) % found.length;
    CSS.highlights?.set("found-now", new Highlight(found[at]));
    count.textContent = `${at + 1} / ${found.length}`;
    found[at].startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  const search = () => {
    found = matches(root.querySelector(".text"), field.value);
    at = -1;
    CSS.highlights?.set("found", new Highlight(...found));
    CSS.highlights?.delete("found-now");
    count.textContent = field.value.trim() ? data.texts.none : "";
    step(1);
  };
  field.oninput = search;
  field.onkeydown = (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") field.value = "", search();
  };
  back.onclick = () => step(-1);
  next.onclick = () => step(1);
  field.value = "";
  search();
};

// ranges of a text in what is shown, over the borders of marks, without regard to case and white space
const matches = (text, words) => {
  const wanted = words.toLowerCase().replace(/\s+/g, "");
  if (!wanted) return [];
  const out = [];
  for (const block of text.querySelectorAll("h3, p, td, th")) {
    if (!block.offsetParent) continue;
    const places = [];
    let all = "";
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".anchor") || !node.parentElement.offsetParent) continue;
      [...node.data].reduce((offset, char) => {
        if (char.trim()) { all += char.toLowerCase().slice(0, 1); places.push([node, offset]); }
        return offset + char.length;
      }, 0);
    }
    for (let i = all.indexOf(wanted); i >= 0; i = all.indexOf(wanted, i + wanted.length)) {
      const range = new Range();
      range.setStart(...places[i]);
      const [node, offset] = places[i + wanted.length - 1];
      range.setEnd(node, offset + 1);
      out.push(range);
    }
  }
  return out;
};

const explain = (root, data) => {
  const text = root.querySelector(".text");
  const card = explainer(root.querySelector(".term"), (mark) => data.terms[mark.dataset.t], () => data.texts.more);
  text.onpointerover = (event) => {
    const mark = event.target.closest(".m");
    if (mark && event.pointerType === "mouse") card.showSoon(mark);
  };
  text.onpointerout = (event) => event.pointerType === "mouse" && card.hideSoon();
  root.onclick = (event) => {
    const mark = event.target.closest(".m");
    if (mark) card.show(mark);
    else if (!event.target.closest(".term")) card.hide();
  };
  root.onkeydown = (event) => {
    if (event.key === "Escape") card.hide();
    if (event.key === "Enter" && event.target.matches(".m")) card.show(event.target);
  };
};

const jump = (root, id, smooth) => {
  const target = document.getElementById(id);
  if (!target) return;
  target.scrollIntoView({ block: "start", behavior: smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant" });
  root.querySelectorAll(".visited").forEach((n) => n.classList.remove("visited"));
  target.classList.add("visited");
  here(root, id);
};

// while the page before is cleared away the text still moves: hold the target in place, until the reader moves it
const settle = (root, id) => {
  const stop = new AbortController();
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) window.addEventListener(kind, () => stop.abort(), { signal: stop.signal });
  const look = (left) => {
    const target = document.getElementById(id);
    if (!target || !left || stop.signal.aborted) return stop.abort();
    if (Math.abs(target.getBoundingClientRect().top - parseFloat(getComputedStyle(target).scrollMarginTop)) > 4) target.scrollIntoView({ block: "start" });
    root.still = Date.now() + 300;
    setTimeout(look, 120, left - 1);
  };
  look(12);
};

// the terms of the clause in view can be reached by Tab; those of a whole guideline would be hundreds of stops
const reach = (root, id) => {
  for (const mark of root.querySelectorAll(".m[tabindex]")) mark.removeAttribute("tabindex"), mark.removeAttribute("role");
  for (const mark of document.getElementById(id)?.querySelectorAll(".m") ?? []) mark.tabIndex = 0, mark.setAttribute("role", "button");
};

const here = (root, id) => {
  root.current = id;
  reach(root, id);
  root.querySelectorAll(".outline [aria-current]").forEach((n) => n.removeAttribute("aria-current"));
  const entry = root.querySelector(`.outline [data-to="${CSS.escape(id)}"]`);
  if (!entry) return;
  entry.setAttribute("aria-current", "true");
  const list = entry.closest(".outline");
  const shift = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (shift < 30 || shift > list.clientHeight - 50) list.scrollTop += shift - list.clientHeight / 3;
};

const follow = (root, tell) => {
  root.querySelector(".outline").onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    root.querySelector(".contents").open = window.innerWidth > 1100;
    jump(root, link.dataset.to, false);
    root.still = Date.now() + 700;
    tell("clause", link.dataset.to.replace("clause-", ""));
  };
  root.watcher?.abort();
  root.watcher = new AbortController();
  const main = document.querySelector("[data-testid=stMain]");
  let waiting;
  const look = () => {
    if (!root.isConnected) return root.watcher.abort();
    const edge = 170;
    const all = [...root.querySelectorAll("section.sec")];
    const above = all.filter((n) => n.getBoundingClientRect().top < edge);
    const now = above.at(-1) ?? all[0];
    if (Date.now() < root.still || !now || `clause-${now.dataset.clause}` === root.current) return;
    here(root, `clause-${now.dataset.clause}`);
    clearTimeout(waiting);
    waiting = setTimeout(() => tell("seen", now.dataset.clause), 350);
  };
  main.addEventListener("scroll", look, { signal: root.watcher.signal, passive: true });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".reader");
  window.guidegraph ??= {};
  if (root.dataset.key !== data.key) {
    root.dataset.key = data.key;
    root.dataset.jump = "";
    root.querySelector(".text").innerHTML = data.body;
    root.querySelector(".outline").innerHTML = data.outline;
    root.querySelector(".contents summary").textContent = data.texts.outline;
    root.querySelector(".note").textContent = data.translated ? data.texts.unofficial : "";
    root.querySelector(".contents").open = window.innerWidth > 1100;
    languages(root, data);
    tints(root, data);
    finder(root, data);
    explain(root, data);
    follow(root, setTriggerValue);
    const tools = root.querySelector(".tools");
    const measure = () => root.style.setProperty("--tools", getComputedStyle(tools).position === "sticky" ? `${tools.offsetHeight}px` : "3.5rem");
    new ResizeObserver(measure).observe(tools);
    measure();
  }
  if (root.dataset.jump !== data.jump) {
    root.dataset.jump = data.jump;
    root.still = Date.now() + 700;
    if (data.jump && root.current !== `clause-${data.jump}`) requestAnimationFrame(() => {
      jump(root, `clause-${data.jump}`, false);
      settle(root, `clause-${data.jump}`);
    });
  }
}
