// One listener for all pages: a link `a.go` changes page without a reload, `[data-copy]` copies, `[data-toggle]`
// switches a class of the document (the sheet at the foot of a phone). Links keep their meaning for new tabs.
// Puts a text on the clipboard; false where the browser refused. A page that is not served over https (a server in the
// house, by its name) has no `navigator.clipboard`; there the older command copies a selection.
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
};

const copied = async (button, words) => {
  if (!(await copy(new URL(button.dataset.copy, window.location.href).href))) return;
  const before = button.textContent;
  if (before === words) return; // clicked again: it still says so, and the first click turns it back
  button.textContent = words;
  setTimeout(() => (button.textContent = before), 1500);
};

// What the browser keeps of the settings, and the buttons that show it; drawn anew with each page (canvas.js).
const settings = () => {
  const size = localStorage.getItem("guidegraph-size") ?? "1";
  const look = localStorage.getItem("guidegraph-look") ?? "system";
  document.documentElement.style.fontSize = size === "1" ? "" : `${16 * size}px`;
  for (const button of document.querySelectorAll("[data-size]")) button.setAttribute("aria-pressed", button.dataset.size === size);
  for (const button of document.querySelectorAll("[data-look]")) button.setAttribute("aria-pressed", button.dataset.look === look);
};

// Day or night. Streamlit reads its theme once, when a page is opened, under a name that holds the page's path.
const wear = (wanted) => {
  const dark = getComputedStyle(document.querySelector(".stApp")).colorScheme === "dark";
  const look = wanted === "other" ? (dark ? "light" : "dark") : wanted;
  localStorage.setItem("guidegraph-look", look);
  const links = [...document.querySelectorAll(".pages a")].map((link) => new URL(link.href).pathname);
  for (const path of new Set([location.pathname, ...links])) {
    const name = `stActiveTheme-${path}-v2`;
    if (look === "system") localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(look === "dark" ? "Dark" : "Light"));
  }
  location.reload();
};

const plain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

export default function ({ data }) {
  window.guidegraph ??= {};
  window.guidegraph.copied = data.copied;
  window.guidegraph.copy = copy;
  if (!document.cookie.includes("guidegraph_visitor=")) {
    document.cookie = `guidegraph_visitor=${data.visitor}; path=/; max-age=63072000; SameSite=Lax`;
  }
  window.guidegraph.settings = settings;
  settings();
  if (window.guidegraph.wired) return;
  window.guidegraph.wired = true;
  document.documentElement.classList.add("wired"); // before this the buttons take no click (page.css)
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a.go, [data-copy], [data-toggle], [data-size], [data-look]");
    if (!target) return;
    if (target.dataset.copy) {
      event.preventDefault();
      copied(target, window.guidegraph.copied);
    } else if (target.dataset.size) {
      localStorage.setItem("guidegraph-size", target.dataset.size);
      settings();
    } else if (target.dataset.look) {
      wear(target.dataset.look);
    } else if (target.dataset.toggle) {
      document.documentElement.classList.toggle(target.dataset.toggle);
    } else if (plain(event)) {
      event.preventDefault();
      document.documentElement.classList.remove("beside-open");
      history.pushState({}, "", new URL(target.getAttribute("href"), location.href));
      window.dispatchEvent(new PopStateEvent("popstate", { state: {} })); // Streamlit draws what the address says
      document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    }
  });
}
