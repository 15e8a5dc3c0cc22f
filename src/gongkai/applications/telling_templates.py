"""What people are told of applications, in words. The public reads number, day, where to ask: never who asked what."""

from gongkai.telling.wordings import FOR_THE_PUBLIC, Audience, Template, declare

_STAFF_NAMES = (("number", "登记号"), ("label", "申请"), ("who", "经手人"), ("what", "具体事项"))
_ASK = "请凭查询码到 {{ query_url }} 查看。咨询电话：{{ phone }}。"


def _public(key: str, label: str, title: str, sentence: str, *, asks: bool = True) -> str:
    """A template for the applicant; ``sentence`` goes into mail and short message alike."""
    text = f"您好：\n\n您向{{{{ agency }}}}提出的政府信息公开申请（编号{{{{ number }}}}）{sentence}\n\n{_ASK}"
    sms = f"您的政府信息公开申请{{{{ number }}}}{sentence}{'详情请凭查询码到{{ query_url }}查看。' if asks else ''}"
    names = ("number", "query_url", "agency", "phone", *(("due",) if "{{ due }}" in sentence + title else ()))
    listed = tuple((name, FOR_THE_PUBLIC[name]) for name in names)
    template = Template(f"applications.{key}", label, Audience.PUBLIC, title, text, sms, listed)
    return declare(template).key


def _staff(key: str, label: str, title: str, text: str) -> str:
    """A template for the desk; the short message names no subject."""
    sms = f"【{label}】依申请{{{{ number }}}}，请登录工作台办理。"
    return declare(Template(f"applications.staff_{key}", label, Audience.STAFF, title, text, sms, _STAFF_NAMES)).key


RECEIVED = _public("received", "收到申请", "申请{{ number }}已登记", "已登记。")
CONFIRMED = _public(
    "confirmed",
    "确认收到申请",
    "申请{{ number }}已确认收到",
    "已确认收到，最迟于{{ due }}答复；期限依法变动的另行告知。",
)
CLARIFICATION = _public(
    "clarification", "告知补正", "申请{{ number }}需要补正", "需要补正，请于{{ due }}前补正；逾期视为放弃申请。"
)
SUPPLEMENTED = _public(
    "supplemented",
    "收到补正",
    "申请{{ number }}的补正已收到",
    "的补正材料已收到，答复期限重新计算，最迟于{{ due }}答复。",
)
REASONS = _public("reasons", "要求说明理由", "申请{{ number }}请说明理由", "请于{{ due }}前说明申请理由。")
CONSULTED = _public(
    "consulted", "开始征求意见", "申请{{ number }}正在征求意见", "正在依法征求有关方面的意见，所需时间不计入答复期限。"
)
EXTENDED = _public("extended", "延期答复", "申请{{ number }}延期答复", "依法延期，最迟于{{ due }}答复。")
CHARGED = _public(
    "charged", "收费通知", "申请{{ number }}请缴费", "需要缴纳信息处理费，请于{{ due }}前缴纳；逾期视为放弃申请。"
)
REPLIED = _public("replied", "已答复", "申请{{ number }}已答复", "已作出答复。")
SET_RIGHT = _public(
    "set_right",
    "撤销原答复",
    "申请{{ number }}的答复已撤销，正在重新办理",
    "的答复已由本机关撤销，正在重新办理。",
)
LETTER = _public("letter", "网上送达文书", "申请{{ number }}有新的文书", "有新的文书，打开即为送达。")
DELIVERY = _public(
    "delivery",
    "电子邮件送达文书",
    "政府信息公开文书（编号{{ number }}）",
    "的文书，按您选择的电子邮件方式送达，见附件（PDF），请查收。",
)
WITHDRAWN = _public("withdrawn", "已撤回", "申请{{ number }}已撤回", "已按您的意思撤回，不再办理。")
ABANDONED = _public(
    "abandoned", "视为放弃", "申请{{ number }}不再办理", "因逾期未补正或者未缴费，视为放弃，不再办理。您可以重新申请。"
)
TRANSFERRED = _public("transferred", "移送其他机关", "申请{{ number }}已移送", "已移送负责公开的机关办理。")
MOVED = _public("moved", "答复期限变动", "申请{{ number }}的答复期限有变动", "因放假安排公布，答复期限变为{{ due }}。")
CORRECTED = _public("corrected", "更正申请有了结果", "更正申请已处理", "一案中您提出的更正申请已处理。")
ADVISED = _public("advised", "主动公开建议有了结果", "主动公开建议已审核", "一案中您提出的主动公开建议已审核。")

