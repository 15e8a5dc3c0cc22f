"""Views of the gallery. All names and cases are invented; 澜川市 does not exist."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from tests.ui.gallery import samples

# What the autosave and upload addresses received, newest last; tests read and clear it.
received: list[dict[str, Any]] = []
# Status the save address answers with; a test sets 503 to see what an officer sees then.
answer: dict[str, Any] = {"status": 200}


class NoticeForm(forms.Form):
    """A form with every control that ``c-bound`` lays out."""

    title = forms.CharField(label="标题", help_text="用公文标题，不加书名号。")
    number = forms.CharField(label="发文字号", required=False)
    summary = forms.CharField(label="内容概述", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label="体裁", choices=[("notice", "通知"), ("reply", "批复")])
    attribute = forms.ChoiceField(
        label="公开属性",
        widget=forms.RadioSelect,
        choices=[("proactive", "主动公开"), ("on_application", "依申请公开"), ("withheld", "不予公开")],
    )
    checked = forms.BooleanField(label="已与业务处室核对")
    issued = forms.DateField(label="成文日期", widget=forms.DateInput(attrs={"type": "date"}))


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/home.html", samples.public(current="首页"))


def document(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/document.html", samples.public(current="政府信息公开") | samples.document())


def document_list(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/list.html", samples.public(current="政府信息公开") | {"items": samples.DOCUMENTS})


def error(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/error.html", samples.public() | {"error": samples.ERROR}, status=410)


def components(request: HttpRequest) -> HttpResponse:
    bound = NoticeForm({"title": "", "kind": "notice", "issued": "2024年5月"})
    bound.is_valid()
    return render(request, "gallery/components.html", samples.public() | samples.components() | {"form": bound})


def review(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/review.html", samples.desk(current="待我审核") | samples.review())


def desk_table(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/table.html", samples.desk(current="文件") | {"rows": samples.ROWS})


def form(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/form.html", samples.desk(current="我起草的") | {"form": NoticeForm()})


def editor(request: HttpRequest) -> HttpResponse:
    body = "" if "empty" in request.GET else samples.BODY
    return render(request, "gallery/editor.html", samples.desk(current="我起草的") | {"body": body})


def bare(request: HttpRequest) -> HttpResponse:
    """The public page with nothing filled in: no site, no navigation, no footer facts."""
    return render(request, "gallery/bare.html")


def save(request: HttpRequest) -> HttpResponse:
    received.append(dict(request.POST.items()))
    words = {"saved_at": "09:41"} if answer["status"] == 200 else {"error": "沈若溪 刚刚改过这份文件，请刷新后再改。"}
    return JsonResponse(words, status=answer["status"])


def upload(request: HttpRequest) -> HttpResponse:
    sent = request.FILES["file"]
    received.append({"name": sent.name, "size": sent.size, "alt": request.POST.get("alt", "")})
    if sent.name.endswith(".exe"):
        return JsonResponse({"error": "不能上传程序文件，请转换为 PDF 或 OFD 后再传。"}, status=422)
    return JsonResponse({"url": "/files/picture.png", "name": sent.name})


def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(samples.png(), content_type="image/png")
