"""What one is asked when the reply goes out: the day, and perhaps the way of its letter, sent in the same step."""

from gongkai.applications import initial
from gongkai.applications.dispatch import Method
from gongkai.procedures.tables import Asked, Attempt


def methods(attempt: Attempt) -> list[tuple[str, str]]:
    """How the letter goes out, or that this is entered with the letter."""
    return [*((one.value, str(one.label)) for one in Method), ("", "暂不登记，以后在“文书”中登记")]


ASKS = (
    Asked("replied_on", "发出答复日期", kind="date", initial=initial.today),
    Asked(
        "method",
        "答复书的送达方式",
        kind="choice",
        choices=methods,
        initial=initial.wanted_way,
        required=False,
        help="选择后同时登记答复书已经发出；网上送达的，申请人打开即为送达。",
    ),
    Asked("tracking", "邮件号", kind="line", required=False, help="邮寄的填写。"),
)
