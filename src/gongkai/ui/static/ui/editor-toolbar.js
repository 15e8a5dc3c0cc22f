// The toolbar: one tab stop, arrows move inside it (the ARIA toolbar pattern), every act named in Chinese.

const SPRITE = new URL("icons.svg", import.meta.url).pathname;

const STYLES = [
  ["正文", (chain) => chain.setParagraph(), (editor) => editor.isActive("paragraph")],
  ["一级标题", (chain) => chain.setHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  ["二级标题", (chain) => chain.setHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  ["三级标题", (chain) => chain.setHeading({ level: 4 }), (editor) => editor.isActive("heading", { level: 4 })],
];

const toggle = (label, glyph, name, keys = "") => ({
  label, glyph, keys, active: (editor) => editor.isActive(name), run: (chain) => chain[`toggle${name[0].toUpperCase()}${name.slice(1)}`](),
});
const align = (label, icon, value) => ({
  label, icon, active: (editor) => (editor.getAttributes("heading").align || editor.getAttributes("paragraph").align || null) === value,
  run: (chain) => chain.setAlign(value),
});
const act = (label, run, extra = {}) => ({ label, run, ...extra });

const GROUPS = [
  [
    act("撤销", (chain) => chain.undo(), { icon: "undo", keys: "Ctrl+Z", can: (can) => can.undo() }),
    act("重做", (chain) => chain.redo(), { icon: "redo", keys: "Ctrl+Y", can: (can) => can.redo() }),
  ],
  [
    toggle("加粗", "B", "bold", "Ctrl+B"), toggle("斜体", "I", "italic", "Ctrl+I"), toggle("下划线", "U", "underline", "Ctrl+U"),
    toggle("删除线", "S", "strike"), toggle("上标", "x²", "superscript"), toggle("下标", "x₂", "subscript"),
    act("清除格式", (chain) => chain.unsetAllMarks().setAlign(null).setFlush(false), { icon: "clear" }),
  ],
  [
    align("左对齐", "align-left", null), align("居中", "align-center", "center"), align("右对齐", "align-right", "right"),
    {
      label: "首行不缩进", icon: "outdent", active: (editor) => Boolean(editor.getAttributes("paragraph").flush),
      run: (chain, editor) => chain.setFlush(!editor.getAttributes("paragraph").flush),
    },
  ],
  [
    { ...toggle("项目符号", "", "bulletList"), icon: "list" }, { ...toggle("编号", "", "orderedList"), icon: "list-numbered" },
    { ...toggle("引文", "", "blockquote"), icon: "quote" },
  ],
  [
    { label: "链接", icon: "link", keys: "Ctrl+K", active: (editor) => editor.isActive("link"), panel: "link" },
    { label: "图片", icon: "image", active: (editor) => ["picture", "image"].includes(editor.state.selection.node?.type.name), panel: "picture" },
    act("表格", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), {
      icon: "table", can: (can, editor) => !editor.isActive("table"),
    }),
    act("六角括号", (chain, editor) => {
      const { from } = editor.state.selection;
      return chain.insertContent("〔〕").setTextSelection(from + 1);
    }, { glyph: "〔〕" }),
  ],
];

const TABLE = [
  act("上方加行", (chain) => chain.addRowBefore()), act("下方加行", (chain) => chain.addRowAfter()),
  act("左侧加列", (chain) => chain.addColumnBefore()), act("右侧加列", (chain) => chain.addColumnAfter()),
  act("删行", (chain) => chain.deleteRow()), act("删列", (chain) => chain.deleteColumn()),
  act("合并单元格", (chain) => chain.mergeCells(), { can: (can) => can.mergeCells() }),
  act("拆分单元格", (chain) => chain.splitCell(), { can: (can) => can.splitCell() }),
  act("首行作表头", (chain) => chain.toggleHeaderRow()), act("首列作表头", (chain) => chain.toggleHeaderColumn()),
  { label: "表题", panel: "caption" }, act("删除表格", (chain) => chain.deleteTable(), { warn: true }),
];

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

export class Toolbar {
  constructor(editor, panels, label, upload) {
    this.editor = editor;
    this.panels = panels;
    this.upload = upload;
    this.buttons = [];
    this.element = document.createElement("div");
    this.element.className = "editor-tools";
    this.bar = this.#row(`${label}格式`, [this.#styles(), ...GROUPS.map((group) => this.#group(group))]);
    this.table = this.#row(`${label}表格`, [this.#group(TABLE, true)]);
    this.element.append(this.bar, this.table);
    editor.on("transaction", () => this.refresh());
    editor.on("focus", () => this.refresh());
    this.refresh();
  }

  #row(label, children) {
    const row = document.createElement("div");
    row.className = "editor-row";
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", label);
    row.append(...children);
    row.addEventListener("keydown", (event) => this.#arrows(event, row));
    for (const [index, stop] of [...row.querySelectorAll("button, select")].entries()) stop.tabIndex = index ? -1 : 0;
    return row;
  }

  #styles() {
    const select = document.createElement("select");
    select.className = "input editor-style";
    select.setAttribute("aria-label", "段落样式");
    for (const [name] of STYLES) select.add(new Option(name, name));
    const other = new Option("其他", "");
    other.hidden = true;
    select.add(other);
    select.addEventListener("input", (event) => event.stopPropagation());
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      const style = STYLES.find(([name]) => name === select.value);
      if (style) style[1](this.editor.chain().focus()).run();
    });
    this.style = select;
    return select;
  }

  #group(items, words = false) {
    const group = document.createElement("span");
    group.className = "editor-group";
    for (const item of items) {
      if (item.panel === "picture" && !this.upload) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = words ? "editor-word" : "editor-button";
      if (words) button.textContent = item.label;
      else {
        button.setAttribute("aria-label", item.label);
        button.title = item.keys ? `${item.label}（${item.keys}）` : item.label;
        if (item.icon) button.append(icon(item.icon));
        else {
          const glyph = document.createElement("span");
          glyph.setAttribute("aria-hidden", "true");
          glyph.className = `editor-glyph editor-glyph--${item.label === "加粗" ? "b" : { 斜体: "i", 下划线: "u", 删除线: "s" }[item.label] || "x"}`;
          glyph.textContent = item.glyph;
          button.append(glyph);
        }
      }
      if (item.warn) button.classList.add("is-warn");
      // The selection must survive the click.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.#act(item));
      this.buttons.push([button, item]);
      group.append(button);
    }
    return group;
  }

  #act(item) {
    if (item.panel === "link") this.panels.link();
    else if (item.panel === "caption") this.panels.caption();
    else if (item.panel === "picture") this.panels.picture(this.upload);
    else item.run(this.editor.chain().focus(), this.editor).run();
  }

  #arrows(event, row) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.matches("select")) {
      if (event.key === "Escape") this.editor.commands.focus();
      if (!step) return;
    }
    const stops = [...row.querySelectorAll("button:not(:disabled), select")];
    const next = stops[(stops.indexOf(event.target) + step + stops.length) % stops.length];
    event.preventDefault();
    for (const stop of row.querySelectorAll("button, select")) stop.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  refresh() {
    const { editor } = this;
    this.table.hidden = !editor.isActive("table");
    this.style.value = STYLES.find(([, , active]) => active(editor))?.[0] || "";
    const can = editor.can();
    for (const [button, item] of this.buttons) {
      if (item.active) button.setAttribute("aria-pressed", String(item.active(editor)));
      if (item.can) button.disabled = !item.can(can, editor);
    }
  }
}
