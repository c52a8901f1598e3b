"""A whole quarter: nine villages, the twelve items of the rural table, thirty patrol findings each."""

from datetime import date
from decimal import Decimal as D
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.bulk import load
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.enums.scoring import LineKind
from sanitation.models import (
    Finding,
    InspectedItem,
    QuarterRun,
    QuarterScore,
    RubricFault,
    ScoreLine,
)
from sanitation.rubric_templates import RURAL
from sanitation.scoring.rounding import cents
from sanitation.selectors.inspections import lines_of
from sanitation.selectors.scores import mistaken
from sanitation.services import rubrics, scores
from sanitation.services.inspections import mark_again
from tests.factories import sanitation as make
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db


def found(inspection, fault, **fields) -> Finding:
    """Not yet stored."""
    return Finding(
        unit=inspection.unit,
        community=inspection.community,
        inspection=inspection,
        occurred_on=inspection.occurred_on,
        is_open=True,
        fault=fault,
        problem=fault.problem,
        points=fault.points * fields.get("occurrences", 1),
        **{"occurrences": 1} | fields,
    )


@pytest.fixture
def full_quarter(street, villages, supervisor, acting):
    """Each village is a little worse than the one before it."""
    with acting(supervisor):
        rubric = rubrics.from_template(street, RURAL, starts_on=date(2025, 1, 1), by=supervisor)
        faults = list(RubricFault.objects.filter(item__rubric=rubric, ordinal=1))
        by_rate = rubric.items.get(by_rate=True)
    heap = next(fault for fault in faults if fault.problem == ProblemType.HEAP)
    with acting(street):
        also.score_rule(street, patrol_cap=D(20), ceiling=D(120))
        rows, checks = [], []
        for n, village in enumerate(villages):
            check = also.handed_in(street, village, rubric=rubric)
            checks.append(check)
            rows += [found(check, fault) for fault in faults]
            rows += [found(check, heap, place=f"第{each}段") for each in range(n % 5)]
            InspectedItem.objects.create(
                unit=street,
                community=village,
                inspection=check,
                item=by_rate,
                rate=D(90 - n),
                is_open=True,
            )
            patrol = also.handed_in(street, village, 0, 0, InspectionKind.ROUTINE, rubric=rubric)
            rows += [
                found(patrol, heap, place=f"第{each}处", is_serious=each < n) for each in range(30)
            ]
            also.paste_check(street, village, 50, 45 - n)
            also.assessment(street, village, score=D(90 - n))
            also.fee(street, village, paid=85 + n)
        load(Finding, rows)
        for check in checks:
            mark_again(check, lines_of(check))
            check.save()
    return villages


def test_nine_villages_twelve_items_thirty_findings(
    full_quarter, street, inspector, supervisor, client_of, acting
):
    given = {"_key": str(uuid4()), "year": 2025, "quarter": 3, "note": ""}
    with CaptureQueriesContext(connection) as asked:
        answer = client_of(inspector).post("/ledger/quarter-runs/add/", given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert len(asked) <= 150
    with acting(inspector):
        run = QuarterRun.objects.get()
        assert len(RURAL.items) == 12
        patrols = Finding.objects.filter(inspection__kind=InspectionKind.ROUTINE)
        assert patrols.count() == 9 * 30
        assert ScoreLine.objects.filter(kind=LineKind.PATROL).count() == sum(range(9))
        assert sorted(row["rank"] for row in run.ranking) == list(range(1, 10))
        assert mistaken(run) == []
        with CaptureQueriesContext(connection) as asked:
            scores.compute(run, by=inspector)
        assert len(asked) <= 45
        expected = list(QuarterScore.objects.kept().order_by("pk"))
        assert len(expected) == 9
    client = client_of(supervisor)
    for score in expected:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/ledger/quarter-scores/{score.pk}/")
        assert len(asked) <= 100
        groups = page.context["groups"]
        assert sum(group.sum for group in groups) == score.total
        assert sum(line_points(line) for group in groups for line in group.lines) == score.total
        [check] = groups[0].lines
        assert len(check.items) == 12
        marks = [D(item["points"]) for item in check.items]
        assert cents(sum(marks)) == groups[0].sum
        assert page.context["agrees"]
        assert f"为什么是 {page.context['total']} 分" in page.content.decode()


def line_points(line) -> D:
    """As the page shows them."""
    return D(line.points.replace("−", "-"))


def entered(street, village) -> list:
    """All that may be recorded of a village, to be done in any order."""
    made = [
        lambda: also.handed_in(street, village, "86.5", 94),
        lambda: also.handed_in(
            street, village, 90, kind="unannounced", occurred_on=date(2025, 9, 2)
        ),
        lambda: also.paste_check(street, village, 50, 45),
        lambda: also.paste_check(street, village, 50, 40, occurred_on=date(2025, 9, 1)),
        lambda: also.assessment(street, village),
        lambda: also.fee(street, village),
        lambda: also.yellow_card(street, village),
        lambda: also.yellow_card(street, village, occurred_on=date(2025, 7, 9)),
    ]
    made += [lambda n=n: also.patrol(street, village, n, place=f"第{n}处") for n in (1, 2, 3)]
    return made


def test_the_same_records_entered_in_two_orders_give_the_same_lines(
    street, villages, inspector, acting
):
    first, second = villages[:2]
    with acting(street):
        also.score_rule(street, patrol_cap=D(5), ceiling=D(120))
        make.rubric(street)
        for enter in (*entered(street, first), *reversed(entered(street, second))):
            enter()
    with acting(inspector):
        scores.begin(QuarterRun(unit=street, year=2025, quarter=3), by=inspector)
        told = [
            sorted(
                ScoreLine.objects.filter(community=village).values_list(
                    "kind", "label", "points", "rule"
                )
            )
            for village in (first, second)
        ]
        assert len(told[0]) == 12
        assert told[0] == told[1]
        totals = QuarterScore.objects.filter(community__in=(first, second))
        assert len(set(totals.values_list("total", "rank"))) == 1
