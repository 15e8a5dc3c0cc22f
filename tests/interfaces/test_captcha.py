"""The captcha: solved by work or by an answer, once, within its time, at no more than so many tries."""

import hashlib
from typing import Any

import pytest
from django import forms
from django.test import RequestFactory

from gongkai.interfaces.captcha import challenge as challenges
from gongkai.interfaces.captcha.challenge import Challenge
from gongkai.interfaces.captcha.fields import AlreadyUsed, CaptchaField
from gongkai.ledger import moment

pytestmark = pytest.mark.django_db
_SAID = dict(zip("一二三四五六七八九", range(1, 10), strict=True))


class Asking(forms.Form):
    words = forms.CharField()
    captcha = CaptchaField()


def form_with(challenge: Challenge | None, *, answer: str = "", work: str = "", words: str = "公开申请") -> Asking:
    token = challenge.token if challenge else ""
    form = Asking({"words": words, "captcha": answer, "captcha-token": token, "captcha-work": work})
    form.fields["captcha"].for_request(RequestFactory().post("/"))  # type: ignore[attr-defined]
    return form


def answer_to(words: str) -> str:
    """As a person would."""
    numbers = [_SAID[letter] for letter in words.replace("等于几", "").replace("两倍", "") if letter in _SAID]
    if "两倍" in words:
        return str(2 * numbers[0])
    return str(numbers[0] - numbers[1] if "减" in words else numbers[0] + numbers[1])


def worked(challenge: Challenge) -> str:
    """As a browser would, with another implementation."""
    for counter in range(10**6):
        digest = hashlib.sha256(f"{challenge.nonce}:{counter}".encode()).digest()
        if bin(int.from_bytes(digest, "big"))[2:].zfill(256).startswith("0" * challenge.bits):
            return str(counter)
    raise AssertionError("no proof of work found")


@pytest.mark.parametrize("written", ["{}", " {} ", "{}。"])
def test_a_question_in_words_is_answered(written: str) -> None:
    for _ in range(30):
        challenge = challenges.new(8)
        assert challenge.answered(written.format(answer_to(challenge.words))), challenge.words
        assert not challenge.answered("99")


@pytest.mark.parametrize(
    ("written", "value"),
    [("十二", "12"), ("１２", "12"), ("十", "10"), ("二十", "20"), ("九", "9"), ("零", "0"), ("一二", "12")],
)
def test_numbers_are_understood_however_they_are_written(written: str, value: str) -> None:
    assert challenges.understood(written) == value


@pytest.mark.parametrize("odd", ["", "十二十", "二三十四五", "-1", "१२", "²²²", "x" * 10000])
def test_nothing_that_is_typed_breaks_it(odd: str) -> None:
    challenge = challenges.new(24)  # so much work that nothing typed does it by chance
    assert not challenge.answered(odd)
    assert not challenge.worked(odd)


def test_work_is_enough_and_serves_once() -> None:
    challenge = challenges.new(8)
    form = form_with(challenge, work=worked(challenge))
    assert form.is_valid(), form.errors
    form.cleaned_data["captcha"].spend()
    with pytest.raises(AlreadyUsed):
        form.cleaned_data["captcha"].spend()
    again = form_with(challenge, work=worked(challenge))
    assert not again.is_valid()
    assert "过期" in again.errors["captcha"][0]


def test_too_little_work_is_not_enough() -> None:
    challenge = challenges.new(8)
    wrong = next(str(one) for one in range(1000) if not challenge.worked(str(one)))
    assert "请回答验证问题" in form_with(challenge, work=wrong).errors["captcha"][0]


def test_a_wrong_answer_brings_a_new_question_and_the_old_one_is_over() -> None:
    challenge = challenges.new(8)
    form = form_with(challenge, answer="99")
    assert "回答不对" in form.errors["captcha"][0]
    assert challenge.token not in str(form["captcha"])
    assert "过期" in form_with(challenge, answer=answer_to(challenge.words)).errors["captcha"][0]


def test_who_answered_rightly_is_not_asked_again_because_of_another_field() -> None:
    challenge = challenges.new(8)
    form = form_with(challenge, answer=answer_to(challenge.words), words="")
    assert not form.is_valid()
    assert list(form.errors) == ["words"]
    html = str(form["captcha"])
    assert challenge.token in html
    assert f'value="{answer_to(challenge.words)}"' in html


def test_a_challenge_grows_stale_and_cannot_be_made_up(monkeypatch: pytest.MonkeyPatch, frozen_time: Any) -> None:
    now = frozen_time("2025-03-03 09:00")
    challenge = challenges.new(8)
    assert form_with(challenge, work=worked(challenge)).is_valid()
    now.shift(challenges.VALID_SECONDS + 1)
    assert "过期" in form_with(challenge, work=worked(challenge)).errors["captcha"][0]
    assert "过期" in form_with(None, work="1").errors["captcha"][0]
    assert moment.now() is not None


def test_guessing_is_counted() -> None:
    for _ in range(10):
        form_with(challenges.new(8), answer="99").is_valid()
    challenge = challenges.new(8)
    assert "频繁" in form_with(challenge, answer=answer_to(challenge.words)).errors["captcha"][0]
    assert form_with(challenge, work=worked(challenge)).is_valid()


def test_the_widget_says_what_is_asked_and_belongs_together() -> None:
    html = str(Asking()["captcha"])
    assert 'aria-describedby="id_captcha-question' in html
    assert 'inputmode="numeric"' in html
