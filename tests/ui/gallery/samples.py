"""Invented content for the gallery, as plain data in the shapes that docs/mechanisms/interface.md describes."""

import base64
from datetime import date
from typing import Any

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAIAAAAt/+nTAAAAZUlEQVR42mN88e4rw1AGTAxDHIx6YNQDox4Y9cDAAhZcEqa1rni0"
    "nW7eDWcrJ6zFo/LugmCamjmahEY9MOqBUQ+MemDUA6MeGPXAqAdGPTDqAbIB4+i40KgHRj0w6oFRD4xoDwAAh2MR18D1SJUAAAAA"
    "SUVORK5CYII="
)


def png() -> bytes:
    """A small picture of four containers."""
    return base64.b64decode(PNG)


DOCUMENTS = [
    {
        "url": "#1",
        "title": "澜川市城市管理委员会关于印发《居住区生活垃圾分类投放设施设置规范》的通知",
        "date": date(2024, 5, 20),
        "more": [
            {"label": "澜城管发〔2024〕17号"},
            {"label": "一图读懂", "url": "#r1"},
            {"label": "问答", "url": "#r2"},
        ],
    },
    {"url": "#2", "title": "关于《澜川市架空线入地管理办法（草案）》公开征求意见的公告", "date": date(2024, 5, 18)},
    {"url": "#3", "title": "重点站区春运期间交通组织方案", "date": date(2024, 5, 17)},
    {"url": "#4", "title": "2026—2027年采暖季供热服务保障工作情况", "date": date(2024, 5, 11)},
    {"url": "#5", "title": "澜川站北广场改造工程招标结果公示", "date": date(2024, 5, 6)},
]

BODY = """<p>各区城市管理委员会，各有关单位：</p>
<p>为规范居住区生活垃圾分类投放设施的设置，方便居民分类投放，改善居住环境，根据本市生活垃圾管理有关规定，制定本规范，现印发给你们，请结合实际认真执行。</p>
<h2 id="c1">第一章　总则</h2>
<p id="a1"><strong>第一条</strong>　本规范适用于本市行政区域内居住区生活垃圾分类投放设施的规划、设置、使用和维护。</p>
<p id="a2"><strong>第二条</strong>　投放设施的设置应当遵循便利居民、环境友好、安全卫生、因地制宜的原则。</p>
<table><caption>表1　设施配置标准</caption><thead><tr><th scope="col">居住区规模（户）</th>
<th scope="col">投放点（处）</th>
<th scope="col">厨余垃圾容器（个）</th><th scope="col">可回收物容器（个）</th></tr></thead>
<tbody><tr><td>300 以下</td><td>1</td><td>2</td><td>1</td></tr>
<tr><td>300—1000</td><td>3</td><td>6</td><td>3</td></tr></tbody></table>
<figure><img src="/files/picture.png" alt="投放点布置示意图：四个容器沿墙排列，前方留出通道" width="320" height="160">
<figcaption>图1　投放点布置示意图</figcaption></figure>
<p class="align-right">澜川市城市管理委员会</p>
<p class="align-right">2024年5月13日</p>"""

ERROR = {
    "code": "410",
    "title": "这条信息已撤回",
    "text": "该信息因误发已于 2024年6月3日 撤回。需要了解有关内容，可以查看下面的页面，或者拨打 010-00000000。",
    "links": [{"label": "返回首页", "url": "/"}, {"label": "政府信息公开目录", "url": "#"}],
}


def public(current: str = "") -> dict[str, Any]:
    names = ("首页", "要闻动态", "政府信息公开", "政策与解读", "办事服务", "互动交流", "依申请公开")
    links = ("联系我们", "网站地图", "政府信息公开指南", "无障碍说明", "我为网站找错")
    return {
        "site": {
            "name": "城市管理委员会",
            "city_name": "澜川市",
            "domain": "csgw.lanchuan.example",
            "id_code": "0000000000",
            "home_url": "/",
            "nav": [{"label": name, "url": "#", "current": name == current} for name in names],
            "tools": [{"label": "繁體", "url": "#", "lang": "zh-Hant"}, {"label": "关怀版", "url": "#"}],
            "footer": {
                "host": "澜川市城市管理委员会",
                "address": "澜川市北湖区安澜路 12 号",
                "phone": "010-00000000",
                "icp": "澜ICP备00000000号",
                "police": "澜公网安备 00000000000000号",
                "links": [{"label": name, "url": "#"} for name in links],
            },
        },
        "labels": {"ColumnName": "行政规范性文件", "ColumnType": "政策文件"},
        "crumbs": [{"label": "首页", "url": "/"}, {"label": "政府信息公开", "url": "#"}, {"label": "行政规范性文件"}],
        "documents": DOCUMENTS,
        "figures": [
            {"label": "条政府信息", "value": "12,846"},
            {"label": "件依申请公开办结", "value": "318"},
            {"label": "按期答复", "value": "100%"},
            {"label": "项决策征求了公众意见", "value": "46"},
        ],
    }


def document() -> dict[str, Any]:
    return {
        "facts": [
            {"label": "索引号", "value": "A02-2024-000183"},
            {"label": "主题分类", "value": "城乡建设、环境保护 › 城市管理"},
            {"label": "发文机关", "value": "澜川市城市管理委员会"},
            {"label": "体裁", "value": "通知"},
            {"label": "成文日期", "value": "2024年5月13日"},
            {"label": "施行日期", "value": "2024年7月1日"},
            {"label": "有效期", "value": "至2029年6月30日"},
            {"label": "公开属性", "value": "主动公开"},
            {"label": "主题词", "value": "生活垃圾　分类　居住区　设施", "wide": True},
        ],
        "body": BODY,
    }


