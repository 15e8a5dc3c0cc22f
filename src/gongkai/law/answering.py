"""The numbers of the statutory clock (依申请公开期限), in working days 【核】 unless marked.

What stops, restarts and lengthens them is counted by `gongkai.law.clock`; here stand the numbers alone.
"""

from __future__ import annotations

REPLY_WORKING_DAYS = 20
"""条例第三十三条第二款: from the day of receipt, where no answer can be given on the spot."""

EXTENSION_WORKING_DAYS = 20
"""条例第三十三条第二款: at most so many more, once, with the consent of the head of the disclosure office."""

CLARIFICATION_NOTICE_WORKING_DAYS = 7
"""条例第三十条: within so many days of receipt the applicant is told, once and completely, what to clarify."""

CONSULTATION_WORKING_DAYS = 15
"""条例第三十二条、第三十四条: a third party, or an agency that made the information jointly, answers within so many
days of receiving the letter."""

PAYMENT_WORKING_DAYS = 20
"""《政府信息公开信息处理费管理办法》（国办函〔2020〕109号） 【摘】: paid within so many days, from the day after the
applicant received the notice."""
