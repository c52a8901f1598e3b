"""One problem found by a patrol and by a quarter check counts once, with the larger deduction."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.periods import Period
from portal.roles import Role
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.models import Finding
from sanitation.selectors.duplicates import likely, marked
from sanitation.services.duplicates import mark, unmark
from tests.factories import sanitation as make
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
QUARTER = Period.parse("2025Q1")
HEAP = {"problem": ProblemType.HEAP, "place": "老桥 桥头"}


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def look(street, community):
    """``look(day, …)``: a finding of an inspection of its own, opened."""

    def found(day=date(2025, 3, 12), points="2.0", inspection=None, of=community, **fields):
        opened = {"handed_in_on": day, "is_open": True} | fields.pop("held", {})
        inspection = inspection or make.inspection(street, of, occurred_on=day, **opened)
        return make.finding(inspection, points=Decimal(points), **HEAP | fields)

    return found


def groups(street):
    return [{row.pk for row in g.findings} for g in likely(frozenset({street.pk}), QUARTER)]


def test_the_same_problem_at_the_same_place_is_proposed_and_marked_for_the_larger(
    look, street, inspector, acting
):
    with acting(street):
        patrol = look()
        check = look(date(2025, 3, 25), "4.0", place="老桥桥头")
        late = look(date(2025, 3, 28), "1.0")
        [group] = likely(frozenset({street.pk}), QUARTER)
        assert group.counts == check
        assert group.spared == Decimal("3.0")
        assert mark(list(group.findings), by=inspector) == check
        assert set(Finding.objects.filter(same_as=check)) == {patrol, late}
        assert groups(street) == []
        assert {row.pk for row in marked({street.pk}, QUARTER)} == {patrol.pk, late.pk}
        unmark(Finding.objects.get(pk=patrol.pk), by=inspector)
        assert set(Finding.objects.filter(same_as=check)) == {late}


@pytest.mark.parametrize(
    "other",
    [
        {"problem": ProblemType.LITTER},
        {"place": "村口"},
        {"place": ""},
        {"day": date(2025, 4, 2)},
        {"held": {"is_open": False, "handed_in_on": None}},
    ],
    ids=["another problem", "another place", "no place", "another quarter", "not opened"],
)
def test_what_differs_is_not_proposed(other, look, street, acting):
    with acting(street):
        look()
        look(**{"day": date(2025, 3, 25)} | other)
        assert groups(street) == []


def test_another_community_or_the_same_inspection_is_another_problem(
    look, street, other_community, acting, inspector
):
    with acting(street):
        first = look()
        look(date(2025, 3, 25), of=other_community)
        beside = look(inspection=first.inspection)
        assert groups(street) == []
        with pytest.raises(ValidationError):
            mark([first, beside], by=inspector)
        with pytest.raises(ValidationError):
            mark([], by=inspector)
        with pytest.raises(ValidationError):
            unmark(first, by=inspector)


def test_what_was_put_right_before_it_was_found_again_is_new(look, street, acting):
    with acting(street):
        first, second = look(), look(date(2025, 3, 20))
        third = look(date(2025, 3, 28))
        assert groups(street) == [{first.pk, second.pk, third.pk}]
        made.order(street, first.community, finding=first, closed_on=date(2025, 3, 21))
        assert groups(street) == [{first.pk, second.pk, third.pk}]  # the second still stood
        made.order(
            street, first.community, "2号", finding=second, occurred_on=date(2025, 3, 20),
            closed_on=date(2025, 3, 24),
        )  # fmt: skip
        assert groups(street) == [{first.pk, second.pk}]


def test_at_a_point_of_the_register_the_words_do_not_matter(look, street, community, acting):
    with acting(street):
        point = make.point(street, community=community)
        look(point=point, place="门口", day=date(2025, 3, 1))
        look(point=point, place="里面")
        assert len(groups(street)) == 1


def test_the_page_marks_and_takes_back(
    look, street, inspector, make_user, community, acting, client_of
):
    today = timezone.localdate()
    with acting(street):
        patrol = look(today)
        check = look(today, "4.0", held={"kind": InspectionKind.QUARTER})
    client = client_of(inspector)
    page = client.get("/sanitation/duplicates/").content.decode()
    assert "合并后少扣 2.0 分" in page
    quarter = Period.parse(f"{today.year}Q{(today.month + 2) // 3}").key

    def sent(**fields):
        data = {"_key": str(uuid4()), "quarter": quarter} | fields
        answer = client.post("/sanitation/duplicates/", data)
        assert answer["Location"].endswith(quarter)
        return client.get(answer["Location"]).content.decode()

    assert "按" in sent(finding=[patrol.pk, check.pk])
    with acting(street):
        assert Finding.objects.get(pk=patrol.pk).same_as == check
    assert "已恢复为单独的问题。" in sent(undo=patrol.pk)
    assert "请选择同一问题的各条记录。" in sent()
    assert (
        "没有像是重复的问题"
        in client.get(f"/sanitation/duplicates/?quarter={quarter_before(today)}").content.decode()
    )
    worker = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert "没有像是重复的问题" in worker.get("/sanitation/duplicates/").content.decode()
    worker.post(
        "/sanitation/duplicates/",
        {"_key": str(uuid4()), "quarter": quarter, "finding": [patrol.pk, check.pk]},
    )
    with acting(street):
        assert Finding.objects.get(pk=patrol.pk).same_as is None


def quarter_before(today) -> str:
    past = today - timedelta(days=100)
    return f"{past.year}Q{(past.month + 2) // 3}"
