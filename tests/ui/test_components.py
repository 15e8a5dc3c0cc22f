"""The components as templates: what they put on the page for what they are given."""

import re
from typing import Any

import pytest
from django import forms
from django.template import engines

pytestmark = pytest.mark.usefixtures("templates")


def render(source: str, **context: Any) -> str:
    """Render component markup the way a page's template is rendered."""
    from django_cotton.compiler_regex import CottonCompiler

    html = engines["django"].from_string(CottonCompiler().process(source)).render(context)
    return re.sub(r"\s+", " ", html)


def test_a_field_ties_its_help_and_its_error_to_its_control() -> None:
    html = render(
        '<c-field name="org" label="名称" help="与执照一致。" error="请填写名称。" value="{{ v }}" />', v='"><script>'
    )
    assert '<label for="org">名称</label>' in html
    assert 'aria-describedby="org-error org-help"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="org-error"' in html
    assert 'id="org-help"' in html
    assert "请填写名称。" in html
    assert "<script>" not in html


def test_a_field_without_help_or_error_describes_nothing() -> None:
    html = render('<c-field name="org" label="名称" optional="1" />')
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html
    assert "选填" in html


def test_values_of_the_page_around_do_not_leak_into_a_component() -> None:
    html = render('<c-field name="org" label="名称" />', help="别处的帮助", error="别处的错误", value="别处的值")
    assert "别处" not in html


def test_a_select_marks_the_chosen_option_whatever_its_type() -> None:
    html = render(
        '<c-select name="n" label="件数" :options="options" :value="chosen" />',
        options=[(1, "一"), (2, "二")],
        chosen=2,
    )
    assert '<option value="2" selected>二</option>' in html
    assert '<option value="1">一</option>' in html


def test_a_button_with_a_key_says_so_to_everybody() -> None:
    html = render('<c-button key="a" kind="go" name="event" value="approve">通过</c-button>')
    assert 'data-key="a"' in html
    assert 'aria-keyshortcuts="a"' in html
    assert '<kbd aria-hidden="true">A</kbd>' in html
    assert 'name="event"' in html
    assert 'value="approve"' in html
    assert "btn--go" in html


def test_a_button_with_an_address_is_a_link() -> None:
    html = render('<c-button href="/desk/">返回</c-button>')
    assert html.startswith('<a class="btn" href="/desk/"')


def test_a_check_that_quotes_can_be_found_in_the_text() -> None:
    html = render('<ul><c-check severity="block" message="手机号码" quote="138" prefix="手机" suffix="）" /></ul>')
    assert 'data-mark="138"' in html
    assert 'aria-label="阻断"' in html
    assert "定位" in html
    assert "定位" not in render('<ul><c-check message="没有引文的提示" /></ul>')


def test_a_header_table_lays_two_facts_to_a_row_and_wide_ones_alone() -> None:
    rows = [
        {"label": "索引号", "value": "A-1"},
        {"label": "体裁", "value": "通知"},
        {"label": "主题词", "value": "供热", "wide": True},
        {"label": "有效期", "value": "长期", "url": "/x"},
    ]
    html = render('<c-facts :rows="rows" />', rows=rows)
    assert [row.count("<th") for row in html.split("<tr")[1:]] == [2, 1, 1]
    assert html.count('colspan="3"') == 2
    assert '<a href="/x">长期</a>' in html


def test_nothing_is_drawn_for_nothing() -> None:
    assert render('<c-crumbs :items="[]" />').strip() == ""
    assert render("<c-pager />").strip() == ""
    assert render('<c-why :reasons="[]" />').strip() == ""
    assert render('<c-urgency text="" />').strip() == ""


def test_a_timeline_names_who_did_what_when() -> None:
    items = [{"who": "韩叙", "what": "通过初审", "when": "11-21 16:42", "note": "已核对"}]
    html = render('<c-timeline :items="items" />', items=items)
    assert html.index("韩叙") < html.index("通过初审") < html.index("已核对") < html.index("11-21 16:42")


def test_steps_tell_the_present_one_and_the_returned_one_without_colour() -> None:
    steps = [
        {"label": "初审", "state": "done"},
        {"label": "复审", "state": "now"},
        {"label": "终审", "state": "returned"},
    ]
    html = render('<c-steps :items="steps" />', steps=steps)
    assert html.count('aria-current="step"') == 1
    assert 'aria-label="已完成"' in html
    assert 'aria-label="退回"' in html


class _Form(forms.Form):
    title = forms.CharField(label="标题", help_text="不加书名号。")
    sure = forms.BooleanField(label="已核对")
    kind = forms.ChoiceField(label="体裁", widget=forms.RadioSelect, choices=[("a", "通知")])
    seal = forms.CharField(label="印", required=False, widget=forms.HiddenInput)


def test_a_form_field_of_django_gets_the_same_layout() -> None:
    form = _Form({})
    html = render('{% for field in form %}<c-bound :field="field" />{% endfor %}', form=form)
    described = re.search(r'<input type="text" name="title"[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    for anchor in described.group(1).split():
        assert f'id="{anchor}"' in html
    assert html.index('id="id_sure"') < html.index(">已核对</label>")
    assert "<legend" in html
    assert "<label" not in html.split('type="hidden"')[1]


def test_the_summary_of_errors_leads_to_each_field() -> None:
    form = _Form({})
    html = render('<c-form-errors :form="form" />', form=form)
    assert "有 3 处需要改正" in html
    assert 'href="#id_title"' in html
    assert render('<c-form-errors :form="form" />', form=_Form({"title": "x", "sure": "on", "kind": "a"})).strip() == ""


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    from pathlib import Path

    ui = Path(__file__).resolve().parents[2] / "src" / "gongkai"
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ui / "ui/static/ui/icons.svg").read_text(encoding="utf-8")))
    named: set[str] = set()
    for template in ui.glob("*/templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'<c-icon name="([\w-]+)"', text))
        named |= set(re.findall(r'<c-(?:button|confirm|empty)\b[^>]*\bicon="([\w-]+)"', text))
    toolbar = (ui / "ui/static/ui/editor-toolbar.js").read_text(encoding="utf-8")
    named |= set(re.findall(r'icon: "([\w-]+)"', toolbar))
    assert len(drawn) >= 30
    assert named - drawn == set()
