"""Pages saved from other sites: which part is the article, and what the page labels say about it."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from gongkai.texts import blocks, furniture, richtext
from gongkai.texts.decoding import decode
from gongkai.texts.reading import PENDING_IMAGES, SourceText, UnreadableFile

# A saved page without its pictures; portals' heaviest pages (with inline styles) stay below 2 MB.
MAX_PAGE_BYTES = 8 * 1024 * 1024
# A container with fewer characters and no picture or link is an empty shell of the template.
MIN_ARTICLE_CHARS = 20
# Boxes named like furniture but longer than this hold the text itself on badly built sites.
MAX_FURNITURE_BOX_CHARS = 200

# Page labels in their official spelling (页面标签, 国办发〔2017〕47号); keys are what pages write, lower-cased.
LABELS = {
    name.lower(): name
    for name in (
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
        "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url",
    )
}  # fmt: skip

# Where portals put the article, most certain first: ids and classes, lower-cased.
_CONTAINERS = (
    "ucap-content", "trs_editor", "trs_uedtior_para", "trs_uedtior_para_cms", "view", "zoom", "zoomcon",
    "articlecontent", "article-content", "article_content", "articlebody", "article-body", "article_body",
    "pages_content", "xxgk_content", "content-text", "news_content", "newscontent", "con_text", "bt-content",
    "wzy-content", "detail-content", "detail_content", "maincontent", "main-content", "text-content", "txt_con",
    "article-con", "article_con", "arc_body",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_CONTAINERS)}
_NEVER_TEXT = (
    "script",
    "style",
    "noscript",
    "iframe",
    "object",
    "form",
    "nav",
    "aside",
    "template",
    "link",
    "meta",
    "button",
)
_FURNITURE_NAME = re.compile(
    r"share|jiathis|print|font-?size|crumb|position|footer|^foot|foot$|^nav|nav$|navbar|sidebar|copyright|related|qrcode|ewm"
    r"|toolbar|pagination|prev-?next|^bot$|^header$|site-?head|gongneng|^menu|menu$",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(r"\s*[_|\-–—]{1,2}\s*[^_|\-–—]{2,40}$")


def read_html(data: bytes, *, declared: str | None = None, base_url: str = "") -> SourceText:
    """The article of a saved page, without navigation, share bars and footers.

    ``declared`` is the character set the server named; ``base_url`` is the page's address, used to complete relative
    links (the label ``Url`` serves otherwise). Raises :class:`UnreadableFile` when the page is too large or holds no
    text.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise UnreadableFile(f"网页超过 {MAX_PAGE_BYTES // 1024 // 1024} MB。请只保存正文部分后再导入。")
    decoded = decode(data, declared)
    page = _parse(decoded.text)
    labels = _labels(page)
    title = labels.get("ArticleTitle") or _page_title(page)
    _drop_furniture(page)
    article = _article(page)
    warnings = _complete_links(article, base_url or labels.get("Url", ""))
    if decoded.lossy:
        warnings.append(f"网页按 {decoded.encoding} 读取，个别字节无法识别，请对照原网页补正。")
    held, images = _hold(article)
    html, found, heading = _without_frame(richtext.clean(held), title)
    title = title or heading
    labels = {**found, **labels}
    if title:
        labels.setdefault("ArticleTitle", title)
    if not html:
        raise UnreadableFile("网页中没有找到正文。请打开原网页，复制正文后粘贴到编辑页。")
    return SourceText(title, html, labels, images, tuple(warnings), decoded.encoding)


def hold_images(html: str) -> tuple[str, dict[str, str]]:
    """``html`` with foreign pictures under placeholder addresses, and the placeholders' real addresses."""
    if "<img" not in html.lower():
        return html, {}
    return _hold(_parse(f"<body>{html}</body>"))


