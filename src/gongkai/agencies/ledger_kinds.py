"""What this package writes into the ledger."""

from gongkai.ledger import changes
from gongkai.ledger.kinds import Privacy, register

AGENCY_CREATED = register("agencies.created", "设立机构").name
AGENCY_CHANGED = register("agencies.changed", "修改机构信息", describe=changes.sentence).name
AGENCY_RENAMED = register(
    "agencies.renamed",
    "机构更名",
    describe=lambda data: f"由“{data['before']}”更名为“{data['after']}”，自{data['on']}起",
    public=True,
).name
AGENCY_ENDED = register(
    "agencies.ended",
    "机构撤并",
    describe=lambda data: f"{data['kind_label']}，{data['on']}；职责由{data['successor'] or '（无）'}承继",
    public=True,
    tone="warn",
).name
HOST_CHANGED = register(
    "agencies.host",
    "变更网站域名",
    describe=lambda data: f"{data['host']}（{'主域名' if data['primary'] else '跳转'}）",
).name
CONTACT_CHANGED = register("agencies.contact", "修改公开工作机构联系方式", describe=changes.sentence, public=True).name
DEPARTMENT_CHANGED = register("agencies.department", "调整处室", describe=changes.sentence).name
# Officers act in office: their names and appointments are public duty, not the personal data of citizens.
OFFICER_CREATED = register("agencies.officer", "建立工作人员账号").name
OFFICER_CHANGED = register("agencies.officer_changed", "修改工作人员账号", describe=changes.sentence).name
APPOINTED = register(
    "agencies.appointed",
    "任命岗位",
    describe=lambda data: f"{data['role_label']}（{data['department'] or '全机关'}）",
).name
RELIEVED = register(
    "agencies.relieved",
    "免去岗位",
    describe=lambda data: f"{data['role_label']}（{data['department'] or '全机关'}）",
).name
SIGNED_IN = register("agencies.signed_in", "登录").name
SIGNED_OUT = register("agencies.signed_out", "退出").name
LOCKED_OUT = register("agencies.locked_out", "账号被暂时锁定", privacy=Privacy.NONE, tone="warn").name
TOTP_CHANGED = register("agencies.totp", "变更动态口令").name
PASSWORD_CHANGED = register("agencies.password", "修改密码").name
TOKEN_ISSUED = register(
    "agencies.token_issued",
    "签发接口令牌",
    describe=lambda data: f"{data['acts']}，{data['scope']}，有效期至{data['until']}，承办人{data['officer']}",
).name
TOKEN_CHANGED = register("agencies.token_changed", "修改接口令牌", describe=changes.sentence).name
TOKEN_SHOWN = register("agencies.token_secret", "查看回告签名密钥").name
TOKEN_REVOKED = register("agencies.token_revoked", "作废接口令牌", tone="warn").name
TOKEN_USED = register(
    "agencies.token_used", "接口令牌当日首次使用", describe=lambda data: f"{data['act']}，来自{data['address']}"
).name
CALENDAR_CHANGED = register(
    "agencies.calendar",
    "录入放假安排",
    describe=lambda data: f"{data['what']}（{data['document_number']}）",
).name
