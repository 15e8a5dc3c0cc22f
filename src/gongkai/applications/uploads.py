"""What applicants may upload, and for what."""

from gongkai.applications.actions.filing import settled
from gongkai.applications.actions.registering import SCAN_PURPOSE
from gongkai.interfaces.uploads.purposes import Purpose, register

_PAPERS = frozenset({"pdf", "jpg", "png", "webp", "docx", "doc", "ofd"})
_MB = 1024 * 1024

IDENTITY = register(Purpose("applications.identity", "身份证明", _PAPERS, 20 * _MB, settled))
AUTHORITY = register(Purpose("applications.authority", "授权委托书", _PAPERS, 20 * _MB, settled))
ATTACHMENT = register(Purpose("applications.attachment", "申请附件", settled=settled))
SUPPLEMENT = register(Purpose("applications.supplement", "补正材料", settled=settled))
SCAN = register(Purpose(SCAN_PURPOSE, "申请书扫描件", _PAPERS, 50 * _MB, settled))
PAYMENT = register(Purpose("applications.payment", "缴费凭证", _PAPERS, 20 * _MB, settled))