def _parse(text: str) -> lxml_html.HtmlElement:
    # Bytes with a stated encoding: lxml refuses text that carries its own (XHTML pages do).
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    clean_text = re.sub("[\0\ud800-\udfff]", "", text).lstrip("\ufeff \t\r\n")
    try:
        page = lxml_html.document_fromstring((clean_text or "<html></html>").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("网页内容为空或无法解析。请重新保存网页，或复制正文后粘贴到编辑页。") from error
    return page


def _labels(page: lxml_html.HtmlElement) -> dict[str, str]:
    labels: dict[str, str] = {}
    for meta in page.iter("meta"):
        attributes = {str(name).lower(): str(value) for name, value in meta.attrib.items()}
        name = LABELS.get((attributes.get("name") or attributes.get("property") or "").strip().lower())
        content = " ".join(attributes.get("content", "").replace("\xa0", " ").split())
        if name and content:
            labels.setdefault(name, content)
    return labels


def _page_title(page: lxml_html.HtmlElement) -> str:
    headings = [_text(heading) for heading in page.iter("h1")]
    full = next((_text(title) for title in page.iter("title")), "")
    named = [heading for heading in headings if len(heading) >= 4 and (len(headings) == 1 or heading in full)]
    if named:
        return named[0]
    return _TITLE_TAIL.sub("", full) if full else ""


def _text(element: lxml_html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _names(element: lxml_html.HtmlElement) -> set[str]:
    return {name.lower() for name in f"{element.get('id', '')} {element.get('class', '')}".split()}


def _drop_furniture(page: lxml_html.HtmlElement) -> None:
    doomed = [
        element
        for element in page.iter(etree.Element)
        if element.tag in _NEVER_TEXT
        or (
            element.tag in ("div", "ul", "p", "span", "footer", "header", "table", "section", "dl")
            and (element.tag == "footer" or any(_FURNITURE_NAME.search(name) for name in _names(element)))
            and len(_text(element)) <= MAX_FURNITURE_BOX_CHARS
            and not _RANK.keys() & _names(element)
        )
    ]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _article(page: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    ranked: list[tuple[int, int, lxml_html.HtmlElement]] = []
    for element in page.iter(etree.Element):
        ranks = [_RANK[name] for name in _names(element) if name in _RANK]
        if not ranks and element.tag in ("article", "main"):
            ranks = [len(_RANK) + (element.tag == "main")]
        if not ranks:
            continue
        length = len(_text(element))
        if length >= MIN_ARTICLE_CHARS or element.find(".//img") is not None or element.find(".//a") is not None:
            ranked.append((min(ranks), -length, element))
    if ranked:
        return min(ranked, key=lambda candidate: candidate[:2])[2]
    return _densest(page)


def _densest(page: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The element whose own paragraphs say most: sentences count, words on links do not."""
    scores: dict[lxml_html.HtmlElement, float] = {}
    body = page.find("body") if page.find("body") is not None else page
    for element in body.iter("p", "td", "div", "section", "span", "li", "blockquote", "body"):
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        if element.tag in ("p", "span"):
            own = _text(element)
        linked = sum(len(_text(link)) for link in element.iter("a")) if element.tag in ("p", "span") else 0
        worth = len(own.strip()) + 10 * len(re.findall("[，。；：！？]", own)) - 2 * linked
        if worth < 10:
            continue
        share = 1.0
        holder = element if element.tag not in ("p", "span") else element.getparent()
        while holder is not None and share > 0.2:
            scores[holder] = scores.get(holder, 0.0) + share * worth
            holder, share = holder.getparent(), share / 2
    return max(scores, key=lambda element: scores[element]) if scores else body


def _complete_links(article: lxml_html.HtmlElement, base_url: str) -> list[str]:
    usable = urlsplit(base_url).scheme in ("http", "https") if _is_url(base_url) else False
    unresolved = 0
    for element in article.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        address = (element.get(name) or "").strip()
        if (
            not address
            or address.startswith(("#", "/files/", "data:"))
            or not _is_url(address)
            or urlsplit(address).scheme
        ):
            continue
        if usable:
            element.set(name, urljoin(base_url, address))
        else:
            unresolved += 1
    if unresolved:
        return [f"正文中有 {unresolved} 个相对地址的链接或图片，导入后可能失效，请核对。"]
    return []


def _is_url(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _hold(element: lxml_html.HtmlElement) -> tuple[str, dict[str, str]]:
    images: dict[str, str] = {}
    for number, image in enumerate(element.iter("img"), start=1):
        # Pages that load pictures late keep the real address elsewhere.
        address = (image.get("src") or image.get("data-src") or image.get("data-original") or "").strip()
        if not address or address.startswith("data:") or richtext.IMAGE_SOURCE.fullmatch(address):
            continue
        image.set("src", f"{PENDING_IMAGES}{number}")
        images[f"{PENDING_IMAGES}{number}"] = address
    return str(lxml_html.tostring(element, encoding="unicode", with_tail=False)), images


def _without_frame(html: str, title: str) -> tuple[str, dict[str, str], str]:
    """The body without the title's repetition, label lines and buttons at its ends; the labels; a first heading."""
    made = [node for node in blocks.tree(html).children if isinstance(node, blocks.Node)]
    texts = [node.text() if node.tag in blocks.TEXT_BLOCKS else "—" for node in made]
    labels: dict[str, str] = {}
    keep = [True] * len(made)
    for index in range(min(furniture.HEAD_LINES, len(made))):
        found = furniture.label_line(texts[index])
        if found is not None:
            labels.update({name: value for name, value in found.items() if name in LABELS.values() and value})
            keep[index] = False
        elif furniture.is_furniture(texts[index]) or (
            title and "".join(texts[index].split()) == "".join(title.split())
        ):
            keep[index] = False
    for index in range(max(0, len(made) - furniture.TAIL_LINES), len(made)):
        if furniture.is_furniture(texts[index]):
            keep[index] = False
    kept = [node for node, wanted in zip(made, keep, strict=True) if wanted]
    heading = ""
    if not title and kept and kept[0].tag == "h2":
        heading = " ".join(kept.pop(0).text().split())
    return richtext.clean(blocks.write(kept)), labels, heading
