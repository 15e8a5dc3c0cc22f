// The search box as a combobox (ARIA Authoring Practices: editable, list autocomplete): what is offered while typing.
//   data-suggest="/search/suggest"   on the form: where offers are asked for
//   data-suggest-style="…css"        the looks of the list, fetched only when there is a script to show one
// Without a script, and when the server does not answer, it is a plain form.

const WAIT = 150; // ms after the last key
const KINDS = { asked: "常搜", word: "", document: "文件" };
let number = 0;

class Box {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = document.createElement("ul");
    this.told = document.createElement("span");
    this.active = -1;
    this.typed = this.input.value;
    this.known = new Map();
    this.build();
    this.listen();
  }

  build() {
    const id = `suggestions-${++number}`;
    Object.assign(this.list, { id, hidden: true, className: "suggest" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "搜索建议");
    this.told.className = "sr-only";
    this.told.setAttribute("role", "status");
    this.form.append(this.list, this.told);
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox" };
    for (const [name, value] of Object.entries(facts)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", (event) => this.onInput(event));
    this.input.addEventListener("compositionend", () => this.onInput({}));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    // The box keeps the focus while somebody presses in the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  onInput(event) {
    if (event.isComposing) return;
    this.typed = this.input.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.typed.trim();
    this.asking?.abort();
    if (!words || [...words].length > 40) return this.close();
    if (!this.known.has(words)) {
      this.asking = new AbortController();
      try {
        this.known.set(words, await this.fetch(words, this.asking.signal));
      } catch {
        return this.close(); // aborted by the next key, or the server is away: the form still works
      }
    }
    if (words === this.input.value.trim() && document.activeElement === this.input) this.show(this.known.get(words));
  }

  async fetch(words, signal) {
    const address = new URL(this.form.dataset.suggest, location.href);
    address.searchParams.set("q", words);
    const scope = this.form.querySelector("input[name=scope]");
    if (scope) address.searchParams.set("scope", scope.value);
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).suggestions ?? [];
  }

  show(offers) {
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...offers.map((offer, at) => this.option(offer, at)));
    this.open(offers.length > 0);
    this.told.textContent = offers.length ? `有${offers.length}条建议，按上下键选择` : "";
  }

  option(offer, at) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = offer.url;
    option.dataset.kind = offer.kind;
    option.dataset.text = offer.text;
    const text = document.createElement("span");
    text.className = "suggest-text";
    this.mark(text, offer.text);
    option.append(text);
    const about = [KINDS[offer.kind], offer.about].filter(Boolean).join("　");
    if (about) {
      const facts = document.createElement("span");
      facts.className = "suggest-about";
      facts.textContent = about;
      option.append(facts);
    }
    return option;
  }

  // What was typed stands out, as text: nothing of an offer is ever taken for markup.
  mark(element, text) {
    const words = this.typed.trim();
    const at = words ? text.toLowerCase().indexOf(words.toLowerCase()) : -1;
    if (at < 0) {
      element.textContent = text;
      return;
    }
    const typed = document.createElement("b");
    typed.textContent = text.slice(at, at + words.length);
    element.append(text.slice(0, at), typed, text.slice(at + words.length));
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.ask();
      else this.move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.input.value = this.typed;
      this.close();
    } else if (key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.list.children[this.active]);
    }
  }

  // Past the last offer, and before the first, stands what was typed.
  move(step) {
    const all = [...this.list.children];
    this.active = ((this.active + step + 1 + all.length + 1) % (all.length + 1)) - 1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
    const chosen = all[this.active];
    if (!chosen) {
      this.input.removeAttribute("aria-activedescendant");
      this.input.value = this.typed;
      return;
    }
    this.input.setAttribute("aria-activedescendant", chosen.id);
    this.input.value = chosen.dataset.text;
    chosen.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    this.close();
    if (option.dataset.kind === "document") {
      location.assign(option.dataset.url);
      return;
    }
    this.input.value = this.typed = option.dataset.text;
    this.form.requestSubmit();
  }

  open(visible) {
    this.list.hidden = !visible;
    this.input.setAttribute("aria-expanded", String(visible));
  }

  close() {
    clearTimeout(this.timer);
    this.open(false);
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = "";
  }
}

const forms = [...document.querySelectorAll("form[data-suggest]")];
if (forms.length) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = forms[0].dataset.suggestStyle;
  document.head.append(style);
}
for (const form of forms) new Box(form);
