"""The columns of a former ledger: what each is called, how it is also called, what belongs into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.catalog.full_list.headings import folded

_SEARCHED_ROWS = 12
_FEWEST_COLUMNS = 4


@dataclass(frozen=True)
class ColumnOf:
    """One column. ``of_item``: it speaks of an item, and stands in every row; the others may stand in the first row of
    a case only. ``needed``: without it nothing can be taken over."""

    key: str
    label: str
    help: str
    sample: str = ""
    also: tuple[str, ...] = ()
    of_item: bool = False
    needed: bool = False


_DAY = "写成2026年3月5日、2026-03-05、2026/3/5、2026.3.5 或者 Excel 日期都可以"

COLUMNS: tuple[ColumnOf, ...] = (
    ColumnOf("number", "登记号", "原台账的编号。同一编号的几行是一件申请的几个事项；迁入后另编登记号，此号作为转来编号保留。", "2026-017", ("原登记号", "编号", "申请编号", "登记编号", "受理编号", "受理号"), needed=True),
    ColumnOf("channel", "渠道", "当面提交、需签收邮寄、平常信函、互联网渠道、传真、机关信箱、热线转交。", "互联网渠道", ("接收渠道", "申请渠道", "申请方式", "收件方式", "来源"), needed=True),
    ColumnOf("arrived", "到达日期", f"申请到达本机关之日。{_DAY}。", "2026-03-05", ("收到日期", "申请日期", "收件日期", "提交日期", "受理日期", "登记日期"), needed=True),
    ColumnOf("signed", "签收日期", "需签收邮寄的填写。", "", ("签收时间", "签收之日")),
    ColumnOf("confirmed", "确认日期", "互联网渠道、传真、平常信函等与申请人确认之日。", "2026-03-06", ("确认时间", "双方确认日期", "确认收到日期")),
    ColumnOf("kind", "申请人类型", "自然人（公民）、商业企业、科研机构、社会公益组织、法律服务机构、其他。空着的：有单位名称字样的按商业企业，其余按自然人。", "自然人", ("申请人类别", "申请人性质", "类别")),
    ColumnOf("name", "姓名或名称", "申请人的姓名，或者单位名称。", "周予安", ("姓名", "名称", "申请人", "申请人姓名", "申请人名称", "姓名名称", "申请人单位", "申请单位"), needed=True),
    ColumnOf("document_kind", "证件类型", "居民身份证、护照、统一社会信用代码等，可以不填。", "居民身份证", ("证件种类", "证件名称")),
    ColumnOf("document_number", "证件号码", "只在系统内加密保存。", "", ("证件号", "身份证号", "身份证号码", "证件", "统一社会信用代码")),
    ColumnOf("phone", "电话", "联系电话。", "13800000000", ("联系电话", "手机", "手机号", "电话号码", "联系方式")),
    ColumnOf("email", "电子邮箱", "可以不填。", "", ("邮箱", "电子邮件", "email")),
    ColumnOf("address", "通信地址", "可以不填。", "", ("地址", "联系地址", "通讯地址", "邮寄地址")),
    ColumnOf("postcode", "邮政编码", "可以不填。", "", ("邮编",)),
    ColumnOf("contact_person", "联系人", "单位申请的填写。", "", ("单位联系人",)),
    ColumnOf("wanted", "申请内容", "所需信息的名称，一行一项。", "2025年度道路清扫保洁中标合同", ("申请公开内容", "申请事项", "信息名称", "所需信息", "申请公开的信息", "内容"), of_item=True, needed=True),
    ColumnOf("wanted_number", "文号", "所需信息的文号，可以不填。", "", ("文件编号", "信息文号"), of_item=True),
    ColumnOf("features", "特征描述", "便于查找的其他描述，可以不填。", "", ("其他特征性描述", "内容描述", "描述"), of_item=True),
    ColumnOf("form", "提供形式", "纸质、电子文档、光盘等介质、查阅、抄录；空着的按电子文档。", "电子文档", ("提供方式", "介质")),
    ColumnOf("way", "获取方式", "网上获取、邮寄、电子邮件、自行领取、传真；空着的按网上获取。", "邮寄", ("获取信息方式", "答复获取方式")),
    ColumnOf("department", "承办处室", "本机关已有的处室名称。", "", ("承办科室", "承办部门", "承办单位", "办理处室", "责任处室")),
    ColumnOf("handler", "经办人", "本机关公开经办人的姓名，可以不填。", "", ("办理人", "经办", "承办人")),
    ColumnOf("clarified", "补正告知日期", "发出补正告知之日。", "", ("补正通知日期", "告知补正日期", "补正告知")),
    ColumnOf("clarify_until", "补正期限", "要求补正的最后一日；有补正告知日期的须填写。", "", ("补正截止日期",)),
    ColumnOf("supplemented", "补正日期", "收到补正之日；没有收到的空着。", "", ("收到补正日期", "补正收到日期", "补正时间")),
    ColumnOf("consulted_kind", "征求意见类型", "第三方、共同制作机关、其他机关；空着的按第三方。", "", ("征求类型",)),
    ColumnOf("consulted", "征求意见对象", "征求了谁的意见。", "", ("征求对象", "第三方", "被征求意见方")),
    ColumnOf("consulted_on", "征求意见发出日期", "发出征求意见书之日，从这一日起停止计算期限。", "", ("征求意见日期", "发出征求意见日期", "征求意见发出")),
    ColumnOf("consulted_received", "征求意见收到日期", "对方收到之日，可以不填。", "", ("对方收到日期",)),
    ColumnOf("consulted_answered", "征求意见回复日期", "收到意见之日；没有回复的空着。", "", ("回复日期", "收到意见日期", "征求意见回复")),
    ColumnOf("consulted_answer", "征求意见结果", "同意公开、同意部分公开、不同意公开；有回复日期的须填写。", "", ("第三方意见", "意见")),
    ColumnOf("extension_approved", "延期批准日期", "公开工作机构负责人同意延期之日。", "", ("批准延期日期", "延期日期", "延期批准")),
    ColumnOf("extension_notified", "延期告知日期", "告知申请人延期之日。", "", ("告知延期日期", "延期告知")),
    ColumnOf("extension_days", "延期天数", "延长的工作日数。", "", ("延长工作日", "延长天数", "延期工作日")),
    ColumnOf("outcome", "处理决定", "已办结的填写，写法见“处理决定的写法”一页；还在办理的空着。", "予以公开", ("答复类型", "答复结果", "处理结果", "办理结果", "答复情况", "决定"), of_item=True),
    ColumnOf("grounds", "理由", "不予公开的须填写法定理由，几项的用顿号分开。", "", ("不予公开理由", "不公开理由", "依据"), of_item=True),
    ColumnOf("reasons", "事实和理由", "说明文字，可以不填。", "", ("说明", "具体理由"), of_item=True),
    ColumnOf("replied", "答复日期", "发出答复之日；撤回的填撤回之日，视为放弃的填办结之日。还在办理的空着。", "2026-03-20", ("办结日期", "答复时间", "办结时间", "答复之日")),
    ColumnOf("delivery", "送达方式", "答复怎样送达，记入备注。", "邮寄", ("送达", "答复方式", "答复送达方式")),
    ColumnOf("reconsidered", "复议日期", "申请行政复议之日。", "", ("行政复议日期", "申请复议日期")),
    ColumnOf("reconsider_body", "复议机关", "有复议日期的须填写。", "", ("行政复议机关",)),
    ColumnOf("reconsider_result", "复议结果", "结果维持、结果纠正、其他结果；尚未审结的空着。", "", ("行政复议结果",)),
    ColumnOf("reconsider_decided", "复议审结日期", "有复议结果的须填写。", "", ("复议决定日期", "行政复议审结日期")),
    ColumnOf("sued", "诉讼日期", "提起行政诉讼之日；有复议日期的，按复议后起诉登记。", "", ("行政诉讼日期", "起诉日期")),
    ColumnOf("sue_body", "受诉法院", "有诉讼日期的须填写。", "", ("法院", "审理法院")),
    ColumnOf("sue_result", "诉讼结果", "结果维持、结果纠正、其他结果；尚未审结的空着。", "", ("行政诉讼结果", "判决结果")),
    ColumnOf("sue_decided", "诉讼审结日期", "有诉讼结果的须填写。", "", ("判决日期", "行政诉讼审结日期")),
    ColumnOf("note", "备注", "作为备注保留。", "", ("说明事项", "其他说明")),
)  # fmt: skip
BY_KEY: Mapping[str, ColumnOf] = {one.key: one for one in COLUMNS}
_KEYS = {folded(name): one.key for one in reversed(COLUMNS) for name in (*one.also, one.label)}


@dataclass(frozen=True)
class Heading:
    """Where the columns stand (by place), headings nobody knows, how many rows from the top the data begins."""

    places: Mapping[int, str]
    unknown: Sequence[str]
    data_from: int

    @property
    def missing(self) -> list[str]:
        """Labels of columns without which nothing can be taken over."""
        there = set(self.places.values())
        return [one.label for one in COLUMNS if one.needed and one.key not in there]


def find(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The row of headings among the first rows: the one with most known names; None when none looks like it."""
    found = [_heading(row, at) for at, row in enumerate(rows[:_SEARCHED_ROWS])]
    best = max(found, key=lambda one: len(one.places), default=None)
    return best if best is not None and len(best.places) >= _FEWEST_COLUMNS else None


def _heading(row: Sequence[str], at: int) -> Heading:
    places: dict[int, str] = {}
    unknown = []
    for place, name in enumerate(row):
        key = _KEYS.get(folded(name)) if name else None
        if key is not None and key not in places.values():
            places[place] = key
        elif name:
            unknown.append(name)
    return Heading(places, unknown, at + 1)
