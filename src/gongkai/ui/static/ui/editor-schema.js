// What a body may hold, in the canonical form that gongkai.texts.richtext keeps: the same tags, classes and ids go in and
// come out, so that opening and saving a document changes nothing.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Extension, Gapcursor, HardBreak, Heading, HorizontalRule, Image, Italic, Link,
  ListItem, Node, OrderedList, Paragraph, Plugin, Strike, Subscript, Superscript, Table, TableCell, TableHeader, TableRow, Text,
  Underline, UndoRedo, mergeAttributes,
} from "../django_prose_editor/editor.js";

const ALIGNABLE = ["paragraph", "heading", "tableCell", "tableHeader"];

function alignOf(element) {
  if (element.classList.contains("align-center")) return "center";
  if (element.classList.contains("align-right")) return "right";
  const written = element.style.textAlign || element.getAttribute("align") || "";
  return { center: "center", right: "right", end: "right" }[written] || null;
}

// A provision split in two, or pasted a second time, must not give its address to both: the first that has words keeps it.
function singleAddresses(state) {
  const holders = new Map();
  const extra = [];
  state.doc.descendants((node, position) => {
    const { id } = node.attrs;
    if (!id) return;
    const holder = holders.get(id);
    if (holder && (holder.node.textContent || !node.textContent)) {
      extra.push(position);
      return;
    }
    if (holder) extra.push(holder.position);
    holders.set(id, { node, position });
  });
  if (!extra.length) return null;
  const change = state.tr;
  for (const position of extra) change.setNodeAttribute(position, "id", null);
  return change;
}

// Alignment and indent are classes: the sanitiser drops styles, and a stylesheet can print them on paper.
const Layout = Extension.create({
  name: "layout",
  addGlobalAttributes() {
    return [
      {
        types: ALIGNABLE,
        attributes: {
          align: {
            default: null,
            parseHTML: alignOf,
            renderHTML: ({ align }) => (align ? { class: `align-${align}` } : {}),
          },
        },
      },
      {
        types: ["paragraph", "heading"],
        attributes: {
          flush: {
            default: false,
            parseHTML: (element) => element.classList.contains("indent-none"),
            renderHTML: ({ flush }) => (flush ? { class: "indent-none" } : {}),
          },
          // The address of a provision or heading.
          id: {
            default: null,
            parseHTML: (element) => element.id || null,
            renderHTML: ({ id }) => (id ? { id } : {}),
          },
        },
      },
    ];
  },
  addProseMirrorPlugins() {
    return [new Plugin({ appendTransaction: (changes, before, state) => (changes.some((one) => one.docChanged) ? singleAddresses(state) : null) })];
  },
  addCommands() {
    const everyText = (attributes) => ({ commands }) =>
      ["paragraph", "heading"].map((type) => commands.updateAttributes(type, attributes)).some(Boolean);
    return {
      setAlign: (align) => everyText({ align }),
      setFlush: (flush) => everyText({ flush }),
    };
  },
});

const PlainLink = Link.extend({
  addKeyboardShortcuts() {
    return {
      "Mod-k": () => {
        this.editor.emit("askLink", {});
        return true;
      },
    };
  },
});

const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (element) => element.querySelector(":scope > caption")?.textContent.trim() || null,
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  parseHTML() {
    // The caption is an attribute of the table here; its words must not be read a second time as a cell.
    return [{ tag: "table" }, { tag: "caption", ignore: true }];
  },
  renderHTML({ HTMLAttributes, node }) {
    const rows = ["tbody", 0];
    const shown = mergeAttributes(this.options.HTMLAttributes, HTMLAttributes);
    delete shown["data-caption"];
    delete shown.style;
    return node.attrs.caption ? ["table", shown, ["caption", {}, node.attrs.caption], rows] : ["table", shown, rows];
  },
});

function spans(attributes) {
  const kept = { ...attributes };
  for (const name of ["colspan", "rowspan"]) if (Number(kept[name]) === 1) delete kept[name];
  delete kept.colwidth;
  delete kept.style;
  return kept;
}

const Cell = TableCell.extend({
  renderHTML({ HTMLAttributes }) {
    return ["td", spans(HTMLAttributes), 0];
  },
});

const HeadCell = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null, parseHTML: (element) => element.getAttribute("scope") } };
  },
  renderHTML({ HTMLAttributes }) {
    return ["th", spans(HTMLAttributes), 0];
  },
});

// A picture on its own stands in a figure with a caption; one within a line of text stays in the line.
const Picture = Node.create({
  name: "picture",
  atom: true,
  draggable: false,
  addAttributes() {
    return { src: { default: null }, alt: { default: "" }, width: { default: null }, height: { default: null } };
  },
  parseHTML() {
    return [{ tag: "img[src]", context: "figure/", priority: 80 }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["img", mergeAttributes(HTMLAttributes)];
  },
});

const Caption = Node.create({
  name: "figcaption",
  content: "inline*",
  isolating: true,
  defining: true,
  parseHTML() {
    return [{ tag: "figcaption" }];
  },
  renderHTML() {
    return ["figcaption", {}, 0];
  },
});

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "picture+ figcaption?",
  draggable: true,
  isolating: true,
  parseHTML() {
    return [{ tag: "figure" }];
  },
  renderHTML() {
    return ["figure", {}, 0];
  },
});

const LineImage = Image.extend({
  inline: true,
  group: "inline",
  parseHTML() {
    return [{ tag: "img[src]" }];
  },
}).configure({ inline: true });

/** Every extension of a body, in the order in which they are asked. */
export function bodyExtensions() {
  return [
    Document, Paragraph, Text, HardBreak, UndoRedo, Dropcursor, Gapcursor,
    Heading.configure({ levels: [2, 3, 4, 5] }),
    Bold, Italic, Underline, Strike, Subscript, Superscript,
    BulletList, OrderedList, ListItem, Blockquote, HorizontalRule,
    PlainLink.configure({ openOnClick: false, autolink: false, linkOnPaste: true, protocols: ["http", "https", "mailto", "tel"] }),
    CaptionedTable.configure({ resizable: false }), TableRow, HeadCell, Cell,
    Figure, Picture, Caption, LineImage, Layout,
  ];
}
