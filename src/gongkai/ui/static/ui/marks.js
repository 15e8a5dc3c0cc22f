// Shows where in the text a check means: every [data-mark] holds a quote (with what stands before and after it), found in
// the words of [data-marks], across markup. The text itself is marked with <mark>; an editor's text is not touched, there
// the browser only highlights (where it can).

const squeeze = (text) => text.replace(/\s+/g, "");

// All characters of the body without white space, each with the text node and offset it comes from.
function characters(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const text = [];
  const places = [];
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    for (let offset = 0; offset < data.length; offset += 1) {
      if (/\s/.test(data[offset])) continue;
      text.push(data[offset]);
      places.push([walker.currentNode, offset]);
    }
  }
  return { text: text.join(""), places };
}

/** First index of `quote` in `text`, preferring the place whose surroundings fit best; -1 when it is gone. */
export function locate(text, quote, prefix = "", suffix = "") {
  const [wanted, before, after] = [squeeze(quote), squeeze(prefix), squeeze(suffix)];
  if (!wanted) return -1;
  let best = -1;
  let bestFit = -1;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    let fit = 0;
    while (fit < before.length && text[at - 1 - fit] === before[before.length - 1 - fit]) fit += 1;
    let right = 0;
    while (right < after.length && text[at + wanted.length + right] === after[right]) right += 1;
    if (fit + right > bestFit) [best, bestFit] = [at, fit + right];
  }
  return best;
}

function wrap(places, start, length, row) {
  const marks = [];
  let index = start + length - 1;
  while (index >= start) {
    const [node, last] = places[index];
    let first = index;
    while (first > start && places[first - 1][0] === node) first -= 1;
    const range = document.createRange();
    range.setStart(node, places[first][1]);
    range.setEnd(node, last + 1);
    const mark = document.createElement("mark");
    if (row.dataset.markSeverity === "block") mark.className = "bad";
    range.surroundContents(mark);
    marks.unshift(mark);
    index = first - 1;
  }
  return marks;
}

function inEditor(root) {
  return root.querySelector("textarea[data-editor]")?.editor || null;
}

function highlight(editor, row) {
  if (!window.CSS?.highlights) return null;
  const { text, places } = characters(editor.view.dom);
  const length = squeeze(row.dataset.mark).length;
  const at = locate(text, row.dataset.mark, row.dataset.markPrefix, row.dataset.markSuffix);
  if (at < 0) return null;
  const range = new Range();
  range.setStart(...places[at]);
  range.setEnd(places[at + length - 1][0], places[at + length - 1][1] + 1);
  CSS.highlights.set("gongkai-check", new Highlight(range));
  return range.startContainer.parentElement;
}

function show(row, marks) {
  for (const other of document.querySelectorAll("[data-mark][aria-current]")) other.removeAttribute("aria-current");
  for (const old of document.querySelectorAll("mark.here")) old.classList.remove("here");
  row.setAttribute("aria-current", "true");
  // Only our own marks: a class on a paragraph of the editor would make it draw the paragraph anew and lose the place.
  for (const mark of marks) if (mark.tagName === "MARK") mark.classList.add("here");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

const found = new Map();

/** Mark every check of the page in its text; called once at load, and again when rows were exchanged (htmx). */
export function markAll() {
  const root = document.querySelector("[data-marks]");
  if (!root || inEditor(root)) return;
  for (const row of document.querySelectorAll("[data-mark]")) {
    if (found.has(row)) continue;
    const { text, places } = characters(root);
    const at = locate(text, row.dataset.mark, row.dataset.markPrefix, row.dataset.markSuffix);
    const marks = at < 0 ? [] : wrap(places, at, squeeze(row.dataset.mark).length, row);
    found.set(row, marks);
    const button = row.querySelector("[data-mark-show]");
    if (button && !marks.length) {
      button.disabled = true;
      button.textContent = "正文中已无此处";
    }
    for (const mark of marks) mark.addEventListener("click", () => row.scrollIntoView({ block: "nearest" }));
  }
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-mark-show]")?.closest("[data-mark]");
  const root = document.querySelector("[data-marks]");
  if (!row || !root) return;
  const editor = inEditor(root);
  const marks = editor ? [highlight(editor, row)].filter(Boolean) : found.get(row) || [];
  if (marks.length) show(row, marks);
});

markAll();
document.addEventListener("htmx:afterSettle", markAll);
