// <div data-resumable> around a file input: files are sent in pieces (tus 1.0.0) as soon as they are chosen, with progress,
// go on after a lost connection by themselves, and after a reload when the same file is chosen again. What arrived stands
// in the form as a ticked box with the token of the upload. Without a script the input goes with the form.

import { keep, known, recall } from "./resumable-memory.js";

const PIECE = 2 * 1024 * 1024;
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds
const TUS = { "Tus-Resumable": "1.0.0" };
const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const random = () => 0.75 + Math.random() / 2;

class Refused extends Error {}

/** One request; rejects with Refused when the server says no for good, with any other Error when it may be tried again. */
function ask(method, address, { headers = {}, body = null, progress = null, signal = null } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how far a body is
    request.open(method, address);
    for (const [name, value] of Object.entries({ ...TUS, ...headers })) request.setRequestHeader(name, value);
    if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status < 300) return resolve(request);
      let words = `服务器没有接收（${request.status}）`;
      try { words = JSON.parse(request.responseText).detail || words; } catch { /* an answer of something between us */ }
      const again = request.status >= 500 && request.status !== 507 || [408, 409, 423, 429, 460].includes(request.status);
      const error = again ? new Error(words) : new Refused(words);
      error.status = request.status;
      error.wait = Number(request.getResponseHeader("Retry-After")) || 0;
      return reject(error);
    });
    request.addEventListener("error", () => reject(new Error("网络不通")));
    request.addEventListener("timeout", () => reject(new Error("网络太慢")));
    request.addEventListener("abort", () => reject(new Refused("已取消")));
    request.timeout = 120000;
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

/** Waits, or goes on at once when the connection is back. */
function pause(seconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000 * random());
    const now = () => { clearTimeout(timer); resolve(); };
    window.addEventListener("online", now, { once: true });
    signal.addEventListener("abort", now, { once: true });
  });
}

class Sending {
  constructor(box, file) {
    this.box = box;
    this.file = file;
    this.stop = new AbortController();
    this.drawn = -1;
    this.row = this.draw();
    this.run();
  }

  draw() {
    const item = document.createElement("li");
    item.className = "upload";
    const name = document.createElement("span");
    name.textContent = `${this.file.name}（${size(this.file.size)}）`;
    this.state = document.createElement("span");
    this.bar = document.createElement("progress");
    this.bar.max = this.file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `${this.file.name} 上传进度`);
    this.cancel = document.createElement("button");
    this.cancel.type = "button";
    this.cancel.className = "linklike";
    this.cancel.textContent = "取消";
    this.cancel.setAttribute("aria-label", `取消上传 ${this.file.name}`);
    this.cancel.addEventListener("click", () => this.drop());
    const side = document.createElement("span");
    side.className = "upload-side";
    side.append(this.state, " ", this.cancel);
    item.append(name, side, this.bar);
    this.box.list.append(item);
    this.say("准备上传");
    return item;
  }

  say(words) {
    this.state.textContent = words;
    this.box.said.textContent = `${this.file.name}：${words}`;
  }

  /** The bar moves with every piece; words, which are read aloud, at every tenth part. */
  show(sent) {
    this.bar.value = sent;
    const tenth = Math.floor((sent / this.file.size) * 10);
    if (tenth === this.drawn) return;
    this.drawn = tenth;
    this.say(tenth < 10 ? `已上传 ${tenth * 10}%` : "正在检查");
  }

  async run() {
    for (let failed = 0; ;) {
      try {
        const before = this.offset;
        const state = await this.send(() => { failed = 0; });
        if (state) return this.arrived(state);
        if (this.offset === before) throw new Error("没有进展");
      } catch (error) {
        if (this.stop.signal.aborted) return undefined;
        if (error instanceof Refused && ![404, 410].includes(error.status)) return this.failed(error.message);
        if (error instanceof Refused) { // it expired meanwhile: from the beginning
          if (failed > 2) return this.failed(error.message);
          this.forget();
        }
        const wait = Math.max(error.wait || 0, WAITS[Math.min(failed, WAITS.length - 1)]);
        failed += 1;
        this.say(`${error.message}，${Math.round(wait)} 秒后自动继续`);
        await pause(wait, this.stop.signal);
        if (this.stop.signal.aborted) return undefined;
      }
    }
  }

  /** Asks where it stands (or begins), and sends piece after piece; the state once the file is complete. */
  async send(went) {
    const signal = this.stop.signal;
    let answer = null;
    this.address ||= recall(this.box, this.file)?.address;
    if (this.address) answer = await ask("HEAD", this.address, { signal });
    else {
      const told = { filename: this.file.name, purpose: this.box.purpose };
      const metadata = Object.entries(told).map(([key, value]) => `${key} ${base64(value)}`).join(",");
      const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata };
      answer = await ask("POST", this.box.address, { headers, signal });
      this.address = new URL(answer.getResponseHeader("Location"), location.href).pathname;
      this.remember();
    }
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    while (this.offset < this.file.size) {
      const piece = this.file.slice(this.offset, this.offset + PIECE);
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset) };
      const progress = (loaded) => this.show(Math.min(this.offset + loaded, this.file.size));
      answer = await ask("PATCH", this.address, { headers, body: piece, progress, signal });
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.show(this.offset);
      this.remember();
      went();
    }
    return answer.getResponseHeader("Gongkai-Upload-State") || "accepted";
  }

  remember() {
    keep(this.box, this.file, { address: this.address, offset: this.offset || 0 });
  }

  forget() {
    this.address = null;
    keep(this.box, this.file, null);
  }

  arrived(state) {
    this.done = true;
    this.bar.remove();
    this.cancel.textContent = "去掉";
    this.cancel.setAttribute("aria-label", `去掉 ${this.file.name}`);
    this.token = document.createElement("input");
    this.token.type = "hidden";
    this.token.name = `${this.box.name}-token`;
    this.token.value = this.address.split("/").pop();
    this.token.dataset.draftNever = "";
    this.row.append(this.token);
    this.say(state === "quarantined" ? "已上传，等待病毒检查" : "已上传");
    this.box.settle();
  }

  failed(words) {
    this.done = true;
    this.forget();
    this.bar.remove();
    this.row.classList.add("upload--failed");
    this.cancel.textContent = "知道了";
    this.cancel.setAttribute("aria-label", `知道了，${this.file.name} 没有上传`);
    this.say(words);
    this.box.settle();
  }

  drop() {
    this.stop.abort();
    const address = this.address;
    this.forget();
    this.row.remove();
    this.box.remove(this);
    this.box.said.textContent = `${this.file.name}：已去掉`;
    if (address) ask("DELETE", address).catch(() => {}); // it expires anyway
  }
}

