"""A register of cases as one file: stored together it is as stored one by one, and costs few statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.imports.running import run
from portal.models import Serial
from portal.roles import Role
from servicecenter.models import Case, CaseStep
from servicecenter.services.cases_past import record_past
from tests.cases.writing import workbook
from tests.factories import cases, resident

pytestmark = pytest.mark.django_db
GIVEN = "安邦昌达恩方刚海建康乐明宁平庆荣顺泰文雄岩扬勇正"
HOW_MANY = len(GIVEN)


def fields_of(case) -> dict:
    kept = (
        "accepted_on",
        "due_on",
        "decided_on",
        "worked_days",
        "state",
        "number",
        "promised_days",
    )
    return {name: getattr(case, name) for name in (*kept, "kind", "clock_from")}


def past(unit, person, version, number):
    """The days of a case of the past: every fourth is still being handled."""
    day = date(2025, 3, 3)
    done = {} if number % 4 == 0 else {"decided_on": date(2025, 3, 12), "outcome": "granted"}
    return Case(
        unit=unit,
        item=version,
        resident=person,
        occurred_on=day,
        accepted_on=day,
        number=f"春明代办〔2025〕{number}号",
        **done,
    )


def test_a_register_comes_in_together_as_it_does_singly(acting, make_user, community):
    clerk = make_user(Role.COMMUNITY_STAFF, community, "clerk")
    with acting(clerk):
        cases.hall(community, "春明代办")
        version = cases.version(community)
        people = [resident(community, name=f"李{given}") for given in GIVEN]
        for number in (1, 4):
            record_past(past(community, people[number], version, number), by=clerk)
        singly = {case.number: fields_of(case) for case in Case.objects.all()}
        CaseStep.objects.all().delete()
        Case.objects.all().delete()
        rows = [
            {
                "办件编号": f"春明代办〔2025〕{number}号",
                "申请日期": date(2025, 3, 3),
                "事项": version.item.name,
                "姓名": person.name,
                "证件号码": person.id_number,
                "受理日期": date(2025, 3, 3),
                "办结日期": "" if number % 4 == 0 else date(2025, 3, 12),
                "办理结果": "" if number % 4 == 0 else "准予（办成）",
            }
            for number, person in enumerate(people, 1)
        ]
        rows[3]["姓名"], rows[3]["证件号码"] = people[4].name, people[4].id_number
        rows.pop(4)
        content = workbook({"办件": rows})
        with CaptureQueriesContext(connection) as asked:
            report = run(content, ledger=None, unit=community, by=clerk, commit=True)
        assert report.errors == []
        together = {case.number: fields_of(case) for case in Case.objects.all()}
        assert len(together) == HOW_MANY - 1
        assert {number: together[number] for number in singly} == singly
        assert together["春明代办〔2025〕1号"]["worked_days"] == 7
        assert Serial.objects.get(series="case").last == HOW_MANY
        assert len(asked) < 14 * HOW_MANY
