"""Every pair of colours that meets on a page can be read: WCAG 2.2, 1.4.3 (text 4.5 : 1) and 1.4.11 (edges 3 : 1)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "src/gongkai/ui/static/ui/tokens.css"

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("ground", "ground-2", "ground-3")],
    *[(ink, ground) for ink in ("blue", "blue-ink") for ground in ("ground", "ground-2", "blue-soft")],
    *[(f"{tone}-ink", f"{tone}-soft") for tone in ("red", "amber", "green")],
    *[(f"{tone}-ink", ground) for tone in ("red", "amber", "green") for ground in ("ground", "ground-2")],
    *[("ink", ground) for ground in ("red-soft", "amber-soft", "green-soft", "blue-soft", "mark", "mark-bad")],
    *[("ink-3", ground) for ground in ("blue-soft", "amber-soft")],
    *[("blue", ground) for ground in ("red-soft", "amber-soft", "green-soft")],
    *[("ink", ground) for ground in ("added", "removed")],
    ("on-blue", "blue"),
    ("on-blue", "blue-ink"),
    ("red", "ground"),
    ("rail-ink", "rail"),
    ("rail-ink", "rail-2"),
    ("rail-label", "rail"),
    ("rail-on", "rail-2"),
    ("rail-late-ink", "rail-late"),
    ("rail-soon-ink", "rail-soon"),
]
EDGE_PAIRS = [
    ("edge", "ground"),
    ("focus", "ground"),
    ("focus", "ground-2"),
    ("rail-focus", "rail"),
    ("blue", "ground"),
]


def _themes() -> dict[str, dict[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    light = _colours(re.search(r"^:root \{(.*?)^\}", text, re.DOTALL | re.MULTILINE))
    dark = light | _colours(_media(text, r"\(prefers-color-scheme: dark\)"))
    more = light | _colours(_media(text, r"\(prefers-contrast: more\)"))
    both = dark | _colours(_media(text, r"\(prefers-contrast: more\)"))
    both |= _colours(_media(text, r"\(prefers-contrast: more\) and \(prefers-color-scheme: dark\)"))
    return {"light": light, "dark": dark, "more contrast": more, "dark, more contrast": both}


def _media(text: str, condition: str) -> re.Match[str] | None:
    return re.search(r"@media " + condition + r" \{\s*:root \{(.*?)\}\s*\}", text, re.DOTALL)


def _colours(block: re.Match[str] | None) -> dict[str, str]:
    assert block is not None
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block.group(1)))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_reader_s_own_choice_of_contrast_is_the_system_s() -> None:
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    chosen = re.search(r"^:root\[data-contrast\] \{(.*?)\}", text, re.DOTALL | re.MULTILINE)
    dark = re.search(r"^  :root\[data-contrast\] \{(.*?)\}", text, re.DOTALL | re.MULTILINE)
    assert _colours(chosen) == _colours(_media(text, r"\(prefers-contrast: more\)"))
    assert _colours(dark) == _colours(_media(text, r"\(prefers-contrast: more\) and \(prefers-color-scheme: dark\)"))


def test_the_ratio_is_the_one_of_the_specification() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", _themes())
def test_text_can_be_read_on_every_ground_it_stands_on(theme: str) -> None:
    colours = _themes()[theme]
    faint = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground in TEXT_PAIRS
        if contrast(colours[ink], colours[ground]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("theme", _themes())
def test_edges_of_controls_and_the_focus_can_be_seen(theme: str) -> None:
    colours = _themes()[theme]
    faint = {
        f"{edge} on {ground}": round(contrast(colours[edge], colours[ground]), 2)
        for edge, ground in EDGE_PAIRS
        if contrast(colours[edge], colours[ground]) < 3
    }
    assert faint == {}
