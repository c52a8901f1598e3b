"""S1: a community's year of disability work. ``python -m tests.cases.s1`` writes s1.xlsx anew."""

from tests.cases import s1_facts as facts
from tests.cases import s1_people as people
from tests.cases.writing import HERE, workbook

PATH = HERE / "s1.xlsx"


def sheets() -> dict[str, list[dict]]:
    """Rows by sheet; each sheet is named like the ledger that takes it."""
    return {
        "户": people.households(),
        "居民": people.residents(),
        "在册时段": people.ended_spells(),
        "户成员": people.ended_memberships(),
        "残疾人档案": people.files(),
        "残疾人证": people.certificates(),
        "关爱对象": facts.care_tags(),
        "残疾人走访": facts.visits(),
        "医保资助": facts.insurance(),
        "残疾人慰问": facts.assistance(),
        "助残活动": facts.activities(),
        "残疾人培训": facts.trainings(),
        "宣传品发放": facts.handouts(),
    }


if __name__ == "__main__":
    PATH.write_bytes(workbook(sheets()))
