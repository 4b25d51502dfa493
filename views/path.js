// The path picture: hovering or focusing a node or an edge lights what belongs to it; a clause leads to its card;
// several paths are stepped through. The figures come escaped from Python.
const light = (figure, ids) => {
  figure.classList.toggle("lit", ids.length > 0);
  for (const part of figure.querySelectorAll("[data-ends]")) {
    const ends = part.dataset.ends.split(" ");
    const on = ids.length === 1 ? ends.includes(ids[0]) : ids.every((id) => ends.includes(id)) || (ends.length === 1 && ids.includes(ends[0]));
    part.classList.toggle("on", on);
  }
  const edges = [...figure.querySelectorAll(".edge.on")].flatMap((edge) => edge.dataset.ends.split(" "));
  if (ids.length === 1) for (const node of figure.querySelectorAll(".node")) node.classList.toggle("on", edges.includes(node.dataset.ends) || node.dataset.ends === ids[0]);
};

const visit = (event, link) => {
  const card = document.getElementById(link.getAttribute("href").slice(1));
  if (!card) return;
  event.preventDefault();
  card.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth", block: "center" });
  card.classList.add("visited");
  setTimeout(() => card.classList.remove("visited"), 1600);
};

const wire = (figure) => {
  for (const part of figure.querySelectorAll("[data-ends]")) {
    const ids = part.dataset.ends.split(" ");
    part.addEventListener("pointerenter", () => light(figure, ids));
    part.addEventListener("pointerleave", () => light(figure, []));
    part.addEventListener("focus", () => light(figure, ids));
    part.addEventListener("blur", () => light(figure, []));
  }
  for (const link of figure.querySelectorAll("a")) link.addEventListener("click", (event) => visit(event, link));
};

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".path");
  root.querySelector(".figures").innerHTML = data.figures;
  const figures = [...root.querySelectorAll("figure")];
  const [back, next] = root.querySelectorAll("nav button");
  const counter = root.querySelector("nav span");
  back.title = data.back;
  next.title = data.next;
  root.querySelector("nav").hidden = figures.length < 2;
  root.querySelector("h3").textContent = data.title;
  let at = 0;
  const show = (index) => {
    at = (index + figures.length) % figures.length;
    figures.forEach((figure, i) => (figure.hidden = i !== at));
    counter.textContent = `${at + 1} / ${figures.length}`;
  };
  back.onclick = () => show(at - 1);
  next.onclick = () => show(at + 1);
  figures.forEach(wire);
  show(0);
}
