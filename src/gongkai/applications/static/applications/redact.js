// The editor of redactions. The form #redaction holds all boxes as JSON in its hidden field "boxes" and saves itself
// (ui/autosave.js); here they are drawn, moved, listed; redact-pages.js shows the pages. Sides are fractions of the page, from its top left corner.

const root = document.querySelector("[data-redact]");
const form = document.getElementById("redaction");
const field = form.elements.namedItem("boxes");
const grounds = JSON.parse(document.getElementById("redact-grounds").textContent);
const find = (name, inside = root) => inside.querySelector(`[data-${name}]`);

const SMALLEST = 0.004; // of the page: a click that trembles is no box
const STEP = 0.004; // of the page: about a millimetre of A4 for an arrow key
const UNDOS = 100;
const EDGES = ["nw", "ne", "sw", "se"];

const sheets = new Map([...root.querySelectorAll("[data-page]")].map((page) => [Number(page.dataset.page), find("sheet", page)]));
const numbers = [...sheets.keys()];
let boxes = [];
let chosen = null;
const past = [];

const round = (value) => Math.round(value * 1e5) / 1e5;
const within = (value) => Math.min(1, Math.max(0, value));
const groundOf = (key) => grounds.find(([name]) => name === key)?.[1] || "未选依据";
const tell = (text) => { find("told").textContent = text; };

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function placeOf(box) {
  const middle = (box.top + box.bottom) / 2;
  const across = (box.left + box.right) / 2;
  const row = middle < 1 / 3 ? "上部" : middle < 2 / 3 ? "中部" : "下部";
  if (box.right - box.left > 0.6) return row;
  return row + (across < 1 / 3 ? "左侧" : across < 2 / 3 ? "居中" : "右侧");
}

// --- What there is, saved and undone -------------------------------------------------------------------------------

// As the server numbers them: page, line (a hundredth of the page), side.
const line = (box) => Math.floor(box.top * 100 + 0.5);
const order = (one, other) => one.page - other.page || line(one) - line(other) || one.left - other.left;
const written = () => JSON.stringify([...boxes].sort(order).map(({ page, left, top, right, bottom, ground, note }) => (
  { page, left: round(left), top: round(top), right: round(right), bottom: round(bottom), ground, note })));

function load() {
  boxes = JSON.parse(field.value || "[]");
  chosen = null;
  drawAll();
}

// Before something changes, how it was; `like` joins what belongs together, such as the arrows of one journey.
let lastLike = null;
function remember(like = null) {
  if (!like || like !== lastLike) {
    past.push(written());
    if (past.length > UNDOS) past.shift();
  }
  lastLike = like;
  find("undo").disabled = false;
}

