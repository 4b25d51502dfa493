// What explains a concept named in a text: a card beside the name, on hover, focus or tap. `find(name)` gives the concept
// ({ name, other, lang, word, kind, definition, href }), `card` the element that shows it. Shared by the reader and the quotations.
const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
};

const explainer = (card, find, more) => {
  let waiting;
  const soon = (act, wait) => { clearTimeout(waiting); waiting = setTimeout(act, wait); };
  const hide = () => { clearTimeout(waiting); card.hidden = true; card.mark = null; };
  const place = () => {
    const box = card.mark?.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > window.innerHeight) return hide();
    const left = Math.min(Math.max(8, box.left), window.innerWidth - card.offsetWidth - 8);
    const below = box.bottom + card.offsetHeight + 12 < window.innerHeight;
    card.style.left = `${left}px`;
    card.style.top = `${below ? box.bottom + 4 : box.top - card.offsetHeight - 4}px`;
  };
  const show = (mark) => {
    clearTimeout(waiting);
    const term = find(mark);
    const link = make("a", "go", more());
    link.href = term.href;
    const other = make("em", "", term.other === term.name ? "" : term.other);
    if (term.lang) other.lang = term.lang;
    card.className = `term kind-${term.kind}`;
    card.replaceChildren(make("b", "", term.name), make("small", "", term.word), other, make("p", "", term.definition), link);
    card.hidden = false;
    card.mark = mark;
    place();
  };
  card.onpointerover = () => clearTimeout(waiting);
  card.onpointerleave = () => soon(hide, 200);
  return { show, hide, place, showSoon: (mark) => soon(() => show(mark), 220), hideSoon: () => soon(hide, 260) };
};
