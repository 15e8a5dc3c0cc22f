"""docs/mechanisms/interface.md names every component, filter and file; templates keep the rules it states."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src" / "gongkai" / "ui"
DOCUMENT = (ROOT / "docs" / "mechanisms" / "interface.md").read_text(encoding="utf-8")


def test_every_component_has_its_row_and_every_row_its_component() -> None:
    written = {path.stem.replace("_", "-") for path in (UI / "templates" / "cotton").glob("*.html")}
    described = set(re.findall(r"^\| `c-([\w-]+)` \|", DOCUMENT, re.MULTILINE))
    assert described == written


def test_what_a_component_takes_is_declared_so_that_nothing_leaks_in_from_around_it() -> None:
    undeclared = {}
    for path in (UI / "templates" / "cotton").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        declared = set(re.findall(r"[\s:]([\w-]+)=", "".join(re.findall(r"<c-vars(.*?)/>", text))))
        named = set(re.findall(r"\{\{ ?(\w+)", text)) | set(re.findall(r"\{% (?:el)?if (?:not )?(\w+)", text))
        loops = set(re.findall(r"\{% for ([\w, ]+) in", text)) | set(re.findall(r"\{% with (\w+)=", text))
        own = {name.strip() for group in loops for name in group.split(",")} | {"slot", "attrs", "forloop"}
        if named - declared - own:
            undeclared[path.name] = named - declared - own
    assert undeclared == {}


def test_every_filter_is_described() -> None:
    source = (UI / "templatetags" / "ui.py").read_text(encoding="utf-8")
    for name in re.findall(r"@register\.filter\ndef (\w+)", source):
        assert f"| `{name}` |" in DOCUMENT


def test_every_stylesheet_and_script_is_described() -> None:
    for path in (UI / "static" / "ui").iterdir():
        if path.suffix in (".css", ".js"):
            assert path.name in DOCUMENT, path.name


def test_no_template_carries_a_script_or_a_handler_of_its_own() -> None:
    guilty = {}
    for path in (ROOT / "src" / "gongkai").glob("*/templates/**/*.html"):
        text = re.sub(r"\{%.*?%\}", "", path.read_text(encoding="utf-8"))
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)[^>]*>|\son[a-z]+=", text)
        if inline:
            guilty[path.name] = inline
    assert guilty == {}


def test_colours_are_named_by_token() -> None:
    """A colour written into another stylesheet would not follow the dark or the contrast theme."""
    for path in (UI / "static" / "ui").glob("*.css"):
        if path.name in ("tokens.css", "print.css"):
            continue
        colours = set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8"))) - {"#000"}
        assert colours == set(), path.name
