"""What holds for any text: no crash, offsets that fit, evidence that keeps no number."""

import json
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric
from tests.publishing.checks.drafts import attachment, draft

from gongkai.publishing.checks import DraftFacts, LinkFacts, run_checks
from gongkai.publishing.checks.personal import find_personal, mask_personal

# Pieces that make the checks work, between characters of every kind.
PIECES = st.sampled_from(
    ["<p>", "</p>", "<table><tr><td>", "</td></tr></table>", "<h3>", "<img src='/files/a.png'>", "<![if", "\n",
     "《", "》", "“", "”", "（", "）", "，", ",", "其它", "接收监督", "一、", "二、", "第三条　", "附件2",
     "110101199003077758", "13800138000", "6217001234567890122", "zhangsan@qq.com", "护照E12345678", "现住", "1号",
     "壹万元", "１２", "2024年2月30日"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join)


@settings(max_examples=60)
@given(title=TEXTS, body=TEXTS, number=TEXTS, attached=TEXTS)
def test_any_text_is_checked_without_a_crash_and_places_fit(title: str, body: str, number: str, attached: str) -> None:
    facts = draft(
        title=title,
        body=body,
        header={"document_number": number, "summary": attached, "keywords": title},
        attachments=(attachment(title, text=attached),),
        links=(LinkFacts(body, title, "broken"),),
    )
    values = {(passage.where, passage.field, passage.attachment_id): passage for passage in facts.passages}
    for finding in run_checks(facts).findings:
        place = finding.place
        passage = values.get((place.where, place.field, place.attachment_id))
        if place.start is None or passage is None:
            continue
        original = passage.value[place.start : place.end]
        assert len(original) == len(place.quote)
        assert all(shown in (letter, "*") for letter, shown in zip(original, place.quote, strict=True))
        assert place.masked or original == place.quote


IDENTITIES = st.builds(
    lambda day, order: (body := f"110101{day:%Y%m%d}{order:03d}") + ric.calc_check_digit(body + "0"),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    st.integers(min_value=1, max_value=999),
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
AROUND = st.text(alphabet="甲乙，。其它：、 接收监督 电话身份证\n", max_size=12)


@settings(max_examples=80)
@given(number=st.one_of(IDENTITIES, MOBILES), before=AROUND, after=AROUND, gaps=st.booleans())
def test_the_evidence_never_keeps_a_number(number: str, before: str, after: str, gaps: bool) -> None:
    written = f"{number[:3]} {number[3:7]} {number[7:]}" if gaps and len(number) == 11 else number
    text = f"{before}{written}{after}"
    facts: DraftFacts = draft(title=text, body=f"<p>{text}</p>", attachments=(attachment(f"{text}.docx", text=text),))
    evidence = json.dumps(run_checks(facts).as_dict(), ensure_ascii=False)
    assert written not in evidence
    assert number not in evidence


@given(TEXTS)
def test_masking_keeps_the_length_and_leaves_nothing_to_find(text: str) -> None:
    masked = mask_personal(text)
    assert len(masked) == len(text)
    found = find_personal(text)
    assert all(datum.start < datum.end for datum in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
