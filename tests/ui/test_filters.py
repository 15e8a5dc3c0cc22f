"""The two shapes that templates ask Python for."""

from gongkai.ui.templatetags.ui import anchors, pairs, table_regions


def test_pairs_leave_the_last_odd_fact_alone() -> None:
    facts = [{"label": str(n)} for n in range(3)]
    assert [len(row) for row in pairs(facts)] == [2, 1]


def test_a_wide_fact_closes_the_row_before_it() -> None:
    facts = [{"label": "a"}, {"label": "b", "wide": True}, {"label": "c"}, {"label": "d"}]
    assert [[fact["label"] for fact in row] for row in pairs(facts)] == [["a"], ["b"], ["c", "d"]]


def test_each_outer_table_gets_a_region_and_inner_ones_do_not() -> None:
    html = "<p>a</p><table><tr><td><table></table></td></tr></table><p>b</p><TABLE></TABLE>"
    shown = table_regions(html)
    assert shown.count('role="region"') == 2
    assert shown.count("</div>") == 2
    assert shown.endswith("<TABLE></TABLE></div>")


def test_a_table_that_never_ends_still_closes_its_region() -> None:
    shown = table_regions("<p>a</p><table><tr><td>1")
    assert shown.count("<div") == shown.count("</div>") == 1


def test_text_without_a_table_stays_as_it_is() -> None:
    assert table_regions("<p>表格 &lt;table&gt;</p>") == "<p>表格 &lt;table&gt;</p>"


def test_a_provision_with_an_address_links_to_itself() -> None:
    html = '<p class="indent-none" id="a1">第一条</p><p>无址</p><h2 id="c1">第一章</h2>'
    shown = anchors(html)
    assert shown.count('class="anchor"') == 2
    assert '<p class="indent-none" id="a1"><a class="anchor" href="#a1"' in shown
    assert anchors("<p>无址</p>") == "<p>无址</p>"
