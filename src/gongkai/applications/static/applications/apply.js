// The application form with a script: items are added and taken away in place, and what is public already is offered while
// one types. Everything here has its way without a script: buttons that send the form, and the page before submitting.

const WAIT = 500; // ms after the last key
const SHORTEST = 4;

class Items {
  constructor(form) {
    this.form = form;
    this.list = form.querySelector("[data-item-list]");
    this.count = form.querySelector("[data-items]");
    this.more = form.querySelector("[data-more]");
    this.most = 10;
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-more], [data-drop]");
      if (!button) return;
      event.preventDefault();
      if (button.matches("[data-more]")) this.add().querySelector("input").focus();
      else this.drop(button.closest("[data-item]"));
    });
    this.asInDraft();
  }

  get all() {
    return [...this.list.querySelectorAll("[data-item]")];
  }

  add() {
    const made = this.all[0].cloneNode(true);
    for (const one of made.querySelectorAll("input, textarea")) {
      one.value = "";
      one.removeAttribute("aria-invalid");
    }
    for (const one of made.querySelectorAll("[id$='_error']")) one.remove();
    for (const one of made.querySelectorAll(".field--error")) one.classList.remove("field--error");
    made.querySelector("[data-offers-list]").replaceChildren();
    this.list.append(made);
    this.number();
    return made;
  }

  drop(item) {
    if (this.all.length < 2) return;
    item.remove();
    this.number();
    this.all.at(-1).querySelector("input").focus();
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Names, ids and what refers to them follow the place of an item. */
  number() {
    const all = this.all;
    all.forEach((item, place) => {
      item.dataset.item = String(place);
      item.querySelector("[data-item-number]").textContent = String(place + 1);
      item.querySelector("[data-drop]").value = `drop-${place}`;
      item.querySelector(".apply-drop").hidden = all.length < 2;
      item.querySelector("legend").classList.toggle("sr-only", all.length < 2);
      for (const one of item.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
        for (const name of ["name", "id", "for", "aria-describedby"]) {
          if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/item-\d+-/g, `item-${place}-`));
        }
      }
    });
    this.count.value = String(all.length);
    if (this.more) this.more.closest("p").hidden = all.length >= this.most;
  }

  /** A draft of several items returns into as many: they must be there before it does. */
  asInDraft() {
    if (this.form.hasAttribute("data-draft-bound")) return;
    try {
      const { pairs } = JSON.parse(localStorage.getItem(`gongkai.form:${this.form.dataset.draft}`)) || { pairs: [] };
      const places = pairs.map(([name]) => Number(/^item-(\d+)-name$/.exec(name)?.[1] ?? 0));
      while (this.all.length <= Math.min(Math.max(0, ...places), this.most - 1)) this.add();
    } catch { /* no store, or nothing readable in it: then there is no draft either */ }
  }
}

class Offers {
  constructor(form) {
    this.form = form;
    this.known = new Map();
    this.mirror = location.pathname.startsWith("/zh-hant/") ? "/zh-hant" : "";
    form.addEventListener("input", (event) => {
      if (event.isComposing || !event.target.matches("[data-offers]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(event.target), WAIT);
    });
  }

  async ask(input) {
    const words = input.value.trim();
    const list = input.closest("[data-item]").querySelector("[data-offers-list]");
    if ([...words].length < SHORTEST) {
      list.replaceChildren();
      return;
    }
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      if (!this.known.has(words)) this.known.set(words, await this.fetch(words, this.asking.signal));
    } catch {
      return; // aborted by the next key, or the server is away: the form still works
    }
    if (input.value.trim() !== words) return;
    list.innerHTML = this.known.get(words);
    if (list.childElementCount) this.form.elements.offered.value = "1";
  }

  async fetch(words, signal) {
    const address = new URL(this.mirror + this.form.dataset.offersAddress, location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("to", this.form.dataset.to);
    if (!this.form.elements.offered.value) address.searchParams.set("first", "1");
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.text()).trim();
  }
}

for (const form of document.querySelectorAll("[data-apply]")) {
  new Items(form);
  new Offers(form);
  form.querySelector(".form-errors")?.focus();
}
