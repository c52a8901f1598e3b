"""S2-2, S2-18, S2-30 … S2-33: theme days, what was brought to homes, the bulletin, guests, and how
satisfied people are."""

from datetime import date

from tests.cases.office import OURS

BULLETIN = "江枫康复之窗"
THEMES = (
    ("爱耳日社区义诊", date(2025, 3, 3), "全国爱耳日", 130, 46, 58),
    ("助残日主题宣传", date(2025, 5, 16), "全国助残日", 320, 108, 145),
    ("爱眼日宣传咨询", date(2025, 6, 6), "全国爱眼日", 150, 52, 66),
    ("精神卫生日讲座", date(2025, 10, 10), "世界精神卫生日", 110, 40, 37),
)
GUESTS, GUESTS_DAY = "特奥社区接待联谊", date(2024, 10, 12)
REUNION, REUNION_DAY = "特奥融合运动会", date(2025, 9, 20)


def sheets() -> dict[str, list[dict]]:
    return {
        "助残文体活动": _culture(),
        "助残活动": _theme_days(),
        "助残宣传品": _handouts(),
        "助残宣传渠道": [
            {"名称": BULLETIN, "类型": "简报", "负责人": "龚海燕", "开办日期": date(2025, 1, 10)}
            | OURS
        ],
        "助残简报和文章": _issues(),
        "助残满意度调查": _surveys(),
    }


def _theme_days() -> list[dict]:
    return [
        {
            "日期": day,
            "活动名称": title,
            "类型": "宣传",
            "主题日": theme,
            "地点": "江枫文化广场",
            "主办和协办单位": "社区卫生服务中心",
            "参加人次": people,
            "其中残疾人": disabled,
            "咨询人次": asked,
            "内容": "讲创建示范街道的意义、残疾预防和早期干预知识。",
            "写入总结": "是" if theme == "全国助残日" else "",
            **OURS,
        }
        for title, day, theme, people, disabled, asked in THEMES
    ]


def _culture() -> list[dict]:
    return [
        {
            "日期": GUESTS_DAY,
            "活动名称": GUESTS,
            "类型": "文体联欢",
            "举办方式": "接待来访",
            "来宾": "特奥会代表团",
            "地点": "阳光之家",
            "参加人次": 96,
            "其中残疾人": 60,
            "内容": "同台演出、共同健身。",
            **OURS,
        },
        {
            "日期": REUNION_DAY,
            "活动名称": REUNION,
            "类型": "文体联欢",
            "举办方式": "接待来访",
            "来宾": "区特奥代表队",
            "地点": "江枫体育场",
            "参加人次": 120,
            "其中残疾人": 68,
            "内容": "学员与代表队同台演出，一起做健身操。",
            "写入总结": "是",
            **OURS,
        },
    ]


def _handouts() -> list[dict]:
    homes = (
        (date(2025, 4, 22), "残疾人康复政策汇编", 310, 296),
        (date(2025, 8, 25), "家庭康复知识手册", 310, 301),
    )
    rows = [
        {
            "日期": day,
            "宣传品": material,
            "数量": quantity,
            "计量单位": "份",
            "发放方式": "入户发放",
            "发放户数": households,
            "发放对象": "持证残疾人家庭",
            **OURS,
        }
        for day, material, quantity, households in homes
    ]
    event = {"日期": THEMES[1][1], "宣传品": "残疾预防知识折页", "数量": 260, "计量单位": "份"}
    event |= {"活动名称": THEMES[1][0], "发放方式": "现场发放", "发放对象": "过往居民"}
    return [*rows, event | OURS]


def _issues() -> list[dict]:
    topics = ("政策解读", "康复信息", "经验交流", "问答园地")
    return [
        {
            "发布日期": date(2025, 3 * number + 2, 20),
            "标题": f"{BULLETIN}第{number + 1}期：{topic}",
            "宣传渠道": BULLETIN,
            "期号": f"第{number + 1}期",
            "发布级别": "街道级",
            "印发份数": 500,
        }
        for number, topic in enumerate(topics)
    ]


def _surveys() -> list[dict]:
    title = "社区康复满意度调查"
    answers = (
        ("残疾人", 200, 192, 121, 52, 13, 6),
        ("残疾人家属", 160, 154, 96, 44, 10, 4),
        ("居民", 300, 281, 148, 97, 25, 11),
    )
    return [
        {
            "调查日期": date(2025, 11, 14),
            "调查名称": title,
            "调查对象": group,
            "发出份数": asked,
            "有效份数": valid,
            "非常满意": very,
            "满意": well,
            "基本满意": fairly,
            "不满意": not_,
            **OURS,
        }
        for group, asked, valid, very, well, fairly, not_ in answers
    ]
