// <form data-draft="application"> of the public: what was typed is kept on this device until it was submitted, and is there
// again after a lost connection or a closed window. Fields marked data-draft-private (identity numbers) are kept only when
// the box marked data-draft-consent is ticked; data-draft-never, passwords, files and the tokens of forms never are.
// A page that says <… data-draft-done="application"> (the receipt) ends the draft.

const KEPT_DAYS = 7;
const NEVER = new Set(["password", "file", "submit", "button", "reset", "image", "hidden"]);
const key = (name) => `gongkai.form:${name}`;

function store() {
  try {
    localStorage.setItem("gongkai.form?", "1");
    localStorage.removeItem("gongkai.form?");
    return localStorage;
  } catch {
    return null; // private windows of some browsers: then there is nothing to keep in
  }
}

class Draft {
  constructor(form, kept) {
    this.form = form;
    this.kept = kept;
    this.key = key(form.dataset.draft);
    this.first = JSON.stringify(this.pairs());
    this.offer();
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.save());
    form.addEventListener("submit", () => this.save());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(); });
    window.addEventListener("offline", () => this.tell("网络已断开。已填写的内容保存在这台设备上，恢复后可以继续提交。"));
    window.addEventListener("online", () => { if (this.notice) this.tell("网络已恢复，可以继续提交。"); });
  }

  /** The controls whose values may lie on a device that others use too. */
  controls() {
    const consent = this.form.querySelector("[data-draft-consent]")?.checked;
    return [...this.form.elements].filter((one) => one.name && !one.disabled && !NEVER.has(one.type)
      && one.tagName !== "FIELDSET" && !one.closest("[data-draft-never]") && (consent || !one.closest("[data-draft-private]")));
  }

  pairs() {
    const pairs = [];
    for (const one of this.controls()) {
      if (["checkbox", "radio"].includes(one.type)) {
        if (one.checked) pairs.push([one.name, one.value]);
      } else if (one.multiple) {
        for (const option of one.selectedOptions) pairs.push([one.name, option.value]);
      } else pairs.push([one.name, one.value]);
    }
    return pairs;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 400);
  }

  save() {
    clearTimeout(this.timer);
    const pairs = this.pairs();
    if (JSON.stringify(pairs) === this.first && !this.written) return;
    this.written = true;
    const token = this.form.elements.submission?.value; // sent again from the draft, it is still the same submission
    try {
      this.kept.setItem(this.key, JSON.stringify({ at: Date.now(), pairs, token }));
    } catch {
      this.tell("这台设备的存储空间已满，内容没有保存，请尽快提交。");
    }
  }

  /** What the server shows again (with its errors) is newer than what lies here; into a fresh form the draft returns. */
  offer() {
    const draft = JSON.parse(this.kept.getItem(this.key) || "null");
    if (!draft) return;
    if (Date.now() - draft.at > KEPT_DAYS * 86400000) {
      this.kept.removeItem(this.key);
      return;
    }
    if (this.form.hasAttribute("data-draft-bound") || JSON.stringify(draft.pairs) === this.first) return;
    this.restore(draft);
    const when = new Date(draft.at).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
    this.tell(`已恢复您 ${when} 填写而没有提交的内容（只保存在这台设备上，文件和证件号码需要重新填写）。`);
  }

  restore({ pairs, token }) {
    if (token && this.form.elements.submission) this.form.elements.submission.value = token;
    for (const one of this.form.elements) if (one.matches("[data-draft-consent]")) one.checked = pairs.some(([name]) => name === one.name);
    const single = new Map();
    for (const one of this.controls()) {
      const values = pairs.filter(([name]) => name === one.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(one.type)) one.checked = values.includes(one.value);
      else if (one.multiple) for (const option of one.options) option.selected = values.includes(option.value);
      else if (values.length) {
        const turn = single.get(one.name) || 0; // several fields of one name: in their order
        one.value = values[Math.min(turn, values.length - 1)];
        single.set(one.name, turn + 1);
      }
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.written = true;
  }

  clear() {
    this.kept.removeItem(this.key);
    this.form.reset();
    for (const one of this.form.elements) one.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(this.timer);
    this.kept.removeItem(this.key);
    this.written = false;
    this.notice.remove();
    this.notice = null;
    this.form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  tell(words) {
    if (!this.notice) {
      this.notice = document.createElement("div");
      this.notice.className = "notice notice--info";
      const inner = document.createElement("div");
      this.said = document.createElement("p");
      this.said.setAttribute("role", "status");
      const clear = document.createElement("button");
      clear.type = "button";
      clear.className = "btn";
      clear.textContent = "清除";
      clear.setAttribute("aria-label", "清除已保存的内容，重新填写");
      clear.addEventListener("click", () => this.clear());
      const acts = document.createElement("p");
      acts.className = "acts";
      acts.append(clear);
      inner.append(this.said, acts);
      this.notice.append(inner);
      this.form.prepend(this.notice);
    }
    this.said.textContent = "";
    setTimeout(() => { this.said.textContent = words; }); // changed after it is there: only then is it read aloud
  }
}

const kept = store();
if (kept) {
  for (const one of document.querySelectorAll("[data-draft-done]")) kept.removeItem(key(one.dataset.draftDone));
  for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form, kept);
}
