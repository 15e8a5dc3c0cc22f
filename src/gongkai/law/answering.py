"""How long an agency has to answer an application for information (依申请公开), in working days 【核】.

The clock itself, with what stops and restarts it, is built on these; here stand the numbers of the Regulation.
"""

from __future__ import annotations

REPLY_WORKING_DAYS = 20
"""条例第三十三条第二款: from the day of receipt, where no answer can be given on the spot."""

EXTENSION_WORKING_DAYS = 20
"""条例第三十三条第二款: at most so many more, once, with the consent of the head of the disclosure office."""

CLARIFICATION_NOTICE_WORKING_DAYS = 7
"""条例第三十条: within so many days of receipt the applicant is told, once and completely, what to clarify."""
