// A list in pages. A step of its pager asks for that page of the list alone, and the rest of the screen stays; the server puts
// the page into the address. In a new tab the same link draws the whole screen.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  if (root.drawn !== data.html) root.innerHTML = root.drawn = data.html;
  root.onclick = (event) => {
    const step = event.target.closest(".pager a");
    if (!step || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
    setTriggerValue("turned", new URL(step.href).searchParams.get("page") ?? "1");
  };
}
