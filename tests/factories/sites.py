"""A city with everything a public page can show, and many documents at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.kept import kept

from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import SuccessionKind
from gongkai.catalog.actions import columns, content, documents
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.columns import ColumnKind
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.catalog.links import LinkKind
from gongkai.catalog.numbering import take
from gongkai.ledger.refs import SYSTEM
from gongkai.procedures.engine import fire
from gongkai.publishing.procedures import DOCUMENT, EDITION

LAW = (
    "<p>现将本规范印发给你们，请遵照执行。</p><h2>第一章　总则</h2>"
    "<p>第一条　为规范投放设施的设置，制定本规范。</p><p>第二条　投放设施的设置应当便利居民。</p>"
    "<h2>第二章　设置</h2><p>第三条　新建居住区应当同步建设投放设施。</p>"
    '<table><thead><tr><th scope="col">户数</th><th scope="col">数量</th></tr></thead>'
    "<tbody><tr><td>三百户以下</td><td>2</td></tr></tbody></table>"
    "<h2>第三章　附则</h2><p>第四条　本规范自2025年7月1日起施行。</p>"
)
NORMATIVE = {
    "type_key": "normative",
    "title": "关于印发《投放设施设置规范》的通知",
    "document_number": "澜城管发〔2025〕17号",
    "body": LAW,
    "date_of_issue": date(2025, 5, 13),
    "effective_on": date(2025, 7, 1),
    "genre": "通知",
    "keywords": "垃圾分类 投放设施",
    "summary": "规定投放设施的数量和位置。",
}


@dataclass
class City:
    """A city portal, an agency with a document in every state, and a body that was merged into it."""

    portal: Staffed
    at: Staffed
    policy: Document
    withdrawn: Document
    revoked: Document
    offline: Document
    merged: Document
    draft: Edition
    picture: StoredFile
    draft_picture: StoredFile


def picture_bytes(width: int = 60) -> bytes:
    """A small PNG."""
    out = BytesIO()
    Image.new("RGB", (width, 30), (200, 220, 240)).save(out, "PNG")
    return out.getvalue()


def columns_of(at: Staffed, *, city: bool = False) -> None:
    """News, notices and policy documents on the home, and the columns composed from the agency's data."""
    reach = {"reach": "city"} if city else {}
    own = (("news", "要闻动态", "news"), ("notices", "通知公告", "notices"))
    types = {"news": ["news"], "notices": ["notice"]}
    for key, name, duty in own:
        rule = {"types": types[key]} | reach
        columns.create_column(
            at.agency, by=SYSTEM, key=key, name=name, duty=duty, rule=rule, on_home=True, in_nav=True, position=50
        )
    columns.create_column(
        at.agency,
        by=SYSTEM,
        key="policy",
        name="政策文件",
        rule={"types": ["rule", "normative", "other_document"]} | reach,
        on_home=True,
        in_nav=True,
        position=51,
    )
    columns.create_column(at.agency, by=SYSTEM, key="about", name="机构概况", kind=ColumnKind.BODY, position=52)
    columns.create_column(
        at.agency, by=SYSTEM, key="plan", name="工作要点", kind=ColumnKind.PAGE, rule={"types": ["plan"]}, position=53
    )


def linked(at: Staffed, kind: LinkKind, target: Document, **facts: object) -> Edition:
    """A released edition that has this link to the target."""
    draft = editions.draft(at, **facts)  # type: ignore[arg-type]
    content.set_links(draft, [LinkGiven(kind, target)], by=at.drafter)
    draft.refresh_from_db()
    return editions.release_through(at, draft)


def revised(at: Staffed, document: Document, *, note: str, **facts: object) -> Edition:
    """The document's next edition, released."""
    draft = editions.next_edition(at, document, note=note)
    draft = documents.save_draft(draft, by=at.drafter, version=draft.version, facts=facts)
    return editions.release_through(at, draft)


def emergency(at: Staffed, **facts: object) -> Edition:
    """An edition released without review."""
    draft = editions.draft(at, type_key="emergency", genre="提示", **facts)  # type: ignore[arg-type]
    fire(EDITION, draft, "emergency", by=at.disclosure_head, given={"reason": "突降暴雨，须立即疏导"})
    return Edition.objects.select_related("document__agency").get(pk=draft.pk)


