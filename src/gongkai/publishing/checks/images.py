"""Images of the body: a text alternative for everyone who does not see them, and text that is only a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.publishing.checks.structure import Image, structure

# What an editor or a camera writes by itself says nothing about the picture.
_NO_DESCRIPTION = re.compile(
    r"(?:图片|图像|照片|截图|插图|image|img|picture|photo|dsc|图)?[\s\-_0-9（）()]*(?:\.(?:jpe?g|png|gif|bmp|webp))?",
    re.I,
)
_SCAN_NAME = re.compile(r"扫描|scan|正文|页面|第\d+页", re.I)
_SCAN_WIDTH, _SCAN_RATIO = 700, 1.25  # a page of A4 is 1.41 times as high as wide; cut margins leave less
_SHORT_BODY = 80  # characters: less than this beside an image, and the image is the document


def _place(image: Image) -> Place:
    return Place(Where.BODY, field="img", quote=_file_name(image.src), element=f"img:{image.index}")


def _file_name(src: str) -> str:
    return src.rstrip("/").rpartition("/")[2][:80]


@register(
    key="image-alt",
    label="图片替代文字",
    description="每幅图片要有说明内容的替代文字；没有的阻断，只写“图片1”或者文件名的提示。纯装饰的图片说明后可以保留。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《无障碍环境建设法》；GB/T 37668—2019《互联网内容无障碍可访问性技术要求与测试方法》",
)
def image_alt(facts: DraftFacts) -> Iterator[Remark]:
    for image in structure(facts.body_html).images:
        number = image.index + 1
        if not image.alt:
            yield Remark(
                Severity.BLOCK,
                f"正文第{number}幅图片没有替代文字，使用读屏软件的人不知道图上是什么。请写一句话说明图的内容；"
                "纯装饰的图片请删去，或者说明后保留",
                _place(image),
                code="missing",
            )
        elif _NO_DESCRIPTION.fullmatch(image.alt):
            yield Remark(
                Severity.WARN,
                f"正文第{number}幅图片的替代文字“{image.alt[:40]}”没有说明内容，请改为一句话说明图上是什么",
                _place(image),
                code="says-nothing",
            )


@register(
    key="image-of-text",
    label="用图片代替文字",
    description="推测正文中的图片是否为纸质文件的扫描件：竖长的大图，或者文件名像扫描件，或者除图片外几乎没有文字。",
    severities=(Severity.INFO,),
    law_or_source="《政府网站发展指引》（国办发〔2017〕47号）",
)
def image_of_text(facts: DraftFacts) -> Iterator[Remark]:
    short = len("".join(facts.body_text.split())) < _SHORT_BODY
    for image in structure(facts.body_html).images:
        upright = image.width >= _SCAN_WIDTH and image.height >= image.width * _SCAN_RATIO
        if short or upright or _SCAN_NAME.search(_file_name(image.src)):
            yield Remark(
                Severity.INFO,
                f"正文第{image.index + 1}幅图片可能是文件的扫描件：图上的文字搜索不到、复制不了、读屏软件读不出。"
                "请把文字录入正文，图片可以作为附件",
                _place(image),
            )