function changed() {
  field.value = written();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function undo() {
  const before = past.pop();
  if (before === undefined) return;
  lastLike = null;
  field.value = before;
  load();
  changed();
  find("undo").disabled = !past.length;
  tell("已撤销一步。");
}

// --- Drawing what there is -----------------------------------------------------------------------------------------

function position(box) {
  const style = box.shown.style;
  style.left = `${box.left * 100}%`;
  style.top = `${box.top * 100}%`;
  style.width = `${(box.right - box.left) * 100}%`;
  style.height = `${(box.bottom - box.top) * 100}%`;
}

function describe(box) {
  const number = boxes.indexOf(box) + 1;
  box.shown.setAttribute("aria-label", `第${number}处，第${box.page}页${placeOf(box)}，${groundOf(box.ground)}`);
  box.shown.classList.toggle("is-open", !box.ground);
  box.words.textContent = groundOf(box.ground);
}

function draw(box) {
  box.words = element("span", { className: "redact-words" });
  box.shown = element("button", { type: "button", className: "redact-box" }, box.words);
  for (const edge of EDGES) {
    const handle = element("span", { className: `redact-edge redact-edge--${edge}` });
    handle.dataset.edge = edge;
    box.shown.append(handle);
  }
  box.shown.addEventListener("pointerdown", (event) => grab(event, box));
  box.shown.addEventListener("keydown", (event) => steer(event, box));
  box.shown.addEventListener("focus", () => choose(box));
  position(box);
  sheets.get(box.page)?.append(box.shown);
}

function list() {
  boxes.sort(order);
  find("count").textContent = boxes.length;
  find("rows").replaceChildren(...boxes.map(row));
  boxes.forEach(describe);
  choose(chosen);
}

function row(box) {
  const go = element("button", { type: "button", className: "redact-place", textContent: `第${box.page}页${placeOf(box)}` });
  go.addEventListener("click", () => { box.shown.focus(); show(box); });
  const why = element("select", { className: "input" }, element("option", { value: "", textContent: "请选择依据" }),
    ...grounds.map(([key, text]) => element("option", { value: key, textContent: text, selected: key === box.ground })));
  why.setAttribute("aria-label", "遮盖依据");
  why.addEventListener("change", () => {
    remember();
    box.ground = why.value;
    box.row.classList.toggle("is-open", !box.ground);
    describe(box);
    changed();
  });
  const note = element("input", { className: "input", value: box.note, maxLength: 200, placeholder: "备注（不对外）" });
  note.setAttribute("aria-label", "备注，不对外");
  note.addEventListener("input", (event) => {
    event.stopPropagation();
    remember(`note ${boxes.indexOf(box)}`);
    box.note = note.value;
    changed();
  });
  const acts = element("div", { className: "redact-acts" });
  if (numbers.length > 1) {
    const everywhere = element("button", { type: "button", className: "linklike", textContent: "每页同处" });
    everywhere.addEventListener("click", () => repeat(box));
    acts.append(everywhere);
  }
  const gone = element("button", { type: "button", className: "linklike", textContent: "删除" });
  gone.addEventListener("click", () => remove(box));
  acts.append(gone);
  box.row = element("li", { className: "redact-row" }, element("div", { className: "redact-line" }, go, acts), why, note);
  box.row.classList.toggle("is-open", !box.ground);
  return box.row;
}

function drawAll() {
  for (const old of root.querySelectorAll(".redact-box")) old.remove();
  boxes.forEach(draw);
  list();
}

function choose(box) {
  for (const one of boxes) {
    one.shown.classList.toggle("is-chosen", one === box);
    one.row?.classList.toggle("is-chosen", one === box);
  }
  chosen = box;
  if (box?.row && document.activeElement === box.shown) box.row.scrollIntoView({ block: "nearest" });
}

const show = (box) => box.shown.scrollIntoView({ block: "center", inline: "nearest" });

// --- Making, repeating, removing -----------------------------------------------------------------------------------

function add(sides, { quiet = false } = {}) {
  const box = { ground: find("ground").value, note: "", ...sides };
  boxes.push(box);
  draw(box);
  if (!quiet) {
    list();
    changed();
    box.shown.focus({ preventScroll: true });
  }
  return box;
}

function repeat(box) {
  remember();
  const same = (other) => ["left", "top", "right", "bottom"].every((side) => Math.abs(other[side] - box[side]) < 1e-4);
  const missing = numbers.filter((number) => !boxes.some((other) => other.page === number && same(other)));
  const { left, top, right, bottom, ground, note } = box;
  for (const page of missing) add({ page, left, top, right, bottom, ground, note }, { quiet: true });
  list();
  changed();
  tell(`已在另外${missing.length}页的同一位置加框。`);
}

function remove(box) {
  remember();
  const at = boxes.indexOf(box);
  boxes.splice(at, 1);
  box.shown.remove();
  list();
  changed();
  const next = boxes[Math.min(at, boxes.length - 1)];
  if (next) next.shown.focus({ preventScroll: true });
  else find("pages").focus();
  tell("已删除一处。可以撤销。");
}

// --- By hand: mouse, pen and finger --------------------------------------------------------------------------------

function pointIn(sheet, event) {
  const area = sheet.getBoundingClientRect();
  return [within((event.clientX - area.left) / area.width), within((event.clientY - area.top) / area.height)];
}

// Calls `moved` until the pointer is let go, `done` then; taken away by the system (a scroll), it is `lost`.
function follow(event, target, moved, done, lost = done) {
  target.setPointerCapture(event.pointerId);
  const end = (finish) => () => {
    target.removeEventListener("pointermove", moved);
    target.removeEventListener("pointerup", up);
    target.removeEventListener("pointercancel", cancel);
    finish();
  };
  const up = end(done);
  const cancel = end(lost);
  target.addEventListener("pointermove", moved);
  target.addEventListener("pointerup", up);
  target.addEventListener("pointercancel", cancel);
}

function begin(event, page, sheet) {
  const finger = event.pointerType === "touch" && !root.classList.contains("is-drawing");
  if (event.button !== 0 || finger || event.target.closest(".redact-box")) return;
  event.preventDefault();
  const [x, y] = pointIn(sheet, event);
  const ghost = element("div", { className: "redact-ghost" });
  const box = { page, left: x, top: y, right: x, bottom: y, shown: ghost };
  sheet.append(ghost);
  position(box);
  follow(event, sheet, (move) => {
    const [nowX, nowY] = pointIn(sheet, move);
    Object.assign(box, { left: Math.min(x, nowX), right: Math.max(x, nowX), top: Math.min(y, nowY), bottom: Math.max(y, nowY) });
    position(box);
  }, () => {
    ghost.remove();
    if (box.right - box.left < SMALLEST || box.bottom - box.top < SMALLEST) return;
    remember();
    const { left, top, right, bottom } = box;
    add({ page, left, top, right, bottom });
  }, () => ghost.remove());
}

function shift(box, dx, dy) {
  const x = Math.min(1 - box.right, Math.max(-box.left, dx));
  const y = Math.min(1 - box.bottom, Math.max(-box.top, dy));
  Object.assign(box, { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y });
}

function stretch(box, edge, dx, dy) {
  if (edge.includes("w")) box.left = Math.min(within(box.left + dx), box.right - SMALLEST);
  if (edge.includes("e")) box.right = Math.max(within(box.right + dx), box.left + SMALLEST);
  if (edge.includes("n")) box.top = Math.min(within(box.top + dy), box.bottom - SMALLEST);
  if (edge.includes("s")) box.bottom = Math.max(within(box.bottom + dy), box.top + SMALLEST);
}

function grab(event, box) {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  box.shown.focus({ preventScroll: true });
  const edge = event.target.dataset.edge;
  const sheet = sheets.get(box.page);
  const start = pointIn(sheet, event);
  const { left, top, right, bottom } = box;
  let moved = false;
  follow(event, box.shown, (move) => {
    const now = pointIn(sheet, move);
    const [dx, dy] = [now[0] - start[0], now[1] - start[1]];
    if (!moved && Math.abs(dx) < SMALLEST / 2 && Math.abs(dy) < SMALLEST / 2) return;
    if (!moved) remember();
    moved = true;
    Object.assign(box, { left, top, right, bottom });
    if (edge) stretch(box, edge, dx, dy);
    else shift(box, dx, dy);
    position(box);
  }, () => {
    if (!moved) return;
    list();
    changed();
  });
}

// --- By keyboard ---------------------------------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function steer(event, box) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(box);
  } else if (event.key === "Enter") {
    event.preventDefault();
    box.row.querySelector("select").focus();
  } else if (ARROWS[event.key]) {
    event.preventDefault();
    const [x, y] = ARROWS[event.key];
    remember(`steer ${event.shiftKey} ${boxes.indexOf(box)}`);
    if (event.shiftKey) stretch(box, "se", x * STEP, y * STEP);
    else shift(box, x * STEP, y * STEP);
    position(box);
    describe(box);
    changed();
  }
}

