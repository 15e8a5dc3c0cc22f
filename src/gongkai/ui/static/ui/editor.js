// <textarea data-editor> becomes a rich-text editor; the textarea keeps the value, and stays the editor without a script.
// Tiptap comes with django-prose-editor, imported by path: an import map would need an inline script.
import { Editor } from "../django_prose_editor/editor.js";
import { Panels } from "./editor-panels.js";
import { tidy } from "./editor-paste.js";
import { bodyExtensions } from "./editor-schema.js";
import { Toolbar } from "./editor-toolbar.js";

const EMPTY = /^(<p[^>]*>(<br[^>]*>)?<\/p>)*$/;

// The editor knows rows and head cells only; leading rows made of head cells are the table's head, repeated on each page.
function withHeads(html) {
  if (!html.includes("<th")) return html;
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  for (const table of parsed.content.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const rows = body ? [...body.rows] : [];
    const heads = rows.findIndex((row) => [...row.cells].some((cell) => cell.tagName === "TD"));
    if (heads <= 0) continue;
    const head = document.createElement("thead");
    head.append(...rows.slice(0, heads));
    body.before(head);
  }
  return parsed.innerHTML;
}

function csrfToken(form) {
  return form?.querySelector("[name=csrfmiddlewaretoken]")?.value || document.body.dataset.csrf || "";
}

/** Send a picture to `url`; the answer is {url, width?, height?} or {error} with words for the officer. */
function uploader(url, form) {
  return async (file, alt) => {
    const data = new FormData();
    data.append("file", file);
    data.append("alt", alt);
    try {
      const response = await fetch(url, { method: "POST", body: data, headers: { "X-CSRFToken": csrfToken(form), Accept: "application/json" } });
      const answer = await response.json().catch(() => ({}));
      if (response.ok && answer.url) return answer;
      return { error: answer.error || `图片没有传上去（${response.status}）。请稍后再试，或者换一张图片。` };
    } catch {
      return { error: "网络不通，图片没有传上去。连上网络后再点一次。" };
    }
  };
}

function say(place, words) {
  place.textContent = words;
  place.hidden = !words;
}

function attributesOf(textarea, label) {
  const attributes = { class: "body editor-body", role: "textbox", "aria-multiline": "true", "aria-label": label };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  if (textarea.required) attributes["aria-required"] = "true";
  return attributes;
}

function pictureIn(transfer) {
  return [...(transfer?.files || [])].find((file) => file.type.startsWith("image/"));
}

/** Make one textarea an editor. Returns Tiptap's Editor, kept on the textarea as `textarea.editor`. */
export function enhance(textarea) {
  const label = textarea.labels?.[0]?.firstChild?.textContent.trim() || "正文";
  const frame = document.createElement("div");
  frame.className = "editor";
  const panelPlace = document.createElement("div");
  panelPlace.hidden = true;
  const note = document.createElement("p");
  note.className = "editor-note";
  note.setAttribute("role", "status");
  note.hidden = true;
  const paper = document.createElement("div");
  paper.className = "editor-paper";
  frame.append(panelPlace, note, paper);
  textarea.before(frame);

  const upload = textarea.dataset.editorUpload ? uploader(textarea.dataset.editorUpload, textarea.form) : null;
  let panels = null;
  const takePicture = (transfer) => {
    const file = upload && pictureIn(transfer);
    if (file) panels.picture(upload, file);
    return Boolean(file);
  };
  const editor = new Editor({
    element: paper,
    extensions: bodyExtensions(),
    content: textarea.value,
    // Who began to type before the script was here goes on typing.
    autofocus: document.activeElement === textarea ? "end" : false,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: true,
    editorProps: {
      attributes: attributesOf(textarea, label),
      transformPastedHTML(html) {
        const pasted = tidy(html);
        say(note, pasted.lost ? `有 ${pasted.lost} 张图片没有随文字粘贴过来，请用“图片”逐张插入。` : "");
        return pasted.html;
      },
      handlePaste: (view, event) => !event.clipboardData?.types.includes("text/html") && takePicture(event.clipboardData),
      handleDrop: (view, event, slice, moved) => !moved && takePicture(event.dataTransfer),
    },
    onUpdate({ editor: changed }) {
      const html = changed.getHTML();
      textarea.value = EMPTY.test(html) ? "" : withHeads(html);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  panels = new Panels(panelPlace, editor);
  const toolbar = new Toolbar(editor, panels, label, upload);
  frame.prepend(toolbar.element);
  editor.on("askLink", () => panels.link());

  // The browser cannot point at a hidden control; the server says at its field what is missing.
  textarea.required = false;
  textarea.hidden = true;
  textarea.addEventListener("gongkai:set", () => editor.commands.setContent(textarea.value));
  for (const words of textarea.labels || []) words.addEventListener("click", () => editor.commands.focus());
  textarea.editor = editor;
  return editor;
}

for (const textarea of document.querySelectorAll("textarea[data-editor]")) enhance(textarea);
