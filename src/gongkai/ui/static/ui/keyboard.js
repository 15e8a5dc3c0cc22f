// Keys of the desk. What a key does is declared in the page, never here:
//   data-key="a"   on a button, link or summary: the letter presses it
//   data-go="t"    on a link: g, then the letter, follows it
//   data-row       on a link in a list: j and k move among them, Enter opens
//   data-filter    on the filter field: / goes there
//   data-find      on the link to the search of everything: / follows it on a page without a filter field
// Nothing happens while somebody types, nor together with Ctrl, Alt or Meta.

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]";
const PATIENCE = 1500; // ms in which the second letter after g counts
let goUntil = 0;

const visible = (element) => element.getClientRects().length > 0;
const rows = () => [...document.querySelectorAll("[data-row]")].filter(visible);

function words(element) {
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd, svg, .rail-count")) extra.remove();
  return copy.textContent.trim();
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  let here = all.indexOf(document.activeElement);
  if (here < 0) here = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(letter) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(letter)}"]`)].find(visible);
  if (!target || target.disabled || target.getAttribute("aria-disabled") === "true") return false;
  target.focus();
  target.click();
  if (target.matches("summary")) target.parentElement.querySelector("textarea, input, button")?.focus();
  return true;
}

function go(letter) {
  const target = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (!target) return false;
  target.click();
  return true;
}

// Where there is nothing to filter, / goes to the search of everything.
function filter() {
  const field = document.querySelector("[data-filter]");
  if (field) field.focus();
  else document.querySelector("[data-find]")?.click();
}

function listOf(title, entries) {
  if (!entries.length) return [];
  const heading = document.createElement("h3");
  heading.textContent = title;
  const list = document.createElement("dl");
  for (const [what, ...keys] of entries) {
    const term = document.createElement("dt");
    term.textContent = what;
    const value = document.createElement("dd");
    for (const key of keys) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      value.append(cap, " ");
    }
    list.append(term, value);
  }
  return [heading, list];
}

let openedFrom = null;

function sheet(open) {
  const box = document.getElementById("keys");
  if (!box) return;
  if (!open) {
    if (!box.hidden) openedFrom?.focus();
    box.hidden = true;
    return;
  }
  const acts = [...document.querySelectorAll("[data-key]:not(:disabled)")].filter(visible).map((element) => [words(element), element.dataset.key.toUpperCase()]);
  const seen = new Set();
  const places = [...document.querySelectorAll("[data-go]")]
    .filter((element) => !seen.has(element.dataset.go) && seen.add(element.dataset.go))
    .map((element) => [words(element), "G", element.dataset.go.toUpperCase()]);
  const moving = [["打开或关闭这张表", "?"]];
  if (rows().length) moving.unshift(["下一条", "J"], ["上一条", "K"], ["打开", "Enter"]);
  if (document.querySelector("[data-filter]")) moving.unshift(["筛选", "/"]);
  else if (document.querySelector("[data-find]")) moving.unshift(["检索", "/"]);
  box.querySelector("[data-keys-list]").replaceChildren(...listOf("本页", acts), ...listOf("列表", moving), ...listOf("前往", places));
  openedFrom = document.activeElement;
  box.hidden = false;
  box.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const { key } = event;
  if (key === "Escape") {
    sheet(false);
    const opened = document.activeElement?.closest("details.confirm[open]");
    if (opened) {
      opened.open = false;
      opened.querySelector("summary").focus();
    } else if (document.activeElement?.matches("[data-filter]")) {
      document.activeElement.blur();
    }
    return;
  }
  if (event.target.matches?.(TYPING) || event.target.isContentEditable) return;
  let done = true;
  const following = performance.now() < goUntil;
  goUntil = 0;
  if (following && go(key)) {
    event.preventDefault();
    return;
  }
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "g") goUntil = performance.now() + PATIENCE;
  else if (key === "?" || key === "？") sheet(document.getElementById("keys")?.hidden);
  else if (key === "/" || key === "、") filter();
  else done = key.length === 1 && press(key.toLowerCase());
  if (done) event.preventDefault();
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-close]")) sheet(false);
  if (event.target.closest("[data-keys-open]")) sheet(true);
  for (const opened of document.querySelectorAll("details.confirm[open]:not(.confirm--block)")) {
    if (!opened.contains(event.target)) opened.open = false;
  }
});
