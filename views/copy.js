// A button that puts a text on the clipboard. `data.text` null means the address of the page. How it is done: wires.js.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const label = button.querySelector("span");
  label.textContent = data.label;
  button.onclick = async () => {
    const done = await window.guidegraph.copy(data.text ?? window.location.href);
    button.classList.toggle("done", done);
    label.textContent = done ? data.done : data.failed;
    setTimeout(() => {
      button.classList.remove("done");
      label.textContent = data.label;
    }, 1800);
  };
}
