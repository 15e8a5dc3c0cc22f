// Loaded without defer in <head>, so that the chosen size is there before the first paint and nothing shifts.
(function () {
  "use strict";
  const KEY = "gongkai.text-size";
  const SIZES = ["90", "100", "112", "125", "150"];
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Private windows may refuse storage: the size then lives as long as the page.
    }
  }

  function apply(size) {
    if (size === "100") {
      root.removeAttribute("data-size");
    } else {
      root.setAttribute("data-size", size);
    }
  }

  function change(step) {
    const now = SIZES.indexOf(root.getAttribute("data-size") || "100");
    const next = SIZES[Math.min(SIZES.length - 1, Math.max(0, now + step))];
    apply(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      return; // See stored(): nothing to remember it in.
    }
  }

  root.classList.add("js");
  const size = stored();
  if (SIZES.includes(size)) apply(size);
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-text-size]");
    if (button) change(button.dataset.textSize === "larger" ? 1 : -1);
  });
})();
