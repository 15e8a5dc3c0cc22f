"""Letters by e-mail 电子邮件送达: to whom one may go, what is sent, and how it stands. ``actions.mailing`` writes."""

from gongkai.applications import case_files
from gongkai.applications.applications import Application, Way
from gongkai.applications.dispatch import Delivery, Letter, Method
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Addressee
from gongkai.ledger import persons
from gongkai.ledger.persons import Forgotten
from gongkai.telling import status
from gongkai.telling.addresses import Sealed
from gongkai.telling.outlets import mail
from gongkai.telling.outlets.contract import Enclosed, WillNotBeSent
from gongkai.telling.status import Told

SOURCE = "applications.delivery"
"""The source of addresses of deliveries: the applicant's mailbox, as long as the applicant wants answers there."""


def obstacles(application: Application) -> list[str]:
    """Why the system cannot mail letters of this case; nothing when it can."""
    found = [] if mail.connected() else ["本系统没有接通邮件服务器，不能发送电子邮件"]
    if application.way != Way.EMAIL:
        found.append("申请人没有选择以电子邮件获取")
    elif not _has_mailbox(application):
        found.append("没有登记申请人的电子邮箱")
    return found


def obstacles_to(letter: Letter) -> list[str]:
    """Why the system cannot mail this letter; nothing when it can. What is for a third party or another agency goes
    another way."""
    if catalogue.get(letter.key).addressee is not Addressee.APPLICANT or letter.consultation_id is not None:
        return ["只有给申请人的文书由本系统以电子邮件发送"]
    return obstacles(letter.application)


def address_of(delivery_id: str) -> Sealed | None:
    """Where it goes; None once the applicant wants it otherwise or was erased."""
    delivery = _delivery(delivery_id)
    case = delivery.letter.application if delivery is not None else None
    if case is None or case.way != Way.EMAIL or case.applicant.erased_at is not None:
        return None
    return Sealed(case.applicant.person, bytes(case.applicant.sealed), mail="email")


def enclosed(delivery_id: str) -> list[Enclosed]:
    """The frozen sheet, if it is still what was frozen. Raises WillNotBeSent."""
    delivery = _delivery(delivery_id)
    file = delivery.letter.pdf if delivery is not None else None
    if delivery is None or file is None or not file.place:
        raise WillNotBeSent("文书的PDF已经不在。")
    if file.sha256 != delivery.letter.sha256:
        raise WillNotBeSent("文书的PDF与定稿时不一致，不能发送。")
    try:
        content = case_files.content(file)
    except Forgotten:
        raise WillNotBeSent("文书的PDF已按规定清除。") from None
    return [Enclosed(f"{delivery.letter.title}{delivery.letter.number}.pdf", "application/pdf", content)]


def told_of(application: Application, deliveries: list[Delivery]) -> dict[int, Told]:
    """How the mails of these deliveries stand; one query where one of them is a mail, none otherwise."""
    if not any(one.method == Method.EMAIL for one in deliveries):
        return {}
    return {int(key): told for key, told in status.by_source(application.ref(), SOURCE).items()}


def _delivery(delivery_id: str) -> Delivery | None:
    return (
        Delivery.objects.select_related("letter__application__applicant", "letter__pdf").filter(pk=delivery_id).first()
    )


def _has_mailbox(application: Application) -> bool:
    party = application.applicant
    if party.erased_at is not None:
        return False
    try:
        return bool(persons.unseal(party.person, bytes(party.sealed)).get("email"))
    except Forgotten:
        return False
