"""Addresses on a page can be led elsewhere with nothing else touched."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.tags import Reference, css_with_addresses, js_imports, with_addresses

PAGE = """<!doctype html><html><head><link rel="stylesheet" href='/a.css'><script src="/a.js">"<a href='/no'>"</script>
<!-- <a href="/no"> --></head><body><a class="x" href="/b?x=1&amp;y=2#z" title="/no">/no</a>
<img src="/i.png" alt=">" srcset="/i1.png 1x, /i2.png 2x"><form action="/search"></form>
<svg><use href="/icons.svg#x"></use></svg><textarea><a href="/no"></textarea></body></html>"""


def test_every_address_is_asked_about_and_nothing_else() -> None:
    asked: list[Reference] = []

    def lead(reference: Reference) -> str:
        asked.append(reference)
        return f"..{reference.url}"

    page = with_addresses(PAGE, lead)
    expected = ["/a.css", "/a.js", "/b?x=1&y=2#z", "/i.png", "/i1.png", "/i2.png", "/search", "/icons.svg#x"]
    assert [one.url for one in asked] == expected
    assert 'href="../b?x=1&amp;y=2#z" title="/no">/no</a>' in page
    assert 'srcset="../i1.png 1x, ../i2.png 2x"' in page
    assert page.count("/no") == PAGE.count("/no")
    assert page.replace("../", "/").replace('href="/a.css"', "href='/a.css'") == PAGE
    assert next(one for one in asked if one.tag == "link").attributes["rel"] == "stylesheet"


@given(st.text("<>\"'=ab /-! hrefsc", max_size=60))
def test_a_page_led_nowhere_stays_byte_for_byte(page: str) -> None:
    assert with_addresses(page, lambda reference: reference.url) == page


def test_style_sheets_and_scripts_name_files_too() -> None:
    sheet = '@import "b.css"; a { background: url(/x.png) } b { src: url("y.woff2") }'
    led = '@import ">b.css"; a { background: url(>/x.png) } b { src: url(">y.woff2") }'
    assert css_with_addresses(sheet, lambda url: f">{url}") == led
    script = 'import { a } from "./a.js";\nimport "../b.js";\nconst c = await import("/c.js"); import d from "lib";'
    assert js_imports(script) == ["./a.js", "../b.js", "/c.js"]
