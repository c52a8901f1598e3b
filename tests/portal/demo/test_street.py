"""The demo street at a small scale: the same every time, believable, and sound by our own rules."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q
from django.utils import timezone

from disability.certificate_numbers import check_certificate
from disability.models import Certificate, DisabilityFile
from portal.demo import world
from portal.exports.definition import Definition
from portal.exports.profiles import newest
from portal.figures import engine
from portal.ledgers import ledgers
from portal.models import ExportProfile, ExportRequest, ProfileSending, Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.records import Record
from portal.scope import scope
from residents.enums import Relation, Residency, Sex, SpellEnd
from residents.id_numbers import parse_id
from residents.models import (
    Activity,
    Application,
    Household,
    LifeEvent,
    Membership,
    Problem,
    ResidencySpell,
    Resident,
    Visit,
)
from sanitation.models import (
    Finding,
    Inspection,
    InspectionReply,
    ScoreObjection,
)
from tests.portal.demo.snapshot import KEPT, street_scope

# On one worker: the data is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

YEAR_END = date(2025, 12, 31)
ON_THE_SPOT = {
    Inspection,
    Finding,
    InspectionReply,
    ScoreObjection,
}  # typed on the day, by phone or screen
LIVE = {"servicecenter", "volunteers", "sanitation"}
GO_ON = {Activity, Problem, Visit}  # facts that those share with others
ABOUT_PEOPLE = [
    model
    for model in KEPT
    if issubclass(model, Record) and any(f.name == "resident" for f in model._meta.fields)
]


@pytest.fixture
def street(built):
    """Within the scope of the whole demo street; gives its units."""
    with scope(street_scope()) as entered:
        yield entered.units


# --- the same every time --------------------------------------------------------------------------
def test_demo_is_the_same_every_time(built):
    first, second = built.first, built.second
    assert sum(map(len, first.values())) > 2000
    # The name of a sealed file may not be foreseen; a notice names its readers' units by their keys.
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"Attachment", "Notice"}
    assert len(first["Notice"]) == len(second["Notice"])
    assert len(first["Attachment"]) == len(second["Attachment"])


def test_demo_can_be_forced_beside_real_units(street):
    assert Unit.objects.filter(name="真实区", kind=UnitKind.DISTRICT).exists()
    assert world.exists()


# --- units and people -----------------------------------------------------------------------------
def test_street_has_twelve_communities_of_four_to_six_grids(street):
    grids = Counter(Unit.objects.filter(kind=UnitKind.GRID).values_list("parent__code", flat=True))
    assert len(grids) == Unit.objects.communities().count() == 12
    assert set(grids.values()) == {4, 5, 6}


def test_every_ledger_has_records(street):
    ours = [ledger for ledger in ledgers if not ledger.model.__module__.startswith("tests.")]
    empty = [ledger.slug for ledger in ours if not ledger.rows_of(street).exists()]
    assert empty == []


def test_households_that_people_live_in_have_one_head(street):
    for day in (date(2025, 1, 1), date(2025, 7, 1), YEAR_END):
        living = Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )
        homes = set(living.values_list("household", flat=True))
        heads = living.filter(relation=Relation.HEAD).values_list("household", flat=True)
        assert Counter(heads) == dict.fromkeys(homes, 1)


def test_families_are_believable(street):
    families = defaultdict(lambda: defaultdict(list))
    members = Membership.objects.in_force(YEAR_END).select_related("resident")
    for member in members.order_by("pk"):
        families[member.household_id][member.relation].append(member.resident)
    strange = [
        (home, {relation: list(map(str, people)) for relation, people in family.items()})
        for home, family in families.items()
        if not is_believable(family) and not any(map(is_mistyped, family.values()))
    ]
    assert strange == []


def is_mistyped(people) -> bool:
    """A slip that the data-quality page finds, put there on purpose."""
    return any(person.id_faults for person in people)


def is_believable(family) -> bool:
    """One head of age, at most one spouse, father and mother, of fitting sexes and ages."""
    [head] = family[Relation.HEAD]
    sex_of = {Relation.FATHER: Sex.MALE, Relation.MOTHER: Sex.FEMALE}
    sex_of |= {Relation.SON: Sex.MALE, Relation.DAUGHTER: Sex.FEMALE}
    sex_of[Relation.SPOUSE] = Sex.FEMALE if head.sex == Sex.MALE else Sex.MALE
    years = {
        Relation.SPOUSE: range(-12, 13),
        Relation.SON: range(16, 60),
        Relation.DAUGHTER: range(16, 60),
        Relation.FATHER: range(-60, -15),
        Relation.MOTHER: range(-60, -15),
    }
    single = (Relation.SPOUSE, Relation.FATHER, Relation.MOTHER)
    others = [(relation, p) for relation in years for p in family.get(relation, ())]
    return (
        YEAR_END.year - head.born_on.year >= 18
        and all(len(family.get(relation, ())) <= 1 for relation in single)
        and all(person.sex == sex_of[relation] for relation, person in others)
        and all(p.born_on.year - head.born_on.year in years[r] for r, p in others)
    )


def test_numbers_are_valid_and_tell_the_persons_birth_and_sex(street):
    mistyped = Resident.objects.exclude(id_faults=[])
    assert 0 < mistyped.count() < 20
    for person in Resident.objects.filter(id_faults=[]).exclude(id_hash=None):
        parsed = parse_id(person.id_kind, person.id_number)
        assert parsed.number == person.id_number
        assert (parsed.birth or person.born_on, parsed.sex or person.sex) == (
            person.born_on,
            person.sex,
        )
    assert not Resident.objects.filter(id_hash=None, no_id_reason="").exists()


def test_hashes_and_pinyin_are_those_that_saving_derives(street):
    columns = ("pinyin", "name_keys", "id_hash", "id_tail_hash", "phone_hash", "phone_tail_hash")
    for person in Resident.objects.all()[:300]:
        stored = [getattr(person, column) for column in columns]
        person.derive()
        assert [getattr(person, column) for column in columns] == stored


def test_rare_names_and_papers_are_there(street):
    names = set(Resident.objects.values_list("name", flat=True))
    assert {"阿依古丽·买买提江", "\U00020bb7家宝", "赵\U0002ebf0"} <= names
    assert max(map(len, names)) >= 25
    kinds = set(Resident.objects.values_list("id_kind", flat=True))
    assert {"citizen", "hk_macao_residence", "taiwan_residence", "foreign_resident"} <= kinds


# --- lives ----------------------------------------------------------------------------------------
def test_people_died_and_moved(street):
    ends = set(ResidencySpell.objects.exclude(ends_on=None).values_list("ended_by", flat=True))
    assert {SpellEnd.DIED, SpellEnd.MOVED} <= ends


def test_every_kind_of_person_lives_here_and_much_happens_to_them(street):
    assert set(ResidencySpell.objects.values_list("residency", flat=True)) == set(Residency.values)
    kinds = set(LifeEvent.objects.values_list("kind", flat=True))
    assert {"born", "died", "moved_in", "moved_out", "relocated_in", "relocated_out"} <= kinds
    assert {"married_in", "left_home"} <= kinds
    years = set(LifeEvent.objects.values_list("occurred_on__year", flat=True))
    assert years == {2024, 2025, 2026}


def test_movers_are_known_to_both_communities(street):
    movers = [person for person in Resident.objects.all() if len(person.unit_ids) == 2]
    assert movers
    for person in movers:
        first, second = person.spells.order_by("starts_on")
        assert person.unit_ids == [first.unit_id, second.unit_id]
        assert (person.unit_id, second.ends_on) == (second.unit_id, None)
        assert (second.starts_on - first.ends_on).days == 1


def test_nobody_is_in_a_register_before_birth(street):
    assert not ResidencySpell.objects.filter(starts_on__lt=F("resident__born_on")).exists()
    assert not DisabilityFile.objects.filter(opened_on__lt=F("resident__born_on")).exists()


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda model: model.__name__)
def test_records_are_about_people_who_lived_in_the_unit_that_day(street, model):
    spells = defaultdict(list)
    for spell in ResidencySpell.objects.all():
        spells[spell.resident_id, spell.unit_id].append(
            (spell.starts_on, spell.ends_on or date.max)
        )
    rows = model.objects.exclude(resident=None).values_list("resident", "unit", "occurred_on")
    assert rows
    # Who leaves on a day is gone on it: the event stands on the day after the spell.
    after = timedelta(days=1 if model is LifeEvent else 0)
    astray = [
        (resident, day)
        for resident, unit, day in rows
        if not any(first <= day and day - after <= last for first, last in spells[resident, unit])
    ]
    assert astray == []


def test_grids_belong_to_the_unit_of_their_record(street):
    for model in (Resident, Household, Visit):
        assert not model.objects.exclude(grid=None).exclude(grid__parent=F("unit")).exists()


def test_records_were_typed_after_they_happened_and_never_in_the_future(street):
    for model in KEPT:
        if issubclass(model, Record) and not model.__module__.startswith("tests."):
            rows = model.objects.values_list("occurred_on", "recorded_at")
            soonest = timedelta(0 if model in ON_THE_SPOT else 1)
            assert all(day + soonest <= typed.date() for day, typed in rows), model
            # Cases, shifts and inspections go on until today, or their clocks would have nothing to tell.
            goes_on = model in GO_ON or model._meta.app_label in LIVE
            last = timezone.localdate() if goes_on else date(2026, 6, 30)
            assert max(day for day, _ in rows) <= last, model


# --- disability work ------------------------------------------------------------------------------
def test_certificates_match_their_holders(street):
    certificates = Certificate.objects.select_related("resident")
    assert len({c.status for c in certificates}) >= 3
    for each in certificates:
        check_certificate(each.number, each.resident.id_number, each.category, each.level)


def test_booths_stand_before_the_day_of_the_disabled(street):
    booths = Activity.objects.filter(theme_day="disability-day")
    assert set(booths.values_list("occurred_on", flat=True)) == {date(2025, 5, 15)}
    assert set(booths.values_list("title", flat=True)) == {"第35次全国助残日宣传"}


def test_choices_and_arrays_hold_known_values(street):
    """Bulk loads pass by the forms: what a form would refuse must not be there either."""
    for model in KEPT:
        for field in model._meta.concrete_fields:
            array = isinstance(field, ArrayField)
            choices = (field.base_field if array else field).flatchoices
            if not choices:
                continue
            known = {value for value, _ in choices} | {""} | ({None} if field.null else set())
            for value in model._default_manager.values_list(field.name, flat=True).distinct():
                assert set(value if array else [value]) <= known, (model, field)


def test_figures_of_the_year_are_neither_empty_nor_full(street):
    year = Period.parse("2025")
    coverage = engine.read("disability.visit_coverage", street, year)
    assert 0 < coverage.numerator.value < coverage.denominator.value
    for code in ("disability.visits_phone", "disability.insurance_approved", "handouts.quantity"):
        assert engine.read(code, street, year).value > 0
    assert not Application.objects.filter(decided_on__lt=F("occurred_on")).exists()


def test_profiles_name_columns_that_their_ledgers_have(street):
    made = list(ExportProfile.objects.all())
    assert len(made) == 3
    for profile in made:
        known = {column.label for column in ledgers[profile.ledger].shown_columns}
        assert set(Definition.from_json(newest(profile).definition).sources) <= known
    assert ProfileSending.objects.count() == 2
    assert ExportRequest.objects.get().rows > 0
