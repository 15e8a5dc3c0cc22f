"""What the interface answers, as its schema tells it."""

from datetime import date, datetime

from ninja import Field, Schema


class Keyed(Schema):
    """一个代码和它的名称"""

    key: str
    label: str


class AgencyRef(Schema):
    """公开机关"""

    code: str = Field(description="机构代码，不随更名改变")
    name: str


class Reference(Schema):
    """另一份文件"""

    code: str | None = Field(description="本平台文件的代码；平台以外的为 null")
    title: str
    url: str = Field(description="网页地址，可能为空")
    document_number: str = ""


class ValidityOut(Schema):
    """有效性：按查询当日计算，不是存下来的"""

    key: str = Field(
        description="pending 尚未施行、valid 现行有效、amended 已修改、expired 失效、repealed 废止；不适用的为空"
    )
    label: str
    as_of: date = Field(description="按哪一天计算")
    changes_on: date | None = Field(description="到哪一天会自行改变；不会的为 null")


class NoticeOut(Schema):
    """失效、废止标注"""

    kind: Keyed
    on: date = Field(description="自哪一日起")
    ground: str
    successor: Reference | None


class DocumentLine(Schema):
    """列表中的一份文件"""

    code: str = Field(description="文件代码，地址中使用", examples=["k7m2p9qxw3"])
    index_number: str = Field(description="索引号")
    agency: AgencyRef
    type: Keyed
    item: Keyed = Field(description="条例第二十条的法定主动公开内容")
    state: Keyed = Field(description="live 已发布；withdrawn 已失效或废止，正文保留")
    title: str
    issuer: str
    document_number: str = Field(description="发文字号")
    date_of_issue: date | None = Field(description="成文日期")
    published_at: datetime = Field(description="发布日期")
    edition: int = Field(description="现行版本是第几版")
    edition_released_at: datetime | None = Field(description="现行版本的发布时间")
    subject: str = Field(description="主题分类")
    genre: str = Field(description="体裁")
    effective_on: date | None
    expires_on: date | None
    keywords: list[str]
    summary: str
    validity: ValidityOut
    topics: list[Keyed]
    url: str = Field(description="网页地址")
    api_url: str = Field(description="这份文件的接口地址")


class DocumentPage(Schema):
    """一页文件，新的在前"""

    items: list[DocumentLine]
    next: str | None = Field(description="下一页的标记，作为 cursor 带回；没有下一页时为 null")


class AttachmentOut(Schema):
    """附件"""

    name: str
    content_type: str
    size: int = Field(description="字节数")
    sha256: str
    url: str = Field(description="下载地址")


class LinkOut(Schema):
    """与另一份文件的关系"""

    relation: Keyed
    document: Reference


class EditionLine(Schema):
    """一个版本"""

    number: int
    change: Keyed = Field(description="first 首次发布、correction 更正、revision 修订")
    note: str = Field(description="修改说明")
    released_at: datetime | None
    live: bool = Field(description="是否现行版本")
    url: str
    api_url: str


class DocumentOut(DocumentLine):
    """一份文件的全部公开内容"""

    source: str
    body: str = Field(description="正文 HTML，图片为完整网址")
    text: str = Field(description="正文纯文本")
    notice: NoticeOut | None
    attachments: list[AttachmentOut]
    links: list[LinkOut] = Field(description="这份文件对其他文件的关系")
    linked_from: list[LinkOut] = Field(description="其他文件对这份文件的关系，如政策解读、被修改")
    editions: list[EditionLine] = Field(description="历次版本，新的在前")


class EditionOut(EditionLine):
    """一个公开过的版本"""

    document: str = Field(description="文件代码")
    title: str
    issuer: str
    document_number: str
    date_of_issue: date | None
    effective_on: date | None
    expires_on: date | None
    body: str
    text: str
    attachments: list[AttachmentOut]


class ColumnOut(Schema):
    """栏目"""

    key: str
    name: str
    parent: str | None = Field(description="上级栏目")
    kind: Keyed
    description: str
    statutory: bool = Field(description="是否法定栏目")
    url: str
    documents_url: str | None = Field(description="栏目中文件的接口地址；不列文件的栏目为 null")


class ContactOut(Schema):
    """公开工作机构（条例第十二条）"""

    office_name: str
    address: str
    postcode: str
    hours: str
    phone: str
    fax: str
    email: str


class AgencyLine(AgencyRef):
    """一个公开机关"""

    slug: str
    short_name: str
    parent: str | None = Field(description="上级机关代码")
    is_city: bool = Field(description="是否本级政府门户")
    established_on: date | None
    abolished_on: date | None = Field(description="撤并日期；撤并前公开的信息仍可查")
    url: str
    api_url: str


class AgencyOut(AgencyLine):
    """一个公开机关的全部公开情况"""

    functions: str
    contact: ContactOut | None
    former_names: list[str]
    successor: AgencyRef | None
    data: dict[str, str] = Field(description="批量数据的下载地址，按格式")


class TypeOut(Keyed):
    """文件类型"""

    item: Keyed
    fields: list[str] = Field(description="这种文件有哪些公文信息")
    required: list[str] = Field(description="送审前必须填写的")


class AgencyList(Schema):
    """全部机关"""

    items: list[AgencyLine]


class ColumnList(Schema):
    """一个机关的全部栏目"""

    items: list[ColumnOut]


class TopicList(Schema):
    """一个机关的全部专题"""

    items: list[Keyed]


class TypeList(Schema):
    """全部文件类型"""

    items: list[TypeOut]
