"""Tables of the series, with sums that are right because they are added up here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from gongkai.demo.prose import Names

Table = Callable[[Random, date, Names], str]

#: A party to be shown by surname only.
PERSON = "某某"

DISTRICTS = ("云浦区", "临澜区", "石渡区", "青岑区")


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)])


def summed(head: Sequence[str], rows: Sequence[Sequence[int | str]]) -> str:
    """A table with a last row 合计 that adds up every column of numbers; other columns stay empty there."""
    sums = ["合计"]
    for column in list(zip(*rows, strict=True))[1:]:
        numbers = [cell for cell in column if isinstance(cell, int)]
        sums.append(str(sum(numbers)) if len(numbers) == len(column) else "")
    return markdown(head, [*rows, sums])


def lanes(rng: Random, day: date, names: Names) -> str:
    """Progress of the year's lanes per district: what was done by the end of the month before."""
    month = (day.month - 2) % 12 + 1
    year = day.year if month < 12 else day.year - 1
    rows = []
    for district, planned in zip(DISTRICTS, (42, 34, 26, 18), strict=True):
        pace = Random(f"lanes {year} {district}")
        begun = min(planned, round(planned * min(1.0, month / 12 * pace.uniform(1.15, 1.4))))
        done = min(begun, round(planned * (month / 12) ** pace.uniform(1.5, 2.2)))
        rows.append((district, planned, begun, done, round(done * pace.uniform(0.8, 0.97))))
    return summed(("区", "年度计划（条）", "累计开工", "累计完工", "通过验收"), rows)


def penalties(cases: Sequence[tuple[str, str, str, int, int]]) -> Table:
    """A table of penalties with masked parties; ``cases`` are act, rule, party, least and most fine in yuan."""

    def table(rng: Random, day: date, names: Names) -> str:
        rows: list[tuple[int | str, ...]] = []
        for place in range(1, rng.randint(8, 13)):
            act, rule, party, least, most = rng.choice(cases)
            if party == PERSON:
                party = rng.choice("王李张刘陈杨赵黄周吴徐孙") + "某某"
            rows.append((str(place), names.fill(party), act, rule, rng.randrange(least, most + 1, 50)))
        return summed(("序号", "当事人", "违法事实", "处罚依据", "罚款（元）"), rows)

    return table


def gas_checks(rng: Random, day: date, names: Names) -> str:
    """Households checked, dangers found and removed, per district; removed never exceeds found."""
    rows = []
    for district in DISTRICTS:
        checked = rng.randint(18000, 64000)
        found = round(checked * rng.uniform(0.02, 0.06))
        removed = round(found * rng.uniform(0.9, 0.995))
        rows.append((district, checked, found, removed, found - removed))
    return summed(("区", "入户检查（户）", "发现隐患（处）", "已整改", "整改中"), rows)


def haulers(rng: Random, day: date, names: Names) -> str:
    """Newly licensed hauliers with their vehicles."""
    rows: list[tuple[int | str, ...]] = []
    for place in range(1, rng.randint(6, 9)):
        rows.append(
            (str(place), names.fill("{运输企业}"), rng.choice(DISTRICTS), rng.randint(20, 68), rng.randint(0, 19))
        )
    return summed(("序号", "企业名称", "许可机关所在区", "车辆（台）", "其中新能源（台）"), rows)


def purchase(rng: Random, day: date, names: Names) -> str:
    """Bidders of one purchase, the first being the winner."""
    price = rng.randint(380, 2600) * 100
    rows = []
    for place in range(rng.randint(3, 4)):
        score = round(93.5 - place * rng.uniform(2.2, 4.6), 2)
        bid = round(price * (1 + place * rng.uniform(0.012, 0.05)))
        rows.append(
            (
                place + 1,
                names.fill("{企业1}" if place == 0 else "{企业}"),
                bid,
                score,
                "中标" if place == 0 else "未中标",
            )
        )
    return markdown(("排名", "供应商", "报价（元）", "综合得分", "结果"), rows)


