"""S5: a community's half-year of disability work. ``python -m tests.cases.s5`` writes s5.xlsx anew."""

from tests.cases import s5_facts
from tests.cases.s5_people import REGISTER
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s5.xlsx"
README = readme(
    ("S5-1", "时段", "2025年上半年", OURS),
    ("S5-2", "上半年计划任务6项，完成5项；收文2份", "5/6", OURS),
    ("S5-3", "创建先进文化社区，指标3项，达标2项", "2/3", OURS),
    ("S5-4", "博客发文6篇，阅读1132人次", "6篇", OURS),
    ("S5-5", "参加市残联庆“三八”联欢会", "6人", OURS),
    ("S5-6", "参加创业培训", "4人", SOURCE),
    ("S5-7", "招聘信息4条，推送20人次，入职2人", "20人次", OURS),
    ("S5-8", "助残日宣传：横幅2条，资料206份（原文为200余份）", "206份", OURS),
    ("S5-8", "现场咨询74人次，残疾人参加52人次", "74人次", OURS),
    ("S5-9", "赠送图书（原文未写数量）", "12册", OURS),
    ("S5-10", "残疾人证换领申请", "108人", SOURCE),
    ("S5-10", "其中受理104件、审批90件、发放72件", "72件", OURS),
    ("S5-11", "入户走访84人次，电话41人次", "125人次", OURS),
    ("S5-11", "需求调查60人，有需求48人", "48人", OURS),
    ("S5-12", "白内障患者转介", "3人", SOURCE),
    ("S5-13", "下半年计划任务", "4项", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    return {**README, **REGISTER.sheets(), **s5_facts.sheets()}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
