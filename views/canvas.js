// Puts a drawing in its place. It comes escaped from Python.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector("div");
  if (root.drawn !== data.html) root.innerHTML = root.drawn = data.html;
  window.guidegraph?.settings?.();
}
