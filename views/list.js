// A list in pages. A step of its pager puts its address into the browser's and asks for that page of the list alone; the
// rest of the screen stays. In a new tab, or where the visitor goes back, the same address draws the whole screen.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("div");
  if (root.drawn !== data.html) root.innerHTML = root.drawn = data.html;
  root.onclick = (event) => {
    const step = event.target.closest(".pager a");
    if (!step || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState({}, "", new URL(step.getAttribute("href"), location.href));
    document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
    setTriggerValue("turned", step.getAttribute("href"));
  };
}
