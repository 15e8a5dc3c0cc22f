"""What the checker asks for: a file or pasted text, and what the report itself may not say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.oversight.limits import LARGEST_BYTES, LONGEST_TEXT

ACCEPTED = ".html,.htm,.pdf,.docx,.doc,.xlsx,.json,.xml,.txt"


def _file(label: str, help_text: str) -> forms.FileField:
    widget = forms.ClearableFileInput({"accept": ACCEPTED})
    field = forms.FileField(label=label, required=False, help_text=help_text, widget=widget, allow_empty_file=True)
    field.error_messages["invalid"] = "请重新选择文件。"
    return field


class CheckForm(forms.Form):
    """One of file and text; the rest is optional."""

    file = _file(
        "年度报告", "网页、PDF、Word（.docx、.doc）、Excel（.xlsx）、JSON、XML，不超过 20 MB。扫描件读不出文字。"
    )
    text = forms.CharField(
        label="或者粘贴报告",
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="在报告网页上全选、复制，粘贴到这里，表格一并复制；也可以粘贴网页源代码。",
    )
    before = _file("上一年度的报告", "用来核对结转、现行有效件数和雷同。")
    year = forms.IntegerField(
        label="统计年度",
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric", "size": 6}),
        help_text="报告中没有写明时填写，如 2025。",
    )
    no_power = forms.BooleanField(label="该机关没有规章制定权", required=False, help_text="多数由名称看得出，不用选。")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["text"].error_messages["max_length"] = "粘贴的内容太长，请只粘贴报告正文，或者上传文件。"
        wrong = "请填写四位数的年度，如 2025。"
        self.fields["year"].error_messages |= {"invalid": wrong, "min_value": wrong, "max_value": wrong}

    def clean_file(self) -> UploadedFile | None:
        return self._bounded("file")

    def clean_before(self) -> UploadedFile | None:
        return self._bounded("before")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if not values.get("file") and not values.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", "请选择报告文件，或者把报告粘贴在下面。")
        return values

    def _bounded(self, name: str) -> UploadedFile | None:
        found: UploadedFile | None = self.cleaned_data.get(name)
        if found is not None and (found.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                f"文件超过 {LARGEST_BYTES // 1024 // 1024} MB。请压缩图片，或者改传 Word 文件。"
            )
        return found
