"""S7: a health centre's year of rehabilitation. ``python -m tests.cases.s7`` writes s7.xlsx anew.

The source has no figure at all: every number here is ours.
"""

from tests.cases import s7_conditions, s7_devices, s7_services
from tests.cases.joining import joined
from tests.cases.s7_people import REGISTER
from tests.cases.writing import HERE, OURS, readme, workbook

PATH = HERE / "s7.xlsx"
README = readme(
    ("S7", "时段（原文为“这一段时间”）", "2025年", OURS),
    ("S7-1", "在册残疾人", "92人", OURS),
    ("S7-1", "健康档案", "88人", OURS),
    ("S7-2", "需求调查92人，有需求82人；问题46件，解决39件", "39/46", OURS),
    ("S7-3", "走访110人次，健康咨询64人次", "174人次", OURS),
    ("S7-4", "治疗27人次；方案72份，复评36份", "36/72", OURS),
    ("S7-5", "截瘫：心理疏导18人次、护理指导36人次；照护人9人", "9人", OURS),
    ("S7-6", "并发症：期初9人，新发4例，期末2人", "9→2", OURS),
    ("S7-7", "护理指导18人次，每人5项", "90条", OURS),
    ("S7-8", "视力：训练75人次；盲杖适配13根，指导26人次", "13根", OURS),
    ("S7-9", "肢体：功能训练128人次；治疗预约117人次，到诊111人次", "111/117", OURS),
    ("S7-9", "假肢适配3人，指导6人次", "3人", OURS),
    ("S7-10", "听力言语：训练32人次，助听器10人，手语交流6人", "10人", OURS),
    ("S7-11", "Barthel和自信心评定50人次，改善", "41/50", OURS),
)


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    parts = (s7_services, s7_conditions, s7_devices)
    return {**README, **REGISTER.sheets(), **joined(part.sheets() for part in parts)}


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
