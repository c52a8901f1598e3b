"""What stands is not moved from the side: frozen quarters, handed-in checks, hidden findings, communities."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.ledgers import ledgers
from portal.models import Attachment
from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.scoring import RunState
from sanitation.figures.findings import FaultCategory
from sanitation.models import (
    Finding,
    InspectedItem,
    Inspection,
    InspectionReply,
    QuarterRun,
)
from sanitation.selectors.inspections import without_photo
from sanitation.selectors.scores import ranking_of
from sanitation.services import findings, inspections, replies, score_objections
from sanitation.services.past import say_of_item
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db
LATER = date(2025, 4, 2)  # in the quarter after make.DAY


@pytest.fixture
def past(street, community, inspector, acting):
    """A past check with a finding and what it says of an item."""
    with acting(street):
        rubric = make.rubric(street)
        row = more.handed_in(street, community, rubric=rubric)
        finding = make.finding(row, rubric.items.get(ordinal=1).faults.first(), 2)
        item = InspectedItem.objects.create(
            unit=street, inspection=row, item=rubric.items.get(ordinal=2), is_na=True
        )
    return row, finding, item


def freeze(street, quarter=1):
    return also.quarter_run(street, year=2025, quarter=quarter, state=RunState.FROZEN, is_open=True)


@pytest.mark.parametrize("slug", ["findings", "inspected-items"])
def test_a_part_goes_and_comes_back_marking_again_until_its_quarter_is_frozen(
    past, street, inspector, acting, slug
):
    ledger, (_, finding, item) = ledgers[slug], past
    model, pk = (Finding, finding.pk) if slug == "findings" else (InspectedItem, item.pk)
    there, gone = (8, 12) if slug == "findings" else (8, 14)  # 12 − 2 × 2, and 6 if applicable
    with acting(inspector):
        part = model.objects.get(pk=pk)
        ledger.recycle(part, version=part.version, by=inspector)
        assert Inspection.objects.get().score == gone
        ledger.restore(model.objects.get(pk=pk), by=inspector)
        assert Inspection.objects.get().score == there
        part = model.objects.get(pk=pk)
        ledger.recycle(part, version=part.version, by=inspector)
    with acting(street):
        freeze(street)
    with acting(inspector):
        with pytest.raises(ValidationError, match="已经冻结"):
            ledger.restore(model.objects.get(pk=pk), by=inspector)
        assert Inspection.objects.get().score == gone


def test_an_inspection_of_a_frozen_quarter_does_not_come_back(past, street, inspector, acting):
    with acting(street):
        row = make.inspection(street)
        ledgers["inspections"].recycle(row, version=row.version, by=inspector)
        freeze(street)
    with acting(inspector), pytest.raises(ValidationError, match="已经冻结"):
        ledgers["inspections"].restore(Inspection.objects.get(pk=row.pk), by=inspector)


def test_a_finding_dated_later_does_not_change_a_frozen_inspection(past, street, inspector, acting):
    row, finding, _ = past
    with acting(street):
        freeze(street)
        finding.occurred_on = LATER
        finding.save()
    with acting(inspector):
        finding.occurrences = 9
        for act in (
            lambda: findings.change(finding, by=inspector, past=True),
            lambda: findings.drop(finding, by=inspector, past=True),
            lambda: findings.add(row, Finding(problem="other", occurrences=1, occurred_on=LATER),
                                 by=inspector, past=True),
        ):  # fmt: skip
            with pytest.raises(ValidationError, match="已经冻结"):
                act()


def test_a_part_stays_with_its_inspection(past, street, community, inspector, acting):
    row, finding, item = past
    with acting(street):
        other = more.handed_in(street, community, rubric=row.rubric)
    with acting(inspector):
        finding.inspection = item.inspection = other
        with pytest.raises(ValidationError, match="另一次检查"):
            findings.change(finding, by=inspector, past=True)
        with pytest.raises(ValidationError, match="另一次检查"):
            say_of_item(item, by=inspector)


def test_a_handed_in_inspection_is_not_deleted(past, street, inspector, acting):
    ledger = ledgers["inspections"]
    with acting(inspector):
        with pytest.raises(Denied, match="已经提交"):
            ledger.check_deletable(past[0])
        ledger.check_deletable(make.inspection(street))


@pytest.mark.parametrize("hidden", [0, 1])
def test_a_hidden_finding_is_the_same_as_none(street, community, inspector, acting, hidden):
    with acting(inspector):
        rows = [make.finding(more.handed_in(street, community)) for _ in range(2)]
        Finding.objects.filter(pk=rows[hidden].pk).update(is_open=False)
        first, second = (Finding.objects.get(pk=row.pk) for row in rows)
        with pytest.raises(ValidationError) as refused:
            findings.same_as(first, second, by=inspector)
        assert "same_as" in refused.value.message_dict


def test_a_repeat_of_a_frozen_quarter_does_not_follow(street, community, inspector, acting):
    with acting(inspector):
        repeat, middle, first = (
            make.finding(more.handed_in(street, community, occurred_on=day, handed_in_on=day))
            for day in (make.DAY, LATER, LATER)
        )
        findings.same_as(repeat, middle, by=inspector)
    with acting(street):
        freeze(street)
    with acting(inspector), pytest.raises(ValidationError, match="已经冻结"):
        findings.same_as(Finding.objects.get(pk=middle.pk), first, by=inspector)


@pytest.mark.parametrize(
    ("kind", "of_another", "field"),
    [(K.QUARTER, True, "kind"), (K.QUARTER, False, "kind"), (K.ROUTINE, True, "community")],
)
def test_a_community_inspects_itself_alone(
    community, other_community, acting, make_user, kind, of_another, field
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    row = Inspection(
        unit=community,
        community=other_community if of_another else community,
        kind=kind,
        occurred_on=make.DAY,
        inspectors="李梅、彭建国",
    )
    with acting(staff), pytest.raises(ValidationError) as refused:
        inspections.begin(row, by=staff)
    assert field in refused.value.message_dict


def test_groups_are_not_added_once_it_is_handed_in_or_frozen(
    street, community, inspector, make_grid, acting
):
    grid = make_grid(community, 1)
    with acting(inspector):
        stale, frozen = make.inspection(street, community), make.inspection(street, community)
        Inspection.objects.filter(pk=stale.pk).update(handed_in_on=make.DAY)
    with acting(street):
        freeze(street)
    with acting(inspector):
        for row, told in ((stale, "已经提交"), (frozen, "已经冻结")):
            for act in (
                lambda row=row: inspections.add_groups(row, [grid], "named", by=inspector),
                lambda row=row: inspections.draw_groups(row, 1, by=inspector),
                lambda row=row: inspections.say_of_items(row, {}, by=inspector),
            ):
                with pytest.raises(ValidationError, match=told):
                    act()


def test_nobody_answers_their_own_objection(street, community, inspector, supervisor, acting):
    with acting(inspector):
        reply = more.reply(more.handed_in(street, community), False, recorded_by=inspector)
        with pytest.raises(ValidationError) as refused:
            replies.answer(reply, upheld=False, answer="不", by=inspector)
        assert "answer" in refused.value.message_dict
        assert InspectionReply.objects.get().upheld is None
    with acting(supervisor):
        run = also.quarter_run(street, state=RunState.PUBLISHED, is_open=True)
        score = also.quarter_score(street, community, run=run)
        objection = also.score_objection(community, score, recorded_by=supervisor)
        with pytest.raises(ValidationError) as refused:
            score_objections.answer(objection, upheld=False, answer="不", by=supervisor)
        assert "answer" in refused.value.message_dict


@pytest.mark.parametrize(("state", "former"), [(RunState.DRAFT, None), (RunState.FINAL, 2)])
def test_former_places_are_told_where_they_are_open(street, community, acting, state, former):
    told = {
        "community": community.pk, "name": community.name, "total": "90", "rank": 2,
        "groups": 1, "withheld": "",
    }  # fmt: skip
    with acting(street):
        before = also.quarter_run(
            street, quarter=2, state=state, is_open=state != RunState.DRAFT, ranking=[told]
        )
        run = QuarterRun(unit=street, year=2025, quarter=3, rule=before.rule, ranking=[told])
        assert [row.former for row in ranking_of(run)] == [former]


def test_faults_of_hidden_findings_are_no_categories(past, street, community, acting):
    with acting(street):
        outside = {"unstated": "评分表以外"}
        assert FaultCategory().labels([community.pk]) == {"成堆垃圾": "成堆垃圾"} | outside
        Finding.objects.update(is_open=False)
        assert FaultCategory().labels([community.pk]) == outside


@pytest.mark.parametrize("media", Attachment.Media.values)
def test_a_scan_is_no_photo(past, street, acting, media):
    _, finding, _ = past
    with acting(street):
        finding.fault.item.needs_photo = True
        Attachment.objects.create(
            unit=street,
            subject=finding._meta.label_lower,
            subject_id=finding.pk,
            media_type=media,
            name="0" * 32,
            sha256="0" * 64,
            size=1,
        )
        assert bool(without_photo([finding])) == (media == Attachment.Media.PDF)


def test_a_place_with_records_stays_with_its_community(
    past, community, other_community, inspector, client_of, acting
):
    row, _, _ = past
    with acting(inspector):
        moved = make.inspection(row.unit, community)
        make.finding(moved)
        url = f"/ledger/inspections/{moved.pk}/edit/"
    page = client_of(inspector).post(
        url,
        {
            "_key": "6b8b4567-327b-43c6-a43c-9869663348aa",
            "version": moved.version,
            "community": other_community.pk,
            "kind": moved.kind,
            "occurred_on": f"{moved.occurred_on}",
            "inspectors": moved.inspectors,
        },
    )
    assert "不能换社区（村）" in page.content.decode()
    with acting(inspector):
        assert Inspection.objects.get(pk=moved.pk).community == community
