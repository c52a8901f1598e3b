"""The way of an inspection: its sample, handing in, publishing, the reply and the answer."""

from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError

from portal.errors import StaleRecord
from portal.models import Attachment
from portal.roles import Role
from sanitation.drawing import draw
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.inspections import InspectionState as S
from sanitation.enums.inspections import SampleMethod
from sanitation.models import Finding, GroupDraw, Inspection, InspectionReply, RubricFault
from sanitation.selectors.inspections import IN_STATE, lines_of, reply_of, state_of
from sanitation.services import inspections, replies
from sanitation.services.inspections import begin, hand_in, publish, say_of_items, take_back
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community)


@pytest.fixture
def grids(community, make_grid):
    return [make_grid(community, number) for number in range(1, 7)]


def new(street, community, kind=K.QUARTER, **fields):
    return Inspection(
        unit=street,
        community=community,
        kind=kind,
        **{
            "occurred_on": make.DAY,
            "inspectors": "吴永刚、刘芳",
            "notified": kind != K.UNANNOUNCED,
        }
        | fields,
    )


def photographed(finding):
    Attachment.objects.create(
        unit=finding.unit,
        subject=finding._meta.label_lower,
        subject_id=finding.pk,
        media_type=Attachment.Media.JPEG,
        name=f"{finding.pk:032}",
        sha256=f"{finding.pk:064}",
        size=1,
    )


def faults_of(rubric) -> dict[str, RubricFault]:
    return {fault.title: fault for fault in RubricFault.objects.filter(item__rubric=rubric)}


def test_the_sample_is_recommended_and_drawn_and_can_be_drawn_again(
    inspector, street, community, grids, acting
):
    with acting(inspector):
        row = begin(new(street, community), groups=grids[:2], wanted=2, by=inspector)
        drawn = GroupDraw.objects.get()
        assert drawn.frame == [grid.code for grid in grids[2:]]
        assert drawn.result == draw(drawn.frame, drawn.seed, 2)
        by_method = {
            method: {sample.grid.code for sample in row.samples.filter(method=method)}
            for method in SampleMethod
        }
        assert by_method[SampleMethod.RECOMMENDED] == {grid.code for grid in grids[:2]}
        assert by_method[SampleMethod.RANDOM] == set(drawn.result)
        with pytest.raises(ValidationError, match="1 到 2"):
            inspections.draw_groups(row, 3, by=inspector)


def test_groups_of_another_community_and_twice_the_same_are_refused(
    inspector, street, community, other_community, grids, make_grid, acting
):
    foreign = make_grid(other_community, 1)
    with acting(inspector):
        with pytest.raises(ValidationError, match="不是明珠社区"):
            begin(new(street, community), groups=[foreign], by=inspector)
        with pytest.raises(ValidationError, match="已在抽查名单"):
            begin(new(street, community), groups=grids[:1] * 2, by=inspector)
        row = begin(new(street, community, K.UNANNOUNCED), groups=grids[:1], by=inspector)
        assert row.samples.get().method == SampleMethod.NAMED


