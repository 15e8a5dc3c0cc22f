// Forms that save themselves: <form data-autosave="/url" id="…">.
// Every change is kept in this browser first, sent a moment later, and forgotten here only when the server has it.
// The server answers 200 {"saved_at": "09:41"} , 409 {"error": words} when somebody else changed it, 4xx {"error": words}.

const QUIET = 1200; // ms without a keystroke before a form is sent
const RETRIES = [3000, 10000, 30000, 60000]; // ms until the next try when the server cannot be reached

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null; // A browser that keeps nothing still saves to the server.
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `gongkai.draft:${form.dataset.autosave}`;
    this.store = storage();
    this.sent = this.content();
    this.timer = 0;
    this.tries = 0;
    this.running = false;
    this.refused = false;
    this.waiting = null; // the form was to be sent while it was saving itself
    this.status = document.querySelector(`[data-saving="${form.id}"]`) || document.querySelector("[data-saving]");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.handOver(event));
    this.offerRestore();
  }

  // Files are sent by their own control; the token changes with every page and is no content.
  content() {
    const data = new FormData(this.form);
    const pairs = [...data.entries()].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    return JSON.stringify(pairs);
  }

  get dirty() {
    return this.content() !== this.sent;
  }

  show(state, text, retry = false) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.replaceChildren(text);
    if (retry) {
      const again = document.createElement("button");
      again.type = "button";
      again.className = "linklike";
      again.textContent = "重试";
      again.addEventListener("click", () => this.save());
      this.status.append(again);
    }
  }

  changed() {
    if (!this.dirty) return;
    this.refused = false;
    this.keep();
    this.show("saving", "正在输入…");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  keep(handedOver = false) {
    try {
      this.store?.setItem(this.key, JSON.stringify({ at: Date.now(), pairs: JSON.parse(this.content()), handedOver }));
    } catch {
      this.store = null; // Full: the server copy is the one that counts.
    }
  }

  forget() {
    this.store?.removeItem(this.key);
  }

  // The form itself is being sent: nothing is lost if it arrives; the copy stays until a page has loaded from the server.
  // While it is just saving itself it waits: sent with the version from before, it would be in its own way.
  handOver(event) {
    clearTimeout(this.timer);
    if (this.running) {
      event.preventDefault();
      this.waiting = { submitter: event.submitter };
      return;
    }
    this.submitting = true;
    if (this.store?.getItem(this.key)) this.keep(true);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.running) {
      this.timer = setTimeout(() => this.save(), QUIET);
      return;
    }
    const content = this.content();
    if (content === this.sent) return;
    this.running = true;
    this.show("saving", "正在保存…");
    let response = null;
    try {
      response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams([...JSON.parse(content), ["csrfmiddlewaretoken", this.token()]]),
        headers: { "X-CSRFToken": this.token(), Accept: "application/json", "X-Requested-With": "autosave" },
        keepalive: content.length < 60000, // bytes; the browser's own limit for requests that outlive the page
      });
    } catch {
      response = null; // Offline: the copy in this browser stays, and the next try follows.
    }
    this.running = false;
    await this.answered(response, content);
    if (this.waiting) {
      const { submitter } = this.waiting;
      this.waiting = null;
      this.form.requestSubmit(submitter);
    }
  }

  async answered(response, content) {
    const answer = response ? await response.json().catch(() => ({})) : {};
    if (response?.ok && !response.redirected) {
      this.sent = content;
      this.tries = 0;
      if (answer.version) this.version(answer.version);
      if (this.dirty) this.changed();
      else {
        this.forget();
        this.show("saved", `已保存 ${answer.saved_at || clock()}`);
      }
      this.form.dispatchEvent(new CustomEvent("gongkai:saved", { bubbles: true, detail: answer }));
      return;
    }
    if (response?.redirected || [401, 403].includes(response?.status)) {
      this.show("unsaved", "未保存：登录已过期。请在新窗口登录后", true);
      return;
    }
    if (response && response.status < 500) {
      this.refused = true;
      this.show("unsaved", answer.error ? `未保存：${answer.error}` : "未保存：内容有误，请检查各栏", true);
      return;
    }
    this.show("unsaved", "未保存，已留在本机", true);
    this.timer = setTimeout(() => this.save(), RETRIES[Math.min(this.tries, RETRIES.length - 1)]);
    this.tries += 1;
  }

  // A form may carry the version it started from; the server's answer moves it on, so that the next save is no conflict.
  version(value) {
    const field = this.form.elements.namedItem("version");
    if (!field) return;
    field.value = value;
    const pairs = JSON.parse(this.sent).map(([name, old]) => (name === "version" ? [name, String(value)] : [name, old]));
    this.sent = JSON.stringify(pairs);
  }

  token() {
    return this.form.querySelector("[name=csrfmiddlewaretoken]")?.value || document.body.dataset.csrf || "";
  }

  offerRestore() {
    const kept = JSON.parse(this.store?.getItem(this.key) || "null");
    if (!kept) return;
    const differs = JSON.stringify(kept.pairs.filter(([name]) => name !== "version"))
      !== JSON.stringify(JSON.parse(this.sent).filter(([name]) => name !== "version"));
    // Sent as a whole, and the server has gone on since: it arrived, written perhaps as the server writes such values.
    const versions = [kept.pairs, JSON.parse(this.sent)].map((pairs) => pairs.find(([name]) => name === "version")?.[1]);
    const arrived = kept.handedOver && versions[0] !== versions[1];
    if (!differs || arrived) {
      this.forget();
      return;
    }
    const when = new Date(kept.at).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
    const notice = document.createElement("div");
    notice.className = "notice notice--soon";
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    text.append(`这台电脑上有 ${when} 没有保存成功的内容。`);
    const acts = document.createElement("p");
    acts.className = "acts";
    for (const [label, kind, run] of [["恢复这些内容", "btn btn--go", () => this.restore(kept.pairs)], ["不要了", "btn", () => this.forget()]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = kind;
      button.textContent = label;
      button.addEventListener("click", () => {
        run();
        notice.remove();
      });
      acts.append(button);
    }
    const inner = document.createElement("div");
    inner.append(text, acts);
    notice.append(inner);
    (document.querySelector(".desk-notices") || this.form).prepend(notice);
  }

  restore(pairs) {
    for (const control of this.form.elements) {
      if (!control.name || control.type === "file" || ["csrfmiddlewaretoken", "version"].includes(control.name)) continue;
      const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if (values.length) control.value = values[0];
      control.dispatchEvent(new CustomEvent("gongkai:set"));
    }
    this.changed();
  }
}

const saves = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));

// A form that is being sent leaves with the page, which is hidden then: a second copy would arrive as a conflict.
const unsent = () => saves.filter((one) => one.dirty && !one.refused && !one.submitting);

window.addEventListener("online", () => unsent().forEach((one) => one.save()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") unsent().forEach((one) => one.save());
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) saves.forEach((one) => { one.submitting = false; }); // back from where the form had led
});
window.addEventListener("beforeunload", (event) => {
  if (saves.some((one) => one.dirty && !one.submitting)) event.preventDefault();
});
