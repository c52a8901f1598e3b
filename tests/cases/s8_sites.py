"""The demonstration site 龙湾组 of 金岭村: ratings, money, labour, gifts, projects (S8-27 … S8-32)."""

from collections.abc import Iterator
from datetime import date

from tests.cases.invented import SURNAMES, Inventor
from tests.cases.s8_people import GROUPS, HEADS, SITE
from tests.cases.s8_places import of


def _invented(count: int) -> Iterator[str]:
    inventor = Inventor()
    for number in range(count):
        inventor._made = 711 + number * 3
        yield inventor.name(SURNAMES[(number * 11 + 2) % len(SURNAMES)], "男")


NAME = "金岭村龙湾组环境卫生示范点"
ROUNDS = tuple((date(2025, month, 28), f"{month}月家庭卫生评比") for month in (3, 6, 9, 12))
MORE_HEADS = tuple(_invented(24))  # not of the register: the rest of 龙湾组
# 交款人 and 金额: 213600 元 raised by villagers, 20000 元 granted.
RAISED = (
    ("龙湾组村民（32户）", "96000", "村民自筹", date(2025, 3, 15)),
    ("龙湾组在外乡亲", "82600", "村民自筹", date(2025, 4, 6)),
    ("龙湾组村民（第二次）", "35000", "村民自筹", date(2025, 8, 30)),
    ("镇人民政府", "20000", "上级补助", date(2025, 9, 10)),
)
SPENT = (
    ("春和建筑队", "118000", "组道硬化", date(2025, 6, 20)),
    ("青禾园艺有限公司", "46800", "竹园绿化", date(2025, 9, 28)),
    ("和光路灯经营部", "39500", "路灯亮化", date(2025, 11, 20)),
)
# 投工人, 工日, 工作内容: 126 工日.
LABOUR = (
    ("龙湾组村民", "52", "组道路基平整", date(2025, 5, 18)),
    ("龙湾组村民", "38.5", "竹园清杂和栽植", date(2025, 9, 6)),
    ("龙湾组青年", "20", "路灯基坑开挖", date(2025, 10, 25)),
    ("乐和代表", "15.5", "花池砌筑", date(2025, 4, 12)),
)
PLANTS = (
    ("花卉", "杜鹃", 260, "株", "卜正良等12户", "2600", date(2025, 3, 22)),
    ("树木", "桂花", 46, "株", "熊立本等8户", "6900", date(2025, 3, 22)),
    ("灌木、草皮", "红叶石楠", 320, "株", "龙湾组在外乡亲", "3200", date(2025, 4, 6)),
)
PROJECTS = (
    ("龙湾组组道硬化", "村民自筹", "118000", date(2025, 5, 10), date(2025, 6, 18)),
    ("公共竹园绿化", "村民自筹", "46800", date(2025, 8, 20), date(2025, 9, 26)),
    ("组道和竹园路灯亮化", "上级补助", "39500", date(2025, 10, 20), date(2025, 11, 18)),
)


def sheets() -> dict[str, list[dict]]:
    site = {"示范点": NAME} | of(SITE)
    return {
        "示范点": [
            {**site, "网格（小组）": GROUPS[0], "负责人": "卜正良", "设立日期": date(2025, 2, 18)}
            | {"做法": "公共卫生区域分片包干，乐和代表督促各户，按月评比。"}
        ],
        "家庭卫生评比": [
            {"评比日期": day, **site, "评比名称": title, "评比人": "乐和代表6人"}
            for day, title in ROUNDS
        ],
        "户评比结果": list(_ratings()),
        "示范点收支": [
            {"日期": day, **site, "收支": "收入", "资金来源": source, "金额（元）": amount}
            | {"交款人（收款人）": party, "用途": "示范点建设", "公示日期": day}
            for party, amount, source, day in RAISED
        ]
        + [
            {"日期": day, **site, "收支": "支出", "金额（元）": amount}
            | {"交款人（收款人）": party, "用途": purpose, "公示日期": date(2025, 12, 5)}
            for party, amount, purpose, day in SPENT
        ],
        "投工投劳": [
            {"日期": day, **site, "投工人": who, "工日": days, "工作内容": work}
            for who, days, work, day in LABOUR
        ],
        "花木捐赠": [
            {
                "日期": day,
                **site,
                "类别": kind,
                "品种": species,
                "数量": count,
            }
            | {"捐赠人": donor, "折价（元）": value}
            for kind, species, count, measure, donor, value, day in PLANTS
        ],
        "示范点建设项目": [
            {**site, "项目": name, "资金来源": source, "造价（元）": cost, "开工日期": start}
            | {"完工日期": done}
            for name, source, cost, start, done in PROJECTS
        ],
    }


def _ratings() -> Iterator[dict]:
    """32 homes in each round; less and less are 不清洁."""
    for turn, (day, title) in enumerate(ROUNDS):
        for place, head in enumerate((*HEADS[SITE], *MORE_HEADS)):
            step = (place * 7 + turn * 3) % 16
            grade = "最清洁" if step < 4 + turn else "不清洁" if step > 13 + turn else "清洁"
            score = {"最清洁": 96, "清洁": 85, "不清洁": 62}[grade]
            yield {
                "评比日期": day,
                "评比名称": title,
                "示范点": NAME,
                **of(SITE),
                "户主": head,
                "得分": score,
                "等次": grade,
            }