@pytest.mark.parametrize(
    ("kind", "by_itself"), [(kind, kind in {K.ROUTINE, K.SPECIAL}) for kind in K]
)
def test_a_community_inspects_itself_only_by_patrols_and_special_checks(
    make_user, community, acting, kind, by_itself
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    rank = {"rank": "city"} if kind == K.SUPERIOR else {}
    with acting(staff):
        if by_itself:
            assert begin(new(community, community, kind, **rank), by=staff).pk
            return
        with pytest.raises(ValidationError, match="由街道"):
            begin(new(community, community, kind, **rank), by=staff)


def test_handing_in_marks_opens_and_counts_what_does_not_apply_for_nobody(
    inspector, street, community, acting
):
    with acting(inspector):
        rubric = make.rubric(street)
        row = begin(new(street, community, rubric=rubric), by=inspector)
        make.finding(row, faults_of(rubric)["散落垃圾"], 3)
        toilet = rubric.items.get(ordinal=2)
        say_of_items(row, {toilet: (True, None, "没有公厕")}, by=inspector)
        row = hand_in(row, by=inspector)
        assert (row.score, row.full, row.is_open) == (D("10.5"), D(12), True)
        assert Finding.objects.get().is_open
        assert row.items.get().is_open
    with acting(community):
        assert [str(line.line.points) for line in lines_of(Inspection.objects.get())] == [
            "10.5",
            "None",
        ]


def test_what_is_missing_is_told_all_at_once(inspector, street, community, acting):
    with acting(inspector):
        rubric = make.rubric(street)
        rubric.items.filter(ordinal=1).update(needs_photo=True)
        make.item(rubric, 3, "画报粘贴", by_rate=True)
        row = begin(
            new(street, community, rubric=rubric, inspectors="吴永刚、吴永刚"), by=inspector
        )
        found = make.finding(row, faults_of(rubric)["成堆垃圾"])
        with pytest.raises(ValidationError) as refused:
            hand_in(row, by=inspector)
        told = " ".join(refused.value.messages)
        assert "两人以上" in told
        assert "还没有照片" in told
        assert "请填比率" in told
        photographed(found)
        say_of_items(row, {rubric.items.get(ordinal=3): (False, D(80), "")}, by=inspector)
        row.inspectors = "吴永刚 刘芳"
        row.save()
        assert hand_in(row, by=inspector).score == D("24")  # 12 − 2, 6, and 80 % of 10


def test_an_item_is_na_or_rated_only_where_the_rubric_says_so(inspector, street, community, acting):
    with acting(inspector):
        rubric = make.rubric(street)
        row = begin(new(street, community, rubric=rubric), by=inspector)
        road = rubric.items.get(ordinal=1)
        with pytest.raises(ValidationError, match="不能填不适用"):
            say_of_items(row, {road: (True, None, "")}, by=inspector)
        with pytest.raises(ValidationError, match="不按比率"):
            say_of_items(row, {road: (False, D(5), "")}, by=inspector)


def test_a_patrol_has_no_score_and_a_superior_may_bring_its_own(
    inspector, street, community, acting
):
    with acting(inspector):
        rubric = make.rubric(street)
        patrol = begin(new(street, community, K.ROUTINE, rubric=rubric), by=inspector)
        make.finding(patrol, faults_of(rubric)["散落垃圾"])
        assert hand_in(patrol, by=inspector).score is None
        city = new(street, community, K.SUPERIOR, rank="city", score=D("79.5"), full=D(100))
        assert hand_in(begin(city, by=inspector), by=inspector).score == D("79.5")


def test_an_unannounced_one_is_hidden_until_the_supervisor_publishes_it(
    inspector, supervisor, street, community, grids, acting
):
    with acting(inspector):
        rubric = make.rubric(street)
        row = begin(new(street, community, K.UNANNOUNCED, rubric=rubric), wanted=1, by=inspector)
        found = make.finding(row, faults_of(rubric)["散落垃圾"])
        photographed(found)
        row = hand_in(row, by=inspector)
        assert not row.is_open
        assert state_of(row) == S.HELD
    with acting(community):
        assert not Inspection.objects.exists()
        assert not GroupDraw.objects.exists()
        assert not Attachment.objects.exists()
    with acting(supervisor):
        row = publish(row, by=supervisor)
        assert row.published_by == supervisor
        with pytest.raises(ValidationError, match="已经公开"):
            publish(row, by=supervisor)
    with acting(community):
        assert Inspection.objects.get().published_at
        assert GroupDraw.objects.exists()
        assert Finding.objects.get() == found
        assert Attachment.objects.get().subject_id == found.pk


def test_it_goes_back_to_the_inspectors_only_unpublished(inspector, street, community, acting):
    with acting(inspector):
        rubric = make.rubric(street)
        hidden = begin(new(street, community, K.UNANNOUNCED, rubric=rubric), by=inspector)
        hidden = take_back(hand_in(hidden, by=inspector), by=inspector)
        assert (hidden.handed_in_on, hidden.score) == (None, None)
        shown = hand_in(begin(new(street, community, rubric=rubric), by=inspector), by=inspector)
        with pytest.raises(ValidationError, match="尚未公布"):
            take_back(shown, by=inspector)
        with pytest.raises(ValidationError, match="已经提交"):
            hand_in(shown, by=inspector)


def test_a_second_inspector_who_loaded_it_earlier_is_told(inspector, street, community, acting):
    with acting(inspector):
        row = begin(new(street, community, rubric=make.rubric(street)), by=inspector)
        other = Inspection.objects.get(pk=row.pk)
        row.note = "改过"
        row.save()
        with pytest.raises(StaleRecord):
            hand_in(other, by=inspector)


def objected(inspector, head, street, community, acting):
    with acting(inspector):
        rubric = make.rubric(street)
        row = begin(new(street, community, rubric=rubric), by=inspector)
        make.finding(row, faults_of(rubric)["散落垃圾"], 4)
        row = hand_in(row, by=inspector)
    with acting(head):
        return replies.reply(
            Inspection.objects.get(), agrees=False, signer="彭支书", objection="不是我村的", by=head
        )


def test_an_objection_that_is_upheld_corrects_and_marks_again(
    inspector, head, street, community, acting
):
    reply = objected(inspector, head, street, community, acting)
    with acting(inspector):
        reply = InspectionReply.objects.get(pk=reply.pk)
        finding = Finding.objects.get()
        with pytest.raises(ValidationError, match="更正"):
            replies.answer(reply, upheld=True, answer="属实", by=inspector)
    with acting(inspector):
        reply = InspectionReply.objects.get(pk=reply.pk)
        replies.answer(reply, upheld=True, answer="属实", occurrences={finding.pk: 1}, by=inspector)
        row = Inspection.objects.get()
        assert (row.score, state_of(row, reply_of(row))) == (D("17.5"), S.UPHELD)
        assert Finding.objects.get().points == D("0.5")
        with pytest.raises(ValidationError, match="没有待答复"):
            replies.answer(reply_of(row), upheld=False, answer="不", by=inspector)


def test_an_objection_that_is_not_upheld_changes_nothing(
    inspector, head, street, community, acting
):
    reply = objected(inspector, head, street, community, acting)
    with acting(inspector):
        reply = InspectionReply.objects.get(pk=reply.pk)
        finding = Finding.objects.get()
        replies.answer(
            reply, upheld=False, answer="照片清楚", occurrences={finding.pk: 1}, by=inspector
        )
        assert Inspection.objects.get().score == D("16")
        assert Finding.objects.get().occurrences == 4


def test_states_are_told_alike_by_row_and_by_list(street, community, acting):
    with acting(street):
        for agrees, upheld in ((None, None), (True, None), (False, None), (False, True)):
            row = more.handed_in(street, community)
            if agrees is not None:
                more.reply(row, agrees, upheld=upheld)
        more.reply(more.handed_in(street, community), False, upheld=False)
        more.handed_in(street, community, K.UNANNOUNCED)
        more.handed_in(street, community, K.ROUTINE)
        more.handed_in(community, community, K.SPECIAL)
        make.inspection(street, community)
        seen = set()
        for row in Inspection.objects.select_related("reply"):
            state = state_of(row, reply_of(row))
            there = [name for name in S if Inspection.objects.filter(IN_STATE[name], pk=row.pk)]
            assert there == [state]
            seen.add(state)
        assert seen == set(S)
