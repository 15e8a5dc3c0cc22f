"""Whose name tells that it cannot make rules."""

import pytest

from gongkai.law.annual_report.powers import makes_rules


@pytest.mark.parametrize(
    "agency",
    [
        "尼勒克县某镇",
        "澜川市云溪区青石街道办事处",
        "金湖县（人民政府）",
        "金湖县人民政府",
        "沭阳县发展和改革局",
        "淮安市洪泽区人民政府",
        "洪泽区人民政府",
        "大化瑶族自治县人民政府",
        "某旗人民政府",
    ],
)
def test_counties_districts_and_townships_cannot(agency: str) -> None:
    assert makes_rules(agency) is False


@pytest.mark.parametrize(
    "agency",
    [
        "上海市人民政府办公厅",
        "宿迁市（全市汇总）",
        "广西壮族自治区人民政府",
        "香港特别行政区人民政府",
        "恩施土家族苗族自治州人民政府",
        "北京市重点站区管理委员会",
        "国家发展和改革委员会",
        "县域经济研究院",
        "",
    ],
)
def test_of_others_the_name_does_not_tell(agency: str) -> None:
    assert makes_rules(agency) is None