def changed(at: Staffed, document: Document, event: str, **given: object) -> Document:
    """The document after this event of its procedure."""
    subject: Document = fire(DOCUMENT, document, event, by=at.disclosure_head, given=given).subject
    return subject


@kept
def full_city() -> City:
    """One of everything."""
    portal = people.staffed("澜川市人民政府", is_city=True, site_code="1100000001")
    at = people.staffed("澜川市城市管理委员会", site_code="1100000002", functions="负责城市管理。")
    former = people.staffed("澜川市市容委员会")
    columns_of(portal, city=True)
    columns_of(at)
    bodies.set_leaders(at.agency, [{"name": "林岸", "title": "主任", "duties": "主持工作"}], by=SYSTEM)
    bodies.change_contact(
        at.agency,
        by=SYSTEM,
        hours="工作日 9:00—17:30",
        fax="0000-5550109",
        email="gongkai@example.cn",
        postcode="000001",
    )
    draft = editions.draft(at, **NORMATIVE)  # type: ignore[arg-type]
    picture = content.add_file(
        draft, name="示意图.png", data=picture_bytes(), role=FileRole.ATTACHMENT, by=at.drafter, alt="示意图"
    )
    content.add_file(
        draft, name="配置 标准.csv", data="户数,数量\n300,2\n".encode(), role=FileRole.ATTACHMENT, by=at.drafter
    )
    draft.refresh_from_db()
    policy = editions.release_through(at, draft).document
    linked(at, LinkKind.INTERPRETS, policy, type_key="interpretation", title="一图读懂投放设施怎么设", genre="图解")
    revised(at, policy, note="第三条增加改造要求", body=LAW.replace("同步建设投放设施", "同步建设、同步使用投放设施"))
    linked(
        at,
        LinkKind.AMENDS,
        policy,
        **(NORMATIVE | {"title": "关于修改投放设施设置规范的决定", "body": "<p>现予修改。</p>"}),
    )
    withdrawn = editions.withdrawn(at, kind="repealed", ground="由新文件规定废止", **NORMATIVE)  # type: ignore[arg-type]
    editions.released(at, type_key="plan", title="二〇二六年工作要点", genre="要点")
    emergency(at, title="关于北广场临时封闭的提示")
    unfinished = editions.draft(at, title="关于尚未公开事项的草稿")
    draft_picture = content.add_file(
        unfinished, name="草稿图.png", data=picture_bytes(61), role=FileRole.ATTACHMENT, by=at.drafter, alt="草稿图"
    )
    merged = editions.released(former, title="关于背街小巷整治的通告").document
    bodies.end_agency(
        former.agency,
        successor=at.agency,
        kind=SuccessionKind.MERGED,
        on=timezone.localdate() - timedelta(days=1),
        by=SYSTEM,
    )
    return City(
        portal=portal,
        at=at,
        policy=Document.objects.get(pk=policy.pk),
        withdrawn=withdrawn,
        revoked=changed(at, editions.released(at, title="误发的秘密标题").document, "revoke", reason="误发"),
        offline=changed(at, editions.released(at, title="下线的公告").document, "take_offline", reason="核对"),
        merged=merged,
        draft=unfinished,
        picture=picture,
        draft_picture=draft_picture,
    )


def many(at: Staffed, count: int, *, type_key: str = "notice") -> None:
    """So many released documents in a few statements, as an import of a former site leaves them."""
    from django.db import transaction

    now = timezone.now()
    with transaction.atomic():
        numbers = take(at.agency, now.year, count)
        rows = Document.objects.bulk_create(
            [
                Document(
                    agency=at.agency,
                    type=type_key,
                    item="20-15",
                    index_number=number,
                    listed_at=now - timedelta(minutes=i),
                )
                for i, number in enumerate(numbers)
            ]
        )
        said = Edition.objects.bulk_create(
            [
                Edition(
                    document=row,
                    number=1,
                    title=f"第{i + 1}号公告",
                    state=EditionState.RELEASED,
                    released_at=row.listed_at,
                )
                for i, row in enumerate(rows)
            ]
        )
        for row, edition in zip(rows, said, strict=True):
            row.live, row.state = edition, DocumentState.LIVE
        Document.objects.bulk_update(rows, ["live", "state"])
