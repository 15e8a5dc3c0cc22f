"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.applications import worklist
from gongkai.applications.powers import DEPARTMENT, OFFICE, OFFICER, WHOLE_AGENCY


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    staff = WHOLE_AGENCY | DEPARTMENT
    register(Entry("依申请", "applications:list", roles=staff, count=worklist.waiting_count, key="y"))
    register(Entry("登记申请", "applications:register", roles=OFFICER, key="r"))
    register(Entry("主动公开建议", "applications:proposals", "公开", WHOLE_AGENCY))
    register(Entry("更正申请", "applications:corrections", "公开", WHOLE_AGENCY))
    register(Entry("不予公开评估", "applications:withheld", "公开", WHOLE_AGENCY))
    register(Entry("依申请统计", "applications:figures", "监督", WHOLE_AGENCY))
    register(Entry("迁入台账", "applications:import", "设置", OFFICER))
    register(Entry("个人信息删除", "applications:erasing", "设置", OFFICE))
    register(Entry("各机关申请", "applications:supervised", "监督", OFFICE, supervising=True))
