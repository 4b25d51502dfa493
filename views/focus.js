// Puts the cursor into the question box once, unless the visitor is already somewhere (or on a phone, where it would
// raise the keyboard). The box may be drawn a little later.
export default function () {
  const focus = (left) => {
    const box = document.querySelector(".st-key-askbox input");
    const idle = document.activeElement === null || document.activeElement === document.body;
    if (idle && box && window.matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
    if (idle && left) setTimeout(focus, 150, left - 1);
  };
  focus(8);
}
