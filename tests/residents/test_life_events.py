"""Life events move the residency spells, mark a death, and are undone as one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import RuleBroken
from portal.roles import Role
from portal.scope import Denied
from residents.enums import Residency, SpellEnd, SpellStart
from residents.events import check_undoable, record_event, redo_event, undo_event
from residents.life_events import EFFECTS, Act, LifeEventKind
from residents.models import CareKind, CareTag, LifeEvent, ResidencySpell
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
BORN = date(1970, 5, 17)
Kind = LifeEventKind


@pytest.fixture
def here(acting, community):
    with acting(community):
        yield community


@pytest.fixture
def person(here):
    """In the register since 2020."""
    return factories.resident(here, since=date(2020, 1, 1))


@pytest.fixture
def stranger(here):
    """Known, but never in the register."""
    known = factories.resident(here, "外来人", since=date(2020, 1, 1))
    known.spells.all().delete()
    return known


@pytest.fixture
def told(here):
    def tell(person, kind, on=DAY, **details):
        return record_event(person, kind, on=on, by=None, unit=here, **details)

    return tell


def spells(person) -> list[tuple]:
    rows = person.spells.kept().order_by("starts_on")
    return [(s.starts_on, s.ends_on, s.began_by, s.ended_by, s.residency) for s in rows]


SINCE_2020 = (date(2020, 1, 1), None, "registered", "", "here")


def ended(reason) -> tuple:
    return (date(2020, 1, 1), DAY - timedelta(days=1), "registered", reason, "here")


def test_every_kind_has_an_effect_that_says_all_its_act_needs():
    assert set(EFFECTS) == set(LifeEventKind)
    for effect in EFFECTS.values():
        assert (effect.begins is not None) == (effect.act in (Act.OPENS, Act.CHANGES))
        assert (effect.ends is not None) == (effect.act in (Act.CLOSES, Act.CHANGES))


@pytest.mark.parametrize("kind", [k for k in Kind if EFFECTS[k].act is Act.OPENS])
def test_who_comes_begins_a_spell(told, stranger, kind):
    on = BORN if kind is Kind.BORN else DAY
    event = told(stranger, kind, on=on)
    assert spells(stranger) == [(on, None, EFFECTS[kind].begins, "", "here")]
    assert event.opened_spell == stranger.spells.kept().get()


@pytest.mark.parametrize("kind", [k for k in Kind if EFFECTS[k].act is Act.OPENS])
def test_who_is_here_already_does_not_come(told, person, kind):
    with pytest.raises(ValidationError, match="在册"):
        told(person, kind, on=BORN if kind is Kind.BORN else DAY)
    assert spells(person) == [SINCE_2020]
    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize("kind", [k for k in Kind if EFFECTS[k].act is Act.CLOSES])
def test_who_goes_is_gone_on_that_very_day(told, person, kind):
    event = told(person, kind)
    assert spells(person) == [ended(EFFECTS[kind].ends)]
    assert event.closed_spell == ResidencySpell.objects.get()
    assert ResidencySpell.objects.get().left_on == DAY
    assert person.died_on == (DAY if kind is Kind.DIED else None)


@pytest.mark.parametrize("kind", [k for k in Kind if EFFECTS[k].act is Act.CLOSES])
def test_who_is_not_here_does_not_go(told, stranger, kind):
    with pytest.raises(ValidationError, match="不在册"):
        told(stranger, kind)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Kind.ENLISTED, "here", "away"),
        (Kind.IMPRISONED, "here", "away"),
        (Kind.MISSING, "here", "away"),
        (Kind.LEFT_HOME, "here", "away"),
        (Kind.DISCHARGED, "away", "here"),
        (Kind.RELEASED, "away", "here"),
        (Kind.FOUND, "away", "here"),
        (Kind.CAME_HOME, "away", "here"),
        # whose 户口 is elsewhere does not become one of ours by it
        (Kind.IMPRISONED, "floating", "floating"),
        (Kind.MISSING, "lodging", "lodging"),
        (Kind.RELOCATED, "here", "here"),
        (Kind.MARRIED, "here", "here"),
        (Kind.DIVORCED, "away", "away"),
    ],
)
def test_a_change_ends_one_spell_and_begins_the_next(told, person, kind, before, after):
    person.residency = before
    person.save()
    told(person, kind)
    if before == after:
        assert spells(person) == [(*SINCE_2020[:4], before)]
    else:
        assert spells(person) == [
            (*ended(SpellEnd.CHANGED)[:4], before),
            (DAY, None, SpellStart.CHANGED, "", after),
        ]
    assert person.residency == after


def test_a_change_of_residency_says_to_what(told, person):
    with pytest.raises(ValidationError, match="请选择变更后的居住状态"):
        told(person, Kind.RESIDENCY_CHANGED)
    with pytest.raises(ValidationError, match="没有变化"):
        told(person, Kind.RESIDENCY_CHANGED, residency=Residency.HERE)
    told(person, Kind.RESIDENCY_CHANGED, residency=Residency.AWAY)
    assert [row[4] for row in spells(person)] == ["here", "away"]


def test_a_move_to_another_grid_is_dated(told, here, person, make_grid):
    first, second = make_grid(here, 1), make_grid(here, 2)
    person.grid = first
    person.save()
    told(person, Kind.RELOCATED, grid=second, to_place="滨河路 2 号")
    grids = list(person.spells.kept().order_by("starts_on").values_list("grid", flat=True))
    assert grids == [first.pk, second.pk]
    assert person.grid == second


def test_the_same_event_told_again_changes_nothing(told, person):
    first = told(person, Kind.MOVED_OUT)
    before = spells(person)
    assert told(person, Kind.MOVED_OUT) == first
    assert spells(person) == before
    assert LifeEvent.objects.count() == 1


def test_who_was_registered_from_that_day_came_that_way(told, here):
    newcomer = factories.resident(here, "新来人", since=DAY, residency="floating")
    event = told(newcomer, Kind.MOVED_IN)
    assert spells(newcomer) == [(DAY, None, "moved", "", "floating")]
    assert event.adopted
    undo_event(event, version=event.version, by=None)
    assert spells(newcomer) == [(DAY, None, "registered", "", "floating")]


def test_who_comes_and_goes_on_one_day_was_never_there_at_its_end(told, stranger):
    told(stranger, Kind.MOVED_IN)
    event = told(stranger, Kind.MOVED_OUT)
    assert spells(stranger) == []
    undo_event(event, version=event.version, by=None)
    assert spells(stranger) == [(DAY, None, "moved", "", "here")]


# --- days that cannot be --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "on", "said"),
    [
        (Kind.MOVED_OUT, timezone.localdate() + timedelta(days=1), "不能晚于今天"),
        (Kind.MOVED_OUT, BORN - timedelta(days=1), "不能早于出生日期"),
        (Kind.BORN, DAY, "应与居民的出生日期"),
        (Kind.DIED, date(2019, 12, 31), "请先撤销或更正那次变动"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(told, person, kind, on, said):
    with pytest.raises(ValidationError, match=said) as refusal:
        told(person, kind, on=on)
    assert set(refusal.value.error_dict) == {"occurred_on"}
    assert spells(person) == [SINCE_2020]


def test_nothing_happens_to_the_dead(told, person):
    told(person, Kind.DIED)
    for kind in (Kind.MOVED_IN, Kind.MARRIED, Kind.MISSING):
        with pytest.raises(ValidationError, match="去世"):
            told(person, kind, on=DAY + timedelta(days=1))


def test_a_death_before_a_recorded_change_is_refused(told, person):
    told(person, Kind.LEFT_HOME)
    with pytest.raises(ValidationError, match="请先撤销或更正那次变动"):
        told(person, Kind.DIED, on=DAY - timedelta(days=5))
    assert person.died_on is None


def test_a_death_before_a_later_care_tag_names_the_tag(told, here, person):
    kind = CareKind.objects.first()
    CareTag.objects.create(unit=here, resident=person, kind=kind, starts_on=date(2025, 6, 1))
    with pytest.raises(ValidationError, match="关爱对象（自2025-06-01起）"):
        told(person, Kind.DIED)


def test_the_database_lets_nothing_begin_after_death(told, here, person):
    told(person, Kind.DIED)
    later = {"unit": here, "resident": person, "starts_on": DAY + timedelta(days=1)}
    home = factories.household(here)

    def reopen():
        spell = ResidencySpell.objects.get()
        spell.ends_on, spell.ended_by = None, ""
        spell.save()

    for make in (
        lambda: ResidencySpell.objects.create(**later),
        lambda: CareTag.objects.create(kind=CareKind.objects.first(), **later),
        lambda: factories.member(home, person, starts_on=later["starts_on"]),
        reopen,
    ):
        with pytest.raises(RuleBroken, match="已于 2025-03-10 去世"), transaction.atomic():
            make()


# --- in step --------------------------------------------------------------------------------------
def test_resident_and_open_spell_say_the_same_whoever_writes(person):
    type(person).objects.filter(pk=person.pk).update(residency="away")
    assert person.spells.get().residency == "away"
    person.spells.update(residency="lodging")
    person.refresh_from_db()
    assert person.residency == "lodging"


def test_a_closed_spell_keeps_how_the_person_lived(told, person):
    told(person, Kind.MOVED_OUT)
    person.residency = "floating"
    person.save()
    assert person.spells.get().residency == "here"


# --- undone ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", list(Kind))
def test_an_undone_event_leaves_the_register_as_it_was(told, person, stranger, kind):
    act = EFFECTS[kind].act
    who = stranger if act is Act.OPENS else person
    details = {"residency": "lodging"} if kind is Kind.RESIDENCY_CHANGED else {}
    before = spells(who), who.residency
    event = told(who, kind, on=BORN if kind is Kind.BORN else DAY, **details)
    undo_event(event, version=event.version, by=None)
    who.refresh_from_db()
    assert (spells(who), who.residency, who.died_on) == (*before, None)
    assert not LifeEvent.objects.kept().exists()


def test_an_event_that_others_were_built_upon_is_not_undone(told, person):
    first = told(person, Kind.LEFT_HOME)
    last = told(person, Kind.CAME_HOME, on=date(2025, 6, 1))
    with pytest.raises(Denied, match="请先撤销后面的变动"):
        check_undoable(first)
    undo_event(last, version=last.version, by=None)
    first.refresh_from_db()
    undo_event(first, version=first.version, by=None)
    assert spells(person) == [SINCE_2020]


def test_a_corrected_spell_is_not_undone(told, person):
    event = told(person, Kind.MOVED_OUT)
    person.spells.update(ends_on=date(2025, 1, 1))
    event.refresh_from_db()
    with pytest.raises(Denied, match="之后又有改动"):
        undo_event(event, version=event.version, by=None)


def test_an_undone_event_can_happen_again(told, person, make_user, here):
    staff = make_user(Role.COMMUNITY_STAFF, here)
    event = told(person, Kind.DIED)
    undo_event(event, version=event.version, by=staff)
    event.refresh_from_db()
    redo_event(event, by=staff)
    person.refresh_from_db()
    assert (spells(person), person.died_on) == ([ended("died")], DAY)