// The list keeps its order while a box wanders; it is put right when the box is left.
root.addEventListener("focusout", (event) => {
  if (event.target.classList?.contains("redact-box") && !event.relatedTarget?.closest?.(".redact-row")) {
    const sorted = [...boxes].sort(order);
    if (sorted.some((box, at) => box !== boxes[at])) list();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !typing) {
    event.preventDefault();
    undo();
  }
});

// --- Tools ---------------------------------------------------------------------------------------------------------

async function cover() {
  const words = document.getElementById("redact-words").value.trim();
  if (!words) return;
  tell("正在查找……");
  let answer = null;
  try {
    const response = await fetch(`${form.dataset.find}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (response.ok && !response.redirected) answer = await response.json();
  } catch {
    answer = null; // Told below: nothing was covered.
  }
  if (!answer) {
    tell("没有查成：网络不通或者登录已过期。请稍后再试。");
    return;
  }
  if (!answer.found.length) {
    tell(`没有找到“${words}”。扫描件没有文字，请在页面上画框。`);
    return;
  }
  remember();
  const known = (place) => boxes.some((box) => box.page === place.page && ["left", "top", "right", "bottom"].every((side) => Math.abs(box[side] - place[side]) < 1e-4));
  const fresh = answer.found.filter((place) => !known(place)).map((place) => add(place, { quiet: true }));
  list();
  changed();
  if (fresh.length) show(fresh[0]);
  tell(`找到“${words}”${answer.occurrences}处，新加${fresh.length}个框。请逐处核对。`);
}

for (const [page, sheet] of sheets) {
  sheet.addEventListener("pointerdown", (event) => begin(event, page, sheet));
  find("add", sheet.parentElement).addEventListener("click", () => {
    remember();
    const box = add({ page, left: 0.4, top: 0.45, right: 0.6, bottom: 0.48 });
    show(box);
    tell("已在页面中间加框，请用方向键移动。");
  });
}
find("undo").addEventListener("click", undo);
find("cover").addEventListener("click", cover);
document.getElementById("redact-words").addEventListener("keydown", (event) => {
  if (event.key === "Enter") cover();
});
field.addEventListener("gongkai:set", load);
load();