def hires(rng: Random, day: date, names: Names) -> str:
    """Persons to be hired, names masked to the surname, with their scores."""
    rows = []
    posts = rng.sample(
        ("热力工程技术岗", "环境监测岗", "电气自动化岗", "数据分析岗", "财务岗", "站区应急岗", "行政执法员"), 4
    )
    for place, post in enumerate(posts, 1):
        written, spoken = rng.randint(620, 810) / 10, rng.randint(740, 905) / 10
        rows.append(
            (place, rng.choice("赵钱孙李周吴郑冯褚卫") + "*", post, written, spoken, round(written / 2 + spoken / 2, 2))
        )
    return markdown(("序号", "姓名", "岗位", "笔试", "面试", "综合成绩"), rows)


def websites(rng: Random, day: date, names: Names) -> str:
    """What a check of the city's government websites found, per kind of problem."""
    kinds = (
        "栏目超期未更新",
        "附件无法打开",
        "失效文件未标注",
        "联系电话无人接听",
        "错别字",
        "外链失效",
        "留言超期未答复",
    )
    rows = []
    for kind in rng.sample(kinds, 5):
        found = rng.randint(2, 19)
        rows.append((kind, found, rng.randint(0, found)))
    return summed(("问题类型", "发现（处）", "当场整改（处）"), rows)


def livelihood(rng: Random, day: date, names: Names) -> str:
    """Progress of the year's livelihood projects at the end of a quarter, in per cent of the goal."""
    share = {1: 100, 4: 22, 7: 51, 10: 78}[(day.month - 1) // 3 * 3 + 1]
    rows = []
    for project, goal in (
        ("背街小巷环境整治", "120条"),
        ("老旧供热管网改造", "86公里"),
        ("投放点适老化改造", "600处"),
        ("无灯巷道照明补建", "45条"),
        ("站区无障碍提升", "4个站区"),
        ("夜间接驳专线", "3条"),
        ("社区养老助餐点", "90个"),
        ("通学步道", "32所"),
    ):
        done = min(100, share + rng.randint(-9, 12))
        rows.append(
            (project, goal, f"{done}%", "完成" if done == 100 else "正常" if done >= share - 4 else "滞后，已督办")
        )
    return markdown(("项目", "年度目标", "完成比例", "状态"), rows)


APPEARANCE = "《城市市容和环境卫生管理条例》第三十六条"
URBAN_CASES = (
    ("未按规定分类投放生活垃圾", "《固体废物污染环境防治法》第一百一十一条", PERSON, 100, 200),
    ("单位未按规定分类投放生活垃圾", "《固体废物污染环境防治法》第一百一十一条", "{街道}某商户", 50000, 60000),
    ("运输过程中沿途丢弃、遗撒生活垃圾", "《固体废物污染环境防治法》第一百一十一条", "某清运公司", 50000, 80000),
    ("未密闭运输建筑垃圾", "《城市建筑垃圾管理规定》第二十三条", "某运输公司", 5000, 20000),
    ("随意倾倒建筑垃圾", "《城市建筑垃圾管理规定》第二十六条", PERSON, 50, 200),
    ("擅自在道路两侧堆放物料", APPEARANCE, "{街道}某商户", 500, 3000),
    ("未经批准设置大型户外广告", APPEARANCE, "某广告公司", 3000, 9000),
    ("擅自搭建影响市容的设施", APPEARANCE, "某物业公司", 2000, 6000),
    ("燃气用户擅自改装户内燃气设施", "《城镇燃气管理条例》第四十九条", PERSON, 300, 1000),
    ("餐饮场所擅自拆除燃气报警装置", "《城镇燃气管理条例》第四十九条", "{街道}某餐饮店", 3000, 20000),
)
STATION_CASES = (
    ("强行揽客", "本市站区管理规章", PERSON, 100, 500),
    ("占用通道经营", "本市站区管理规章", PERSON, 100, 500),
    ("跨门占道经营", APPEARANCE, "站前某商户", 500, 2000),
    ("乱扔废弃物", "《城市市容和环境卫生管理条例》第三十四条", PERSON, 50, 100),
    ("在建筑物上张贴小广告", "《城市市容和环境卫生管理条例》第三十四条", PERSON, 100, 500),
    ("擅自占用广场搭设展台", APPEARANCE, "某会展公司", 1000, 5000),
)

TABLES: dict[str, Table] = {
    "lanes": lanes,
    "urban_penalties": penalties(URBAN_CASES),
    "station_penalties": penalties(STATION_CASES),
    "gas_checks": gas_checks,
    "haulers": haulers,
    "purchase": purchase,
    "hires": hires,
    "websites": websites,
    "livelihood": livelihood,
}
