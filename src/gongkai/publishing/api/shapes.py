"""What a system sends and what it is told, as the schema tells it."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

from gongkai.catalog.api.shapes import AgencyRef, Keyed
from gongkai.interfaces.values import Code, Day, Text

Title = Annotated[Text, StringConstraints(max_length=300)]
Short = Annotated[Text, StringConstraints(max_length=100)]


class FileIn(Schema):
    """一个文件，内容以 base64 写出"""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[Text, StringConstraints(min_length=1, max_length=200)] = Field(
        description="文件名，带扩展名", examples=["附件1.xlsx"]
    )
    content: str = Field(description="文件内容，base64", json_schema_extra={"contentEncoding": "base64"})


class PushIn(Schema):
    """报送的一份草稿"""

    model_config = ConfigDict(extra="forbid")
    type: Code = Field(description="文件类型，见 /api/v1/types", examples=["notice"])
    title: Title = Field("", description="标题；不写的，取自正文文件")
    disclosure: Literal["proactive", "on_application", "withheld"] = Field(
        description="公开属性，在源头定：proactive 主动公开、on_application 依申请公开、withheld 不予公开"
    )
    ground: Annotated[Text, StringConstraints(max_length=40)] = Field(
        "", description="不是主动公开的，依据的代码，见 /api/v1/token 中的 grounds"
    )
    ground_note: Annotated[Text, StringConstraints(max_length=300)] = Field("", description="对依据的说明")
    department: Annotated[Text, StringConstraints(max_length=60)] = Field(
        "", description="承办处室的名称；草稿出现在这个处室的工作台"
    )
    issuer: Title = Field("", description="发文机关；不写的为本机关")
    document_number: Annotated[Text, StringConstraints(max_length=80)] = Field(
        "", description="发文字号", examples=["澜城管发〔2026〕6号"]
    )
    date_of_issue: Day | None = Field(None, description="成文日期")
    subject: Annotated[Text, StringConstraints(max_length=40)] = Field("", description="主题分类")
    genre: Annotated[Text, StringConstraints(max_length=20)] = Field("", description="体裁")
    effective_on: Day | None = Field(None, description="施行日期")
    expires_on: Day | None = Field(None, description="失效日期")
    keywords: Annotated[list[Annotated[Text, StringConstraints(max_length=30)]], Field(max_length=6)] = Field(
        [], description="主题词"
    )
    summary: Annotated[Text, StringConstraints(max_length=2000)] = Field("", description="内容概述")
    source: Short = Field("", description="来源")
    body: str = Field("", description="正文 HTML；与 body_file 只用一样。其中的图片不取，请用 Word 文件")
    body_file: FileIn | None = Field(None, description="正文文件：.docx、.html、.txt、.md")
    attachments: Annotated[list[FileIn], Field(max_length=30)] = Field([], description="附件")
    source_id: Short = Field("", description="来文系统中的编号，查询时可用")
    dry_run: bool = Field(False, description="只检查，不留下任何东西")


class FindingOut(Schema):
    """一项检查结果"""

    check: str
    severity: Literal["block", "warn", "info"]
    severity_label: str
    message: str
    where: str = Field(description="title 标题、header 公文信息、body 正文、attachment 附件")
    excerpt: str
    suggestion: str
    blocks: bool = Field(description="送审之前是否必须处理")


class ReviewOut(Schema):
    """一个环节的意见"""

    step: Keyed
    verdict: Keyed = Field(description="passed 通过、returned 退回、afterwards 事后补审")
    note: str
    at: datetime


class PushState(Schema):
    """一份报送的办理进展"""

    id: str | None = Field(description="报送编号，查询时使用；试送的为 null")
    source_id: str
    index_number: str = Field(description="索引号")
    code: str = Field(description="文件代码，发布后的地址用它")
    title: str
    department: str
    pushed_at: datetime
    state: Keyed = Field(description="drafting 起草、各审核环节、approved 待发布、released 已发布、filed 不公开存档等")
    waits_for: str = Field(description="现在等谁办理")
    submitted_at: datetime | None
    reviews: list[ReviewOut]
    returned: str | None = Field(description="被退回起草的理由；没有退回的为 null")
    release_at: datetime | None = Field(description="定时发布的时间")
    released_at: datetime | None
    document_state: Keyed
    url: str | None = Field(description="发布后的网页地址；公众不能读的为 null")


class PushOut(PushState):
    """刚送到的一份：进展和检查结果"""

    dry_run: bool
    blocked: bool = Field(description="有没有送审之前必须处理的问题")
    findings: list[FindingOut]


class PushPage(Schema):
    """一页报送，新的在前"""

    items: list[PushState]
    next: str | None


class GroundOut(Keyed):
    """不予公开的依据"""

    article: int = Field(description="条例第几条")


class TokenOut(Schema):
    """这个令牌是谁的，能做什么"""

    name: str
    agency: AgencyRef
    department: str | None = Field(description="限于哪个处室；不限的为 null")
    acts: list[Keyed]
    expires_on: date
    departments: list[str] = Field(description="可以写在 department 的处室")
    grounds: list[GroundOut]
