"""Files in a form: sent in pieces where there is a script, with the form where there is none; kept when the form
returns.

    files = UploadField("applications.identity", label="身份证明")
    form.fields["files"].for_request(request)

Cleans to a list of ``Kept``; ``claiming.claim(kept.token, …)`` makes each the application's own.
"""

from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from gongkai.interfaces.limits import client_address
from gongkai.interfaces.uploads import purposes
from gongkai.interfaces.uploads.checking import check
from gongkai.interfaces.uploads.purposes import Purpose
from gongkai.interfaces.uploads.receiving import take_whole
from gongkai.interfaces.uploads.upload import State, Upload, find

_TOKEN = "-token"  # noqa: S105 - the name of a field
_GONE = "有一个文件已过保存时间，请重新上传。"


@dataclass(frozen=True)
class Kept:
    """A file that arrived, and the token by which it is claimed."""

    token: str
    upload: Upload


@dataclass(frozen=True)
class Sent:
    """What the form carried: tokens of files that arrived before, and whole files."""

    tokens: list[str] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)


class UploadWidget(forms.Widget):
    """A file input, what has arrived already (each may be left out again), and room for progress."""

    template_name = "interfaces/upload.html"
    needs_multipart_form = True

    def __init__(self, purpose: str, *, multiple: bool) -> None:
        super().__init__()
        self.purpose, self.multiple = purpose, multiple
        self.taken: list[Kept] = []  # while this form was cleaned

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(_all_of(data, name + _TOKEN), _all_of(files, name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and name + _TOKEN not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        tokens = value.tokens if isinstance(value, Sent) else []
        kept = [Kept(token, upload) for token in tokens if (upload := _usable(token, self.purpose))]
        known = {one.token for one in kept}
        kept += [one for one in self.taken if one.token not in known]
        purpose = purposes.get(self.purpose)
        more = {"kept": kept, "purpose": purpose, "multiple": self.multiple, "address": reverse("uploads:create")}
        return context | more


class UploadField(forms.Field):
    """``purpose``: one registered in ``purposes``. ``most``: how many files at most."""

    def __init__(self, purpose: str, *, most: int = 1, **options: Any) -> None:
        self.most, self.purpose_name = most, purpose
        self._request: HttpRequest | None = None
        super().__init__(widget=UploadWidget(purpose, multiple=most > 1), **options)

    @property
    def purpose(self) -> Purpose:
        return purposes.get(self.purpose_name) or Purpose(self.purpose_name, self.purpose_name)

    def for_request(self, request: HttpRequest) -> None:
        """Whose files they are; must be called before the form is validated."""
        self._request = request

    def keep(self, data: Any, files: Any, name: str) -> tuple[Sent, list[str]]:
        """Take in what a request brought without judging the form: what the field begins with when that is shown
        again, and what is said of files that were not taken."""
        sent = self._widget.value_from_datadict(data, files, name)
        if not sent.files:
            return Sent(sent.tokens), []
        try:
            return Sent([one.token for one in self.clean(sent)]), []
        except ValidationError as problem:
            return Sent([*sent.tokens, *(one.token for one in self._widget.taken)]), problem.messages

    def clean(self, value: Any) -> list[Kept]:
        sent = value if isinstance(value, Sent) else Sent()
        kept, problems = self._arrived(sent.tokens[: self.most + 1])
        if len(sent.tokens) + len(sent.files) > self.most:
            raise ValidationError(f"最多上传 {self.most} 个文件，请去掉多余的。")
        for file in sent.files:
            try:
                kept.append(self._take(file))
            except ValidationError as problem:
                problems += problem.messages
        if problems:
            raise ValidationError(problems)
        if self.required and not kept:
            raise ValidationError("请上传文件。", code="required")
        return kept

    def _arrived(self, tokens: list[str]) -> tuple[list[Kept], list[str]]:
        kept, problems = [], []
        for token in tokens:
            upload = _usable(token, self.purpose_name)
            if upload is None:
                refused = find(token, self.purpose_name)
                problems.append(refused.problem if refused and refused.problem else _GONE)
            elif not upload.complete:
                problems.append(f"“{upload.name}”还没有传完，请等待上传完成后再提交，或者重新选择这个文件。")
            else:
                kept.append(Kept(token, upload))
        return kept, problems

    def _take(self, file: Any) -> Kept:
        if self._request is None:
            raise AssertionError("call for_request before the form is validated")
        agency = getattr(self._request, "agency", None)
        one = Kept(*take_whole(purpose=self.purpose, file=file, address=client_address(self._request), agency=agency))
        self._widget.taken.append(one)
        return one

    @property
    def _widget(self) -> UploadWidget:
        return cast(UploadWidget, self.widget)

    def __deepcopy__(self, memo: dict[int, Any]) -> "UploadField":
        copied = super().__deepcopy__(memo)
        copied._widget.taken = []
        return copied


def _usable(token: str, purpose: str) -> Upload | None:
    """The upload, judged if its process died before it could be; None when it is gone, refused or another's."""
    upload = find(token, purpose)
    if upload is not None and upload.complete and upload.state == State.RECEIVING:
        try:
            check(upload)
        except (FileNotFoundError, Upload.DoesNotExist):
            return None
    return None if upload is None or upload.state == State.REFUSED else upload


def _all_of(data: Any, name: str) -> list[Any]:
    """All values of a name; plain mappings (tests, programs) have one or a list."""
    if hasattr(data, "getlist"):
        return [one for one in data.getlist(name) if one]
    value = data.get(name) or []
    return list(value) if isinstance(value, list | tuple) else [value]
