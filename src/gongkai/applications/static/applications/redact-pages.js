// The pages of the editor of redactions: pictures fetched when they come near, as wide as they are shown; zoom; the way
// to a page; and whether a finger draws or scrolls.

const root = document.querySelector("[data-redact]");
const widths = JSON.parse(document.getElementById("redact-widths").textContent);
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const NEAR = "800px"; // below the window: the next page is there before it is scrolled to
let zoom = ZOOMS.indexOf(1);

// The picture that is wide enough for how large it is shown; a larger one is never given back for a smaller.
function picture(image) {
  const needed = image.clientWidth * window.devicePixelRatio;
  const width = widths.find((one) => one >= needed) || widths[widths.length - 1];
  if (Number(image.dataset.width || 0) >= width) return;
  image.dataset.width = width;
  image.src = `${image.dataset.src}?width=${width}`;
}

function enlarge(step) {
  zoom = Math.min(ZOOMS.length - 1, Math.max(0, zoom + step));
  root.style.setProperty("--redact-zoom", ZOOMS[zoom]);
  root.querySelector("[data-scale]").textContent = `${Math.round(ZOOMS[zoom] * 100)}%`;
  for (const image of root.querySelectorAll("img[src]")) picture(image);
}

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) picture(entry.target);
}, { rootMargin: NEAR });

for (const page of root.querySelectorAll("[data-page]")) {
  page.querySelector("[data-sheet]").style.aspectRatio = page.dataset.ratio;
  near.observe(page.querySelector("img[data-src]"));
}
for (const button of root.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => enlarge(Number(button.dataset.zoom)));
}
root.querySelector("[data-draw]").addEventListener("click", (event) => {
  const on = root.classList.toggle("is-drawing");
  event.currentTarget.setAttribute("aria-pressed", String(on));
});
root.querySelector("[data-go-page]")?.addEventListener("change", (event) => {
  root.querySelector(`[data-page="${CSS.escape(event.target.value)}"]`)?.scrollIntoView({ block: "start" });
});
root.classList.toggle("has-touch", navigator.maxTouchPoints > 0);
