"""Acts on households, as the two demo clerks did them: a split, a merger, moves, a new head, a death,
people registered here and living there; and one split that was undone."""

from datetime import date

from django.db.models import Exists, OuterRef

from portal.demo.world import YEAR, World, typed_at
from portal.models import RoleAssignment
from portal.roles import Role
from portal.scope import access_of, scope
from residents.acts import journal, services
from residents.acts.members import open_rows
from residents.acts.services import Choices, NewHome
from residents.demo.events import LAST_DAY
from residents.enums import Bond, Relation, Residency
from residents.models import Dwelling, Household, LifeEvent, Membership, ResidencySpell
from residents.takeovers import Wish, take_over

FIRST = date(YEAR, 1, 10)
OF_AGE = 18
BY_DERIVATION = Choices()


def add_acts(world: World) -> None:
    clerks = RoleAssignment.objects.filter(role=Role.COMMUNITY_STAFF).select_related("user", "unit")
    gone = set()
    for clerk in clerks.order_by("pk"):
        for act in ACTS:
            home = next((h for h in _untouched(clerk.unit) if act.fits(h)), None)
            if home is None:
                continue
            day = world.day(FIRST, LAST_DAY)
            with journal.written(typed_at(day)):
                gone |= act(home, on=day, by=clerk.user) or set()
    gone |= _taken_over(world, clerks.order_by("pk").first())
    world.shared["gone"] |= gone
    settled = world.shared["settled"]
    world.shared["settled"] = [entry for entry in settled if entry[0].pk not in gone]


def _taken_over(world: World, clerk) -> set[int]:
    """A wife of another community came to relatives; her 户籍 stays. Taken over by her whole ID."""
    others = [unit for unit in world.communities if unit.pk != clerk.unit_id]
    homes = (home for unit in others for home in _untouched(unit))
    home = next((h for h in homes if widowed.fits(h)), None)
    into = next(iter(_untouched(clerk.unit)), None)
    if home is None or into is None:
        return set()
    day, person = world.day(FIRST, LAST_DAY), _row(home, Relation.SPOUSE).resident
    wish = Wish(person.id_number, clerk.unit, day, "投靠亲属", Residency.LODGING, False)
    with scope(access_of(clerk.user).scope()):
        take_over(wish, by=clerk.user)
    for model in (ResidencySpell, LifeEvent, Membership):
        model.objects.filter(resident=person, recorded_by=clerk.user).update(
            recorded_at=typed_at(day)
        )
    person.refresh_from_db()
    with journal.written(typed_at(day)):
        services.join(into, person, Relation.OTHER_KIN, on=day, by=clerk.user, bond=Bond.LIVING)
    return {person.pk}


def _untouched(unit):
    """Households to whose members nothing happened yet, in the order in which they were made."""
    members = Membership.objects.kept().filter(household=OuterRef("pk"))
    changed = members.exclude(starts_on__lt=date(YEAR - 1, 1, 1), ends_on=None)
    events = LifeEvent.objects.filter(resident__memberships__household=OuterRef("pk"))
    homes = Household.objects.kept().filter(Exists(members), ~Exists(changed), ~Exists(events))
    return homes.filter(unit=unit).select_related("unit", "dwelling").order_by("pk")


def fits(*relations, grown=None):
    """The act needs a household with just these relations, whose ``grown`` member is of age."""

    def decorate(act):
        wanted = sorted(relations)

        def fitting(home) -> bool:
            if sorted(row.relation for row in open_rows(home)) != wanted:
                return False
            return grown is None or _row(home, grown).resident.age_on(FIRST) >= OF_AGE

        act.fits = fitting
        return act

    return decorate


def _row(home, *relations) -> Membership:
    return next(row for row in open_rows(home) if row.relation in relations)


COUPLE = (Relation.HEAD, Relation.SPOUSE)


@fits(*COUPLE)
def widowed(home, **given):
    husband = _row(home, Relation.HEAD)
    services.die(home, husband, choices=BY_DERIVATION, note="死亡医学证明", **given)
    return {husband.resident_id}


@fits(*COUPLE)
def new_head(home, **given):
    services.change_head(home, _row(home, Relation.SPOUSE), choices=BY_DERIVATION, **given)


@fits(*COUPLE, Relation.SON, grown=Relation.SON)
def son_split_off(home, **given):
    services.split(
        home,
        [_row(home, Relation.SON)],
        choices=BY_DERIVATION,
        new=NewHome(),
        note="户口簿",
        **given,
    )


@fits(*COUPLE, Relation.DAUGHTER)
def split_undone(home, *, by, on):
    daughter = _row(home, Relation.DAUGHTER)
    act = services.split(home, [daughter], choices=BY_DERIVATION, new=NewHome(), on=on, by=by)
    journal.undo(act, by=by)


@fits(*COUPLE)
def moved_without_registration(home, **given):
    flat = Dwelling.objects.filter(unit=home.unit, households=None, use="vacant").order_by("pk")
    services.move(
        home,
        list(open_rows(home)),
        choices=BY_DERIVATION,
        new=NewHome(dwelling=flat.first()),
        with_registration=False,
        **given,
    )


@fits(*COUPLE)
def moved_for_good(home, **given):
    services.move(
        home,
        list(open_rows(home)),
        choices=BY_DERIVATION,
        new=NewHome(address=f"{home.unit.name}新民路12号"),
        note="购房合同",
        **given,
    )


@fits(*COUPLE)
def works_elsewhere(home, **given):
    services.part(
        home, _row(home, Relation.SPOUSE), stays=Bond.REGISTERED, address="外省务工地", **given
    )


@fits(Relation.HEAD)
def came_back_to_the_parents(home, *, by, on):
    """Who lived alone joins the household of relatives next door."""
    others = (h for h in _untouched(home.unit) if h.pk != home.pk)
    into = next(others, None)
    if into is None:
        return
    alone = _row(home, Relation.HEAD)
    relations = Choices(relations={alone.pk: Relation.OTHER_KIN})
    services.merge(home, into, choices=relations, on=on, by=by)


ACTS = (
    came_back_to_the_parents,
    son_split_off,
    widowed,
    new_head,
    split_undone,
    moved_without_registration,
    moved_for_good,
    works_elsewhere,
)