NEW = _staff("new", "新的申请", "新的申请：{{ number }}", "收到“{{ label }}”（{{ what }}），请审查。")
ASSIGNED = _staff("assigned", "转办处室", "转来：{{ number }}", "{{ who }}转来“{{ label }}”，{{ what }}，请签收。")
ASSIGNMENT_BACK = _staff(
    "assignment_back", "承办处室退回", "处室退回：{{ number }}", "“{{ label }}”被承办处室退回。{{ what }}"
)
ASSIGNMENT_ANSWERED = _staff(
    "assignment_answered", "承办处室反馈", "处室已反馈：{{ number }}", "“{{ label }}”：{{ what }}已反馈意见。"
)
REVIEW = _staff("review", "待审核签发", "待您审核：{{ number }}", "{{ who }}送来“{{ label }}”，请审核。{{ what }}")
RETURNED = _staff("returned", "审核退回", "退回修改：{{ number }}", "{{ who }}退回“{{ label }}”：{{ what }}")
SIGNED = _staff("signed", "已签发", "已签发，请送达：{{ number }}", "{{ who }}签发“{{ label }}”，请送达答复。")
UNSIGNED = _staff(
    "unsigned", "撤回签发", "撤回签发：{{ number }}", "{{ who }}撤回“{{ label }}”的签发，请重新拟定决定：{{ what }}"
)
CAME_IN = _staff(
    "came_in", "收到补正或者说明", "申请人已回复：{{ number }}", "“{{ label }}”的申请人已补正或者说明理由。"
)
AGREED = _staff("agreed", "申请人确认", "申请人已确认：{{ number }}", "“{{ label }}”的申请人已确认提交，请确认收到。")
PROOF = _staff("proof", "收到缴费凭证", "缴费凭证已到：{{ number }}", "“{{ label }}”的缴费凭证已到，请核对后登记。")
CORRECT = _staff(
    "correct",
    "申请更正记录",
    "要求更正记录：{{ number }}",
    "申请人要求更正与自己有关的记录（条例第四十一条），请办理。",
)
PROPOSED = _staff(
    "proposed",
    "建议主动公开",
    "建议主动公开：{{ number }}",
    "申请人建议主动公开“{{ label }}”（条例第四十四条），请审核。",
)
TAKEN_BACK = _staff("taken_back", "申请人撤回", "申请人撤回：{{ number }}", "“{{ label }}”已由申请人撤回。{{ what }}")
OPINION = _staff("opinion", "收到意见", "收到意见：{{ number }}", "“{{ label }}”征求的意见已收到：{{ what }}。")
INVITED = _staff("invited", "提请会商", "请提出意见：{{ number }}", "{{ who }}就“{{ label }}”提请会商，请填写意见。")
EXTENSION = _staff(
    "extension", "待批准延期", "待您批准延期：{{ number }}", "{{ who }}为“{{ label }}”申请延期{{ what }}。"
)
EXTENSION_ANSWERED = _staff(
    "extension_answered", "延期批复", "延期已批复：{{ number }}", "{{ who }}批复“{{ label }}”的延期。{{ what }}"
)
URGED = _staff("urged", "督办", "督办：{{ number }}", "{{ who }}督办“{{ label }}”：{{ what }}")
REMEDY = _staff("remedy", "复议、诉讼", "被申请复议或者被起诉：{{ number }}", "“{{ label }}”：{{ what }}。")
RATED = _staff("rated", "申请人评价", "申请人评价：{{ number }}", "“{{ label }}”的申请人评价：{{ what }}。")
LETTER_BACK = _staff("letter_back", "文书退回", "文书退回：{{ number }}", "“{{ label }}”的文书被退回：{{ what }}。")
DAY_MOVED = _staff(
    "day_moved", "期限变动", "期限变动：{{ number }}", "因放假安排变化，“{{ label }}”的答复期限{{ what }}。"
)
