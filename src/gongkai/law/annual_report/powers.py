"""Who may make rules 规章 (《中华人民共和国立法法》第九十一条、第九十三条), as far as a name tells.

Ministries and the people's governments of provinces, cities with districts and autonomous prefectures may. Counties,
districts, townships and streets, and whatever belongs to them, may not.
"""

from __future__ import annotations

import re

_BELOW = re.compile(
    r"(?:镇|乡|苏木|街道)(?:人民政府|办事处|党工委)?(?:（[^）]*）)?$"
    r"|(?<!自治)(?<!特别行政)(?<!自贸)区人民政府"
    r"|[一-龥](?:县|自治旗|旗)(?:（?人民政府|[一-龥]{1,14}(?:局|委员会|委|办公室|中心|镇|乡|街道)|$)"
)


def makes_rules(agency: str) -> bool | None:
    """False when its name says that it cannot; None when it does not tell (a city may have districts or not)."""
    return False if _BELOW.search("".join(agency.split())) else None
