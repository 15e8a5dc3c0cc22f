"""What this package writes into the ledger. No address and no text of a message ever stands in it."""

from gongkai.ledger import changes
from gongkai.ledger.kinds import Privacy, register

ARRANGED = register("telling.arranged", "修改告知设置", describe=changes.sentence).name
WORDED = register("telling.worded", "修改告知模板", describe=lambda data: f"{data['template']}：{data['what']}").name
PREFERRED = register("telling.preferred", "修改本人告知方式", describe=changes.sentence).name
SENT = register(
    "telling.sent",
    "向申请人发出告知",
    privacy=Privacy.BY_REFERENCE,
    describe=lambda data: f"{data['channel']}：{data['what']}",
).name
GIVEN_UP = register(
    "telling.given_up",
    "告知未能发出",
    privacy=Privacy.BY_REFERENCE,
    describe=lambda data: f"{data['channel']}：{data['what']}，{data['reason']}",
    tone="warn",
).name
BOUNCED = register(
    "telling.bounced",
    "告知被退回",
    privacy=Privacy.BY_REFERENCE,
    describe=lambda data: f"{data['channel']}：{data['what']}，{data['reason']}",
    tone="warn",
).name
RETRIED = register(
    "telling.retried",
    "重新发出告知",
    privacy=Privacy.BY_REFERENCE,
    describe=lambda data: f"{data['channel']}：{data['what']}",
).name
