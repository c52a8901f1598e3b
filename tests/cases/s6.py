"""S6: four students' summer practice in a community. ``python -m tests.cases.s6`` writes s6.xlsx anew.

The source is a student's own reflection without a date or an hour: all numbers but the four are ours.
"""

from tests.cases import s6_facts
from tests.cases.writing import HERE, OURS, SOURCE, readme, workbook

PATH = HERE / "s6.xlsx"
README = readme(
    ("S6", "时段（原文没有日期）", "2025年7月7日至8月15日", OURS),
    ("S6-1", "大学生参加社会实践", "4人", SOURCE),
    ("S6-1", "实践天数和时长，每人每两天上岗、第三天轮休", "80人天，187.5小时", OURS),
    ("S6-2", "优秀居委会；指导老师赵主任、金主任", "2名", SOURCE),
    ("S6-3", "接电话、归档、搬运、法律宣传，逐日登记；阅览室值守为自定", "5类", OURS),
    ("S6-4", "团结、耐心、微笑服务，写入评语和常用语", "4份鉴定", SOURCE),
    ("S6-5", "阅览室面向中老年人，藏书报刊（年中重新清点）", "1947册", OURS),
    ("S6-5", "阅览室每周二、四开放", "104天", OURS),
    ("S6-6", "法制讲座3场，听众139人次；宣传活动2次，205人次", "139人次", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    return {**README, **s6_facts.sheets()}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
