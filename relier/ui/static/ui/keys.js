// Presses what says `aria-keyshortcuts`, while the focus is in its form (`data-keys`, which takes
// the focus itself) and nowhere else. The page opens with the focus there, so each answer does too.
// Inside a box, letters and figures are written; Esc leaves it. Without this, buttons are pressed.
(() => {
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  const box = (one) => one.matches("textarea, input:not([type=checkbox], [type=hidden])");
  const first = form.querySelector("[autofocus]");
  if (first) first.focus();
  else form.focus({ preventScroll: true });

  form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (box(at)) {
      if (event.key === "Escape") form.focus({ preventScroll: true });
      // A box of several lines: Enter keeps, Shift and Enter begins a line.
      if (event.key !== "Enter" || event.shiftKey || at.tagName !== "TEXTAREA") return;
    } else if (event.key === "Enter" && at.matches("button, a, summary")) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const pressed = [...form.querySelectorAll("[aria-keyshortcuts]")]
      .find((one) => one.getAttribute("aria-keyshortcuts").split(" ").includes(key));
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
})();
