// What Word and WPS put on the clipboard, made plain before the editor reads it. The server cleans again; this is for
// what only the browser can still know (numbers of lists, pictures that did not come along).

const DROPPED = "style, script, meta, link, title, xml, head, object, embed, iframe, input, button, select";
const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden/i;

/**
 * Pasted HTML as HTML of a body. `lost` counts pictures whose data the clipboard does not hold.
 * @param {string} html
 * @returns {{html: string, lost: number}}
 */
export function tidy(html) {
  const page = new DOMParser().parseFromString(html.replace(/<!--[\s\S]*?-->/g, "").replace(/<!\[[^\]]*\]>/g, ""), "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  for (const element of page.querySelectorAll("[style]")) if (HIDDEN.test(element.getAttribute("style"))) element.remove();
  let lost = 0;
  for (const image of page.querySelectorAll("img")) {
    if (!/^\/(desk\/)?files\//.test(image.getAttribute("src") || "")) {
      image.remove();
      lost += 1;
    }
  }
  for (const element of [...page.querySelectorAll("*")]) {
    if (element.tagName.includes(":")) element.replaceWith(...element.childNodes);
  }
  rename(page, "h1", "h2");
  rename(page, "h6", "h5");
  joinNumbers(page);
  return { html: page.body.innerHTML, lost };
}

function rename(page, from, to) {
  for (const old of page.querySelectorAll(from)) {
    const fresh = page.createElement(to);
    if (old.hasAttribute("align")) fresh.setAttribute("align", old.getAttribute("align"));
    fresh.append(...old.childNodes);
    old.replaceWith(fresh);
  }
}

// Word writes the number of a list item as text of its own, padded with spaces: 一、 and （一） are words of an official
// text and stay words.
function joinNumbers(page) {
  for (const mark of page.querySelectorAll("[style*='mso-list']")) {
    if (!/mso-list\s*:\s*ignore/i.test(mark.getAttribute("style"))) continue;
    const number = mark.textContent.replace(/[\s ]+/g, "");
    mark.replaceWith(/^[·•◆■\uf000-\uf0ff\u00a7]$/.test(number) ? "· " : number);
  }
}
