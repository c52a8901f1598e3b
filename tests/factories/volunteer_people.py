"""One row in each ledger of volunteers and their organisations; call inside ``acting``."""

from datetime import date

from portal.office.enums import PartnerKind, Rank, RuleKind
from portal.office.models import Partner, Rule
from tests.factories import volunteers as make
from volunteers.enums.help import Satisfaction
from volunteers.enums.organisations import OrgKind
from volunteers.enums.volunteers import AwardKind, EvaluationSource
from volunteers.models import (
    Volunteer,
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerInsurance,
    VolunteerTraining,
)

DAY = date(2025, 3, 8)


def stored(record):
    record.save()
    return record


def of_them(person, on=DAY) -> None:
    """One of each record that is about a volunteer."""
    about = {"unit": person.unit, "volunteer": person}
    stored(
        VolunteerInsurance(
            **about, insurer="人保财险", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
        )
    )
    stored(VolunteerTraining(**about, occurred_on=on, title="应急救护培训", hours=2))
    stored(
        VolunteerAward(
            **about,
            occurred_on=on,
            kind=AwardKind.MODEL,
            name="最美志愿者",
            rank=Rank.DISTRICT,
            grantor="区文明办",
            deeds="三年来每周照看独居老人。",
        )
    )
    stored(
        VolunteerEvaluation(
            **about,
            occurred_on=on,
            source=EvaluationSource.SERVED,
            level=Satisfaction.SATISFIED,
            said="热心细致。",
        )
    )


def one_of_each(resident) -> Volunteer:
    """One row in every ledger of volunteers and their organisations; the volunteer."""
    unit, words = resident.unit, {"evidence": "申请表", "skills": ["law"]}
    person = make.volunteer(unit, resident=resident, **words)
    young = {"born_on": date(2009, 1, 1), "guardian_name": "林建国", "guardian_agreed_on": DAY}
    make.volunteer(unit, joined_on=DAY, guardian_phone="13900139000", **young, **words)
    station = make.org(unit)
    team = make.org(unit, "巡逻队", kind=OrgKind.TEAM, parent=station)
    make.membership(team, person)
    of_them(person)
    tags = {"unit": unit, "domains": ["volunteers"]}
    stored(
        Rule(**tags, title="志愿者管理制度", text="自愿参加。", kind=RuleKind.REGIME, starts_on=DAY)
    )
    stored(Partner(**tags, name="江城大学志愿者协会", kind=PartnerKind.SCHOOL))
    return person
