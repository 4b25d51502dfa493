// A button that puts a text on the clipboard. `data.text` null means the address of the page.
const FALLBACK = (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.cssText = "position:fixed;opacity:0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return FALLBACK(text); // plain http on an intranet has no navigator.clipboard
  }
};

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const label = button.querySelector("span");
  label.textContent = data.label;
  button.onclick = async () => {
    const done = await copy(data.text ?? window.location.href);
    button.classList.toggle("done", done);
    label.textContent = done ? data.done : data.failed;
    setTimeout(() => {
      button.classList.remove("done");
      label.textContent = data.label;
    }, 1800);
  };
}
