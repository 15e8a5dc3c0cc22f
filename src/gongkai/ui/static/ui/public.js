// What a public page does with a script: print, read aloud, copy its address, hand it to the device's own share sheet.
// Everything else works without one.
const root = document.documentElement;

/** The texts to read: title and body, or all of the main part; one piece per block, so that no piece is too long. */
function pieces() {
  const main = document.getElementById("main");
  const scope = main.querySelector("[data-read]") || main;
  const blocks = "h1, h2, h3, h4, p, li, th, td, dt, dd, figcaption, summary";
  return [...scope.querySelectorAll(blocks)].filter((one) => {
    const nested = one.parentElement.closest(blocks);
    const hidden = !one.checkVisibility() || one.closest("nav, form, [data-silent]");
    return !hidden && !(nested && scope.contains(nested)) && one.innerText.trim();
  });
}

function mark(reading) {
  for (const button of document.querySelectorAll("[data-read-aloud]")) {
    button.setAttribute("aria-pressed", String(reading));
    button.textContent = reading ? "停止朗读" : "朗读本页";
  }
}

function read() {
  const waiting = pieces();
  let current = null;
  const next = () => {
    current?.classList.remove("being-read");
    current = root.dataset.reading ? waiting.shift() : null;
    if (!current) return stop();
    current.classList.add("being-read");
    const said = new SpeechSynthesisUtterance(current.innerText);
    said.lang = root.lang.startsWith("zh") ? "zh-CN" : root.lang;
    said.onend = next;
    said.onerror = stop;
    speechSynthesis.speak(said);
  };
  root.dataset.reading = "yes";
  mark(true);
  next();
}

function stop() {
  delete root.dataset.reading;
  speechSynthesis.cancel();
  for (const one of document.querySelectorAll(".being-read")) one.classList.remove("being-read");
  mark(false);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "已复制";
  } catch {
    // Without a secure connection there is no clipboard: the address is selected for the reader to copy.
    const address = document.getElementById(button.dataset.copyFrom);
    getSelection().selectAllChildren(address);
    button.textContent = "已选中，请按复制键";
  }
}

document.addEventListener("click", (event) => {
  const copied = event.target.closest("[data-copy]");
  if (event.target.closest("[data-print]")) window.print();
  else if (event.target.closest("[data-read-aloud]")) root.dataset.reading ? stop() : read();
  else if (copied) copy(copied);
  else if (event.target.closest("[data-share]")) navigator.share({ title: document.title, url: location.href }).catch(() => {});
  for (const open of document.querySelectorAll(".tools-more[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".tools-more[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
addEventListener("pagehide", () => root.dataset.reading && stop());
// On a phone the navigation is wider than the screen: where I am is brought into sight.
const here = document.querySelector(".mainnav [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 3;
if (navigator.share) root.classList.add("share");
