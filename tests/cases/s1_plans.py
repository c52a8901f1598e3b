"""What 幸福社区 had planned for 2025, and what it plans for 2026 (S1-1, S1-11)."""

from datetime import date

from tests.cases.office import plan, plan_sheets

WORKER = "陈彩霞"
TASKS = (
    ("走访在册残疾人", date(2025, 12, 20), date(2025, 12, 18), "按月走访，电话和入户相结合。"),
    ("春节前慰问困难残疾人", date(2025, 1, 20), date(2025, 1, 6), "协助市残联上门慰问。"),
    ("组织残疾人参加创业培训", date(2025, 3, 31), date(2025, 3, 10), "三名残疾人结业。"),
    ("办理困难残疾人医保资助", date(2025, 12, 31), None, ""),
    ("开展助残日宣传", date(2025, 5, 31), date(2025, 5, 15), "与市残联在中街联合宣传。"),
    ("组织残疾儿童家长参加培训", date(2025, 6, 30), date(2025, 5, 11), "一名家长结业。"),
    ("核对残疾人证有效期", date(2025, 9, 30), date(2025, 9, 12), "到期的已逐户提醒。"),
    ("更新残疾人档案", date(2025, 11, 30), date(2025, 11, 21), "新建档案二份，销档一份。"),
)
NEXT = (
    ("办结医保资助申请", date(2026, 3, 31), None, ""),
    ("组织残疾人参加技能培训", date(2026, 6, 30), None, ""),
    ("开展助残日宣传", date(2026, 5, 31), None, ""),
)


def sheets() -> dict[str, list[dict]]:
    return plan_sheets(
        plan("2025年残疾人工作计划", 2025, WORKER, "市残联、街道民政办年度工作安排", TASKS),
        plan("2026年残疾人工作计划", 2026, WORKER, "", NEXT),
    )
