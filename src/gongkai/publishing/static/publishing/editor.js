// The drafting screen: keeps saving, checks and acts in step with each other. Everything here works without it, by
// plain buttons; with it nothing reloads while somebody writes.

const form = document.querySelector("#draft");
const status = document.querySelector("[data-saving]");

/** Resolves when what was typed has reached the server; rejects when it was refused or cannot be reached. */
function saved() {
  // The form saves itself when the connection returns: asked for here, since nobody should wait for the quiet second.
  window.dispatchEvent(new Event("online"));
  const settled = () => !["saving"].includes(status.dataset.state);
  if (settled()) return status.dataset.state === "unsaved" ? Promise.reject(new Error("unsaved")) : Promise.resolve();
  return new Promise((resolve, reject) => {
    const watch = new MutationObserver(() => {
      if (!settled()) return;
      watch.disconnect();
      if (status.dataset.state === "unsaved") reject(new Error("unsaved"));
      else resolve();
    });
    watch.observe(status, { attributes: true, attributeFilter: ["data-state"] });
  });
}

function put(name, value) {
  const field = form.elements.namedItem(name);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new CustomEvent("gongkai:set"));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function errorAt(name, words) {
  const field = form.elements.namedItem(name);
  const box = field?.closest?.(".field");
  if (!box) return;
  let place = box.querySelector("[data-live-error]");
  if (!words) {
    place?.remove();
    if (!box.querySelector(".field-error")) box.classList.remove("field--error");
    field.removeAttribute("aria-invalid");
    return;
  }
  if (!place) {
    place = document.createElement("p");
    place.className = "field-error";
    place.dataset.liveError = "";
    place.id = `${name}-live-error`;
    box.append(place);
  }
  place.textContent = words;
  box.classList.add("field--error");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", place.id);
}

// What the server could not save stays in its field, with the reason; all else is saved.
function problems(found) {
  for (const old of form.querySelectorAll(".field-error:not([data-live-error])")) old.remove();
  for (const box of form.querySelectorAll(".field--error")) {
    const control = box.querySelector("[name]");
    if (control && !found[control.name]) errorAt(control.name, "");
  }
  for (const [name, words] of Object.entries(found)) errorAt(name, words);
  const count = Object.keys(found).length;
  if (count) {
    status.dataset.state = "unsaved";
    status.textContent = `有 ${count} 栏没有保存，其他已保存`;
  }
}

function follow() {
  window.htmx?.trigger("#live", "follow");
}

async function mend(fingerprint, button) {
  button.disabled = true;
  try {
    await saved();
    const response = await fetch(form.dataset.replace, {
      method: "POST",
      body: new URLSearchParams({ fingerprint }),
      headers: { "X-CSRFToken": document.body.dataset.csrf, Accept: "application/json" },
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.error || "没有改成，请直接在正文中修改。");
    form.elements.namedItem("version").value = answer.version;
    put(answer.field, answer.value);
  } catch (problem) {
    button.after(Object.assign(document.createElement("span"), {
      className: "field-error",
      textContent: problem.message === "unsaved" ? "先处理没有保存的内容。" : problem.message,
    }));
  }
  follow();
}

function counters() {
  for (const field of document.querySelectorAll("[data-count]")) {
    const most = Number(field.dataset.count);
    const place = Object.assign(document.createElement("span"), { className: "counter" });
    place.setAttribute("aria-hidden", "true");
    field.closest(".field").prepend(place);
    const count = () => {
      const length = [...field.value.trim()].length;
      place.textContent = `${length}/${most}`;
      place.classList.toggle("is-over", length > most);
    };
    field.addEventListener("input", count);
    count();
  }
}

function tooLarge(event) {
  const limit = Number(event.target.closest?.("[data-max-bytes]")?.dataset.maxBytes || 0);
  const files = event.type === "drop" ? event.dataTransfer?.files : event.target.files;
  const large = limit && [...(files || [])].find((file) => file.size > limit);
  if (!large) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const box = event.target.closest("[data-upload]");
  box.classList.remove("is-over");
  if (event.target.files) event.target.value = "";
  const words = `“${large.name}”超过 ${Math.floor(limit / 1024 / 1024)} MB，没有上传。请压缩或拆分后再上传。`;
  const place = box.querySelector("[data-too-large]") || box.appendChild(document.createElement("p"));
  place.dataset.tooLarge = "";
  place.className = "field-error";
  place.setAttribute("role", "alert");
  place.textContent = words;
}

for (const kind of ["change", "drop"]) document.addEventListener(kind, tooLarge, { capture: true });
counters();

if (form) {
  form.addEventListener("gongkai:saved", (event) => problems(event.detail.problems || {}));
  const title = form.elements.namedItem("title");
  const copy = document.querySelector("[data-title-copy]");
  title?.addEventListener("input", () => {
    copy.textContent = title.value.trim() || "（无标题）";
  });

  document.addEventListener("click", (event) => {
    const fill = event.target.closest("[data-fill]");
    if (fill) {
      event.preventDefault();
      put(fill.dataset.fill, fill.dataset.value);
      fill.disabled = true;
      return;
    }
    const button = event.target.closest("[data-mend]");
    if (button) {
      event.preventDefault();
      mend(button.dataset.mend, button);
      return;
    }
    const to = event.target.closest(".check a[href^='#']");
    if (to) {
      event.preventDefault();
      document.getElementById(to.getAttribute("href").slice(1))?.focus();
    }
  });

  // The row of a file that has arrived belongs to the list above: where it has arrived it would stand in another form.
  document.addEventListener("gongkai:uploaded", (event) => {
    const list = document.querySelector(".attachments");
    const item = document.createElement("li");
    item.innerHTML = event.detail.html;
    list.append(item);
    for (const arrived of document.querySelectorAll(".uploads .upload")) if (arrived.querySelector(".attachment")) arrived.remove();
  });

  // Acts beside the text look at what is saved: what was typed goes first.
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (other === form || !other.closest(".bar-acts, .sidepane") || other.dataset.ready || other.hasAttribute("hx-post")) return;
    event.preventDefault();
    const { submitter } = event;
    saved().then(() => {
      const version = other.elements.namedItem("version");
      if (version) version.value = form.elements.namedItem("version").value.split("-")[0];
      other.dataset.ready = "yes";
      // After this event: a form that is just being submitted takes no second submission.
      setTimeout(() => other.requestSubmit(submitter));
    }, () => status.scrollIntoView());
  });

  // Nothing that somebody is typing beside the text is swapped away under their hands.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const live = document.querySelector("#live");
    if (event.detail.target !== live || event.detail.requestConfig?.verb !== "get") return;
    const typing = live.contains(document.activeElement) && document.activeElement.matches("input, textarea") && document.activeElement.value;
    if (typing) {
      event.detail.shouldSwap = false;
      document.activeElement.addEventListener("blur", follow, { once: true });
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      saved().catch(() => status.scrollIntoView());
    }
  });
}
