// Puts the cursor into the question box once, unless the visitor is already somewhere (or on a phone, where it would
// raise the keyboard).
export default function () {
  const box = document.querySelector(".st-key-askbox input");
  const idle = document.activeElement === null || document.activeElement === document.body;
  if (box && idle && window.matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
}
