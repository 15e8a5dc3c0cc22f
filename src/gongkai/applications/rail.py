"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.applications import worklist
from gongkai.applications.powers import DEPARTMENT, OFFICE, OFFICER, WHOLE_AGENCY


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    staff = WHOLE_AGENCY | DEPARTMENT
    register(Entry("依申请", "applications:list", roles=staff, count=worklist.waiting_count, key="y"))
    register(Entry("登记申请", "applications:register", roles=OFFICER, key="r"))
    register(Entry("各机关申请", "applications:supervised", "监督", OFFICE, supervising=True))
