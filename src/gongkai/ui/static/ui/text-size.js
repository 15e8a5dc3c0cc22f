// What a reader chose about how pages look: size of text, care mode, contrast. Loaded without defer in <head>, so that
// the choice is there before the first paint and nothing shifts.
(function () {
  "use strict";
  const SIZES = ["90", "100", "112", "125", "150", "175"];
  const CARE_SIZE = "125"; // care mode is never smaller
  const root = document.documentElement;

  function stored(name) {
    try {
      return localStorage.getItem(`gongkai.${name}`);
    } catch {
      return null; // Private windows may refuse storage: the choice then lives as long as the page.
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(`gongkai.${name}`, value);
    } catch {
      return; // See stored(): nothing to remember it in.
    }
  }

  let size = SIZES.includes(stored("text-size")) ? stored("text-size") : "100";
  const switches = { care: stored("care") === "on", contrast: stored("contrast") === "more" };

  function apply() {
    root.toggleAttribute("data-care", switches.care);
    root.toggleAttribute("data-contrast", switches.contrast);
    const shown = SIZES[Math.max(SIZES.indexOf(size), switches.care ? SIZES.indexOf(CARE_SIZE) : 0)];
    if (shown === "100") root.removeAttribute("data-size");
    else root.setAttribute("data-size", shown);
    for (const name of Object.keys(switches)) {
      for (const button of document.querySelectorAll(`button[data-${name}]`)) {
        button.setAttribute("aria-pressed", String(switches[name]));
      }
    }
  }

  function change(step) {
    const now = SIZES.indexOf(root.getAttribute("data-size") || "100");
    size = SIZES[Math.min(SIZES.length - 1, Math.max(0, now + step))];
    keep("text-size", size);
    apply();
  }

  function turn(name, on) {
    switches[name] = !switches[name];
    keep(name, switches[name] ? on : "");
    apply();
  }

  root.classList.add("js");
  if ("speechSynthesis" in window) root.classList.add("speech");
  apply();
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", function (event) {
    const sized = event.target.closest("[data-text-size]");
    if (sized) change(sized.dataset.textSize === "larger" ? 1 : -1);
    else if (event.target.closest("button[data-care]")) turn("care", "on");
    else if (event.target.closest("button[data-contrast]")) turn("contrast", "more");
  });
})();
