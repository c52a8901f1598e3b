"""S1: a community's year of disability work. ``python -m tests.cases.s1`` writes s1.xlsx anew."""

from tests.cases import s1_facts as facts
from tests.cases import s1_plans
from tests.cases.s1_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s1.xlsx"


README = readme(
    ("S1", "时段", "2025年", OURS),
    ("S1-1", "2025年计划任务8项，完成7项", "7/8", OURS),
    ("S1-2", "入户走访", "129人次", SOURCE),
    ("S1-2", "在册残疾人60人，走访到56人", "56/60", OURS),
    ("S1-3", "电话询访", "63人次", SOURCE),
    ("S1-3", "走访合计", "192人次", SOURCE),
    ("S1-4", "申请医保资助", "5人", SOURCE),
    ("S1-4", "其中获批4人，在办1人", "4/5", OURS),
    ("S1-5", "春节前上门慰问，1月6日", "1人次", SOURCE),
    ("S1-5", "慰问金（原文未写）", "500元", OURS),
    ("S1-6", "创业培训，3月10日", "3人", SOURCE),
    ("S1-7", "脑瘫儿童家长培训，5月11日", "家属1人", SOURCE),
    ("S1-8", "助残日宣传，5月15日", "1次", SOURCE),
    ("S1-8", "现场咨询（原文未写）", "86人次", OURS),
    ("S1-9", "口号（另拟）", "搭一把手，同走一程", OURS),
    ("S1-10", "宣传资料（原文为200余份）", "200份", OURS),
    ("S1-11", "下一年度计划任务", "3项", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    return {
        **README,
        **REGISTER.sheets(),
        "关爱对象": facts.care_tags(),
        "残疾人走访": facts.visits(),
        "医保资助": facts.insurance(),
        "残疾人慰问": facts.assistance(),
        "助残活动": facts.activities(),
        "残疾人培训": facts.trainings(),
        "宣传品发放": facts.handouts(),
        **s1_plans.sheets(),
    }


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