def desk(current: str) -> dict[str, Any]:
    def item(label: str, count: str | int = "", tone: str = "", key: str = "") -> dict[str, Any]:
        place = "page" if label == current else ""
        return {"label": label, "url": "#", "count": count, "tone": tone, "key": key, "current": place}

    return {
        "desk": {
            "agency_name": "澜川市城市管理委员会",
            "home_url": "/desk/",
            "groups": [
                {
                    "label": "",
                    "items": [item("今天要办", 9, key="t"), item("待我审核", 5, key="s"), item("我起草的", 12)],
                },
                {
                    "label": "公开",
                    "items": [
                        item("文件", "3,041"),
                        item("栏目", 38),
                        item("全清单", 150),
                        item("渠道投递", "2 失败", "soon"),
                    ],
                },
                {"label": "监督", "items": [item("更新时限", "3 超期", "late"), item("年度报告"), item("台账与统计")]},
            ],
            "me": {"name": "林知远", "role": "办公室审核", "url": "#"},
            "sign_out_url": "#",
        }
    }


ICONS = [
    *("search", "menu", "close", "check", "done", "block", "warn", "info", "hint", "document", "documents", "folder"),
    *("attachment", "image", "table", "upload", "download", "print", "link", "external", "edit", "eye", "lock"),
    *("clock", "calendar", "history", "person", "agency", "send", "return", "undo", "flag", "filter", "compare"),
    *("earlier", "later", "plus", "phone", "mail", "seal", "archive", "tray"),
]

ROWS = [
    {
        "title": "关于2026—2027年采暖季供热服务收费有关事项的通知",
        "dept": "供热管理处",
        "due": "今日 17:00 到期",
        "tone": "late",
    },
    {"title": "背街小巷环境整治提升项目进展（10月）", "dept": "环境建设处", "due": "剩 1 个工作日", "tone": "soon"},
    {"title": "建筑垃圾运输企业名录（2026年第四批）", "dept": "固废处", "due": "剩 4 个工作日", "tone": ""},
    {"title": "《架空线入地管理办法（草案）》起草说明", "dept": "市政处", "due": "剩 6 个工作日", "tone": ""},
    {"title": "2026年第三季度行政处罚信息公示", "dept": "执法总队", "due": "剩 12 个工作日", "tone": ""},
]

STEPS = [
    {"label": "撰稿", "who": "周怀南", "when": "11-20 16:20", "state": "done"},
    {"label": "处室初审", "who": "韩叙", "when": "11-21 16:42", "state": "done"},
    {"label": "办公室复审", "who": "林知远", "state": "now"},
    {"label": "保密审查", "state": "next"},
    {"label": "分管领导终审", "state": "next"},
    {"label": "定时发布", "when": "11-23 09:00", "state": "next"},
]

TIMELINE = [
    {"who": "韩叙", "what": "通过初审", "when": "11-21 16:42", "note": "“收费标准已与财务核对”"},
    {"who": "苏未晚", "what": "退回修改", "when": "11-20 17:30", "note": "第三条缺少服务电话", "tone": "late"},
    {"who": "周怀南", "what": "提交", "when": "11-20 16:20"},
]


def review() -> dict[str, Any]:
    return {
        "queue": ROWS,
        "steps": STEPS,
        "timeline": TIMELINE,
        "checks": [
            {
                "severity": "block",
                "message": "出现个人手机号码",
                "place": "第三段。公开前须遮盖或删除。",
                "quote": "13800000000",
                "prefix": "手机",
                "suffix": "）",
            },
            {
                "severity": "warn",
                "message": "“接收社会监督”疑为“接受社会监督”",
                "place": "第五段",
                "quote": "接收",
                "prefix": "服务电话，",
                "suffix": "社会监督",
            },
            {
                "severity": "hint",
                "message": "引用的《困难群众采暖补助办法》已于 2025-12-31 失效",
                "place": "继任文件：澜民发〔2026〕3号",
            },
        ],
        "reasons": [
            {"act": "通过复审", "text": "有 1 项阻断检查未处理"},
            {"act": "通过复审", "text": "政治关、内容关尚未确认"},
        ],
    }


def components() -> dict[str, Any]:
    return {
        "steps": [
            *STEPS[:2],
            {"label": "办公室复审", "who": "林知远", "state": "returned"},
            *STEPS[3:],
        ],
        "timeline": TIMELINE,
        "tabs": [
            {"label": "全部", "url": "#", "current": True, "count": 38},
            {"label": "待发布", "url": "#", "count": 4},
            {"label": "已撤回", "url": "#", "count": 0},
        ],
        "chosen": [{"label": "2024年", "url": "#"}, {"label": "行政规范性文件", "url": "#"}],
        "counts": [
            {"label": "待办", "value": 9, "url": "#"},
            {"label": "超期", "value": 3, "tone": "late"},
            {"label": "本周发布", "value": 27},
        ],
        "kinds": [("notice", "通知"), ("reply", "批复"), ("letter", "函")],
        "reasons": ["须经公开机构负责人同意（尚未申请）", "须在 10月30日 前告知申请人"],
        "icons": ICONS,
    } | document()
