// Streamlit's own words (an upload button, a folded side, two thumbs) in the language of the interface: `words` maps its English
// to ours, `{}` standing for what a word holds. What was there is remembered, so that a switch of language turns it back.
const SLOTS = ["aria-label", "title", "placeholder"];
const PLACES =
  "[data-testid=stFileUploader] :is(p, span, button, input, div), [data-testid=stSidebar], [data-testid=stSidebar] > div button, [data-testid=stHeader] button," +
  " [data-testid=stFeedback], [data-testid=stFeedback] *, [data-testid=stSelectbox] :is(button, input), [data-testid=stMultiSelect] :is(button, input), [role=listbox] *," +
  " .stApp > a, .stApp > div > a, [data-testid=stDialog] button, [data-testid=stTextArea] ~ *, [role=radiogroup]";
const told = new WeakMap();

const translated = (text, words) => {
  if (words[text]) return words[text];
  for (const [pattern, word] of Object.entries(words)) {
    const [before, after] = pattern.split("{}");
    if (after !== undefined && text.startsWith(before) && text.endsWith(after)) {
      return word.replace("{}", text.slice(before.length, text.length - after.length));
    }
  }
  return text;
};

const tell = (node, slot, now, write, words) => {
  const before = told.get(node) ?? {};
  const original = before[slot]?.shown === now ? before[slot].original : now;
  const shown = translated(original, words);
  if (shown !== now) write(shown);
  told.set(node, { ...before, [slot]: { original, shown } });
};

const furnish = () => {
  const words = window.guidegraph.furniture;
  for (const node of document.querySelectorAll(PLACES)) {
    for (const slot of SLOTS) {
      if (node.hasAttribute(slot)) tell(node, slot, node.getAttribute(slot), (text) => node.setAttribute(slot, text), words);
    }
    for (const text of node.childNodes) {
      if (text.nodeType === Node.TEXT_NODE) tell(text, "text", text.data, (said) => (text.data = said), words);
    }
  }
};

const watchFurniture = () => {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; furnish(); });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true });
};