class Box {
  constructor(element) {
    this.element = element;
    this.input = element.querySelector("input[type=file]");
    ({ address: this.address, purpose: this.purpose, name: this.name } = element.dataset);
    this.limit = Number(element.dataset.limit);
    this.list = element.parentElement.querySelector("[data-resumable-list]");
    this.said = element.parentElement.querySelector("[data-resumable-said]");
    this.sendings = [];
    this.input.addEventListener("change", () => this.take());
    for (const name of ["dragenter", "dragover"]) {
      element.addEventListener(name, (event) => { event.preventDefault(); element.classList.add("is-over"); });
    }
    for (const name of ["dragleave", "drop"]) element.addEventListener(name, () => element.classList.remove("is-over"));
    element.addEventListener("drop", (event) => { event.preventDefault(); this.take(event.dataTransfer.files); });
    this.input.form?.addEventListener("submit", (event) => this.hold(event));
    this.restore();
    if (this.input.files.length) this.take(); // chosen while this script was still on its way
  }

  take(files = this.input.files) {
    const chosen = this.input.multiple ? [...files] : [...files].slice(0, 1);
    if (!this.input.multiple) for (const old of [...this.sendings]) old.drop();
    for (const file of chosen) {
      if (file.size > this.limit) this.said.textContent = `${file.name}：超过 ${size(this.limit)}`;
      this.sendings.push(new Sending(this, file));
    }
    this.input.value = ""; // they are on their way: the form must not send them a second time
  }

  remove(sending) {
    this.sendings = this.sendings.filter((one) => one !== sending);
  }

  /** What this page had sent before it was loaded anew: complete files return by themselves, the others say what to do. */
  restore() {
    for (const one of known(this)) {
      ask("HEAD", one.address).then((answer) => {
        if (this.list.querySelector(`[value="${CSS.escape(one.address.split("/").pop())}"]`)) return;
        const offset = Number(answer.getResponseHeader("Upload-Offset"));
        const file = { name: one.name, size: one.size, lastModified: one.lastModified };
        if (offset === one.size) {
          const back = Object.create(Sending.prototype);
          Object.assign(back, { box: this, file, stop: new AbortController(), address: one.address });
          back.row = back.draw();
          this.sendings.push(back);
          back.arrived(answer.getResponseHeader("Gongkai-Upload-State"));
        } else {
          const item = document.createElement("li");
          item.className = "upload";
          item.textContent = `${one.name} 上次传到 ${Math.floor((offset / one.size) * 100)}%。请重新选择这个文件，会从断点继续。`;
          this.list.append(item);
          this.input.addEventListener("change", () => item.remove(), { once: true });
        }
      }).catch((error) => { if (error instanceof Refused) keep(this, one, null); });
    }
  }

  hold(event) {
    if (this.sendings.every((one) => one.done)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = event.submitter || true;
    this.said.textContent = "";
    this.note ||= this.element.appendChild(Object.assign(document.createElement("p"), { className: "field-help" }));
    this.note.setAttribute("role", "status");
    this.note.textContent = "文件还在上传，传完后会自动提交。";
  }

  settle() {
    if (!this.held || !this.sendings.every((one) => one.done)) return;
    const { held } = this;
    this.held = null;
    this.note.textContent = "";
    if (this.sendings.some((one) => !one.token)) this.note.textContent = "有文件没有传上去，请处理后再提交。";
    else this.input.form.requestSubmit(held === true ? undefined : held);
  }
}

for (const element of document.querySelectorAll("[data-resumable]")) new Box(element);
