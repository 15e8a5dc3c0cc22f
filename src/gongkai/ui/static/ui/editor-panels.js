// The small panels under the toolbar: link, picture, table caption. They stand in the page, not over it.

let count = 0;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function field(label, input, help = "") {
  count += 1;
  input.id = `editor-panel-${count}`;
  input.classList.add("input");
  const box = element("div", { class: "field" }, element("label", { for: input.id }, label));
  if (help) {
    const hint = element("p", { class: "field-help", id: `${input.id}-help` }, help);
    input.setAttribute("aria-describedby", hint.id);
    box.append(hint);
  }
  box.append(input);
  return box;
}

/** The place of panels of one editor; only one is open at a time. */
export class Panels {
  constructor(place, editor) {
    this.place = place;
    this.editor = editor;
    // What is typed here is no change of the document yet; the form around must not take it for one.
    place.addEventListener("input", (event) => event.stopPropagation());
    place.addEventListener("change", (event) => event.stopPropagation());
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Enter" && event.target.matches("input:not([type=file])")) {
        event.preventDefault();
        place.querySelector("[data-apply]")?.click();
      }
    });
  }

  close() {
    this.place.replaceChildren();
    this.place.hidden = true;
    this.editor.commands.focus();
  }

  #open(title, fields, applyLabel, apply) {
    const error = element("p", { class: "field-error", role: "alert" });
    const go = element("button", { type: "button", class: "btn btn--go", "data-apply": true }, applyLabel);
    const cancel = element("button", { type: "button", class: "btn btn--quiet" }, "取消");
    go.addEventListener("click", async () => {
      go.disabled = true;
      const problem = await apply();
      go.disabled = false;
      error.textContent = problem || "";
      if (!problem) this.close();
    });
    cancel.addEventListener("click", () => this.close());
    const acts = element("div", { class: "acts" }, go, cancel);
    this.place.replaceChildren(element("div", { class: "editor-panel", role: "group", "aria-label": title }, ...fields, error, acts));
    this.place.hidden = false;
    this.place.querySelector("input")?.focus();
  }

  link() {
    const { editor } = this;
    const address = element("input", { type: "text", inputmode: "url", value: editor.getAttributes("link").href || "" });
    const help = "粘贴网址，或以 / 开头的本站地址。清空后点“确定”即去掉链接。";
    this.#open("链接", [field("链接地址", address, help)], "确定", () => {
      const href = address.value.trim();
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!href) {
        chain.unsetLink().run();
        return "";
      }
      if (!/^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(href)) return "网址要以 http://、https:// 或 / 开头。";
      if (editor.state.selection.empty && !editor.isActive("link")) {
        editor.chain().focus().insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      } else {
        chain.setLink({ href }).run();
      }
      return "";
    });
  }

  caption() {
    const { editor } = this;
    const text = element("input", { type: "text", value: editor.getAttributes("table").caption || "" });
    this.#open("表题", [field("表题", text, "例如：表1　设施配置标准")], "确定", () => {
      editor.chain().focus().updateAttributes("table", { caption: text.value.trim() || null }).run();
      return "";
    });
  }

  /** Insert a picture (`file` when it was pasted or dropped), or edit the one that is selected. */
  picture(upload, file = null) {
    const { editor } = this;
    const selected = editor.state.selection.node;
    const editing = !file && ["picture", "image"].includes(selected?.type.name) ? selected : null;
    const alt = element("input", { type: "text", value: editing?.attrs.alt || "", required: true });
    const caption = element("input", { type: "text" });
    const chooser = element("input", { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp" });
    const help = "给看不见图的人说明图里有什么，必填。图中有文字的，写出文字。";
    const fields = [field("图片说明文字", alt, help)];
    if (!editing) fields.push(field("图题（可不填）", caption));
    if (!editing && !file) fields.unshift(field("图片文件", chooser, "PNG、JPEG、GIF 或 WebP。"));
    this.#open(editing ? "修改图片" : "插入图片", fields, editing ? "确定" : "上传并插入", async () => {
      const words = alt.value.trim();
      if (!words) return "请填写图片说明文字。";
      if (editing) {
        editor.chain().focus().updateAttributes(editing.type.name, { alt: words }).run();
        return "";
      }
      const chosen = file || chooser.files[0];
      if (!chosen) return "请选择图片文件。";
      const answer = await upload(chosen, words);
      if (answer.error) return answer.error;
      const content = [{ type: "picture", attrs: { src: answer.url, alt: words, width: answer.width, height: answer.height } }];
      const title = caption.value.trim();
      if (title) content.push({ type: "figcaption", content: [{ type: "text", text: title }] });
      editor.chain().focus().insertContent([{ type: "figure", content }, { type: "paragraph" }]).run();
      return "";
    });
  }
}
