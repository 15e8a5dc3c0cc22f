"""What one is asked when the reply goes out: the day, and perhaps the way of its letter, sent in the same step."""

from gongkai.applications import initial, mailing
from gongkai.applications.dispatch import Method
from gongkai.procedures.tables import Asked, Attempt

METHODS = {
    Method.ONLINE: "网上送达（申请人在网站上打开）",
    Method.MAIL: "邮寄（寄出后登记）",
    Method.EMAIL: "电子邮件（由本系统发给申请人，附文书PDF）",
    Method.COUNTER: "当面送达（送达后登记）",
    Method.FAX: "传真（本系统不发传真，发出后登记）",
}
"""What choosing a way does: the system sends by some, of the others it keeps the record."""


def methods(attempt: Attempt) -> list[tuple[str, str]]:
    """How the letter goes out, or that this is entered with the letter."""
    mails = not mailing.obstacles(attempt.subject)
    offered = [(one.value, METHODS[one]) for one in Method if mails or one != Method.EMAIL]
    return [*offered, ("", "暂不登记，以后在“文书”中登记")]


ASKS = (
    Asked("replied_on", "发出答复日期", kind="date", initial=initial.today),
    Asked(
        "method",
        "答复书的送达方式",
        kind="choice",
        choices=methods,
        initial=initial.wanted_way,
        required=False,
        help="选择后同时登记答复书已经发出；网上送达的，申请人打开即为送达。电子邮件只发给选择以电子邮件获取的申请人。",
    ),
    Asked("tracking", "邮件号", kind="line", required=False, help="邮寄的填写。"),
)
