"""Each rule finds the record that breaks it, and not the one beside it that does not."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from disability.enums.applications import Business
from portal.models import Unit
from portal.models.units import UnitKind
from portal.quality import rules
from portal.roles import Role
from residents.enums import Relation, Residency, SpellEnd
from residents.models import CareKind, CareTag, DuplicatePair, Resident
from tests import factories
from tests.conftest import as_command
from tests.factories import programmes as make
from tests.factories import redress as rated
from tests.factories import sanitation_cleaners as cleaners
from tests.factories import (
    sanitation_inspect,
    sanitation_market,
    sanitation_rectification,
    sanitation_waste,
)
from tests.factories import sanitation_sites as sites
from tests.factories import volunteer_activities as served_by
from tests.factories.certificate_applications import certificate_application

TODAY = timezone.localdate()
RESIDENTS = ["residents"]
DAY = timedelta(days=1)
YEAR = timedelta(days=366)
IMPOSSIBLE = {"residents.no_head", "residents.two_heads"}  # the database refuses them


def person(unit, name="黄文发", **fields):
    fields = {"phone": "13800000001", "address": "春华路 8 号"} | fields
    return factories.resident(unit, name, **fields)


def without_id(unit, **fields):
    return person(unit, id_number="", no_id_reason="拒报", **fields)


def home_with(unit, *people, **fields):
    home = factories.household(unit, f"1-{Resident.objects.count()}", **fields)
    relation = Relation.HEAD
    for each in people:
        each, relation = each if isinstance(each, tuple) else (each, relation)
        member = factories.member(home, each, relation)
        relation = Relation.OTHER_KIN
    return home, member


def dead(unit, **fields):
    """Somebody who died half a year ago, gone from the register the day before."""
    who = person(unit, **fields)
    who.spells.update(ends_on=TODAY - 181 * DAY, ended_by=SpellEnd.DIED)
    Resident.objects.filter(pk=who.pk).update(died_on=TODAY - 180 * DAY)
    who.refresh_from_db()
    return who


def tag(who, code="minimum_living"):
    return CareTag.objects.create(
        unit=who.unit,
        resident=who,
        kind=CareKind.objects.get(code=code),
        starts_on=TODAY - 2 * YEAR,
    )


def with_faults(unit, **changed):
    who = person(unit)
    Resident.objects.filter(pk=who.pk).update(**changed)
    who.refresh_from_db()
    who.save()
    return who


def crowd(unit):
    return home_with(unit, *(without_id(unit, name=f"黄{n}文") for n in range(21)))[0]


def six_with_one_phone(unit):
    return [person(unit, f"黄文{n}", phone="13900000009") for n in "甲乙丙丁戊己"]


def ended_otherwise(unit):
    spell = person(unit).spells.get()
    type(spell).objects.filter(pk=spell.pk).update(ends_on=TODAY - DAY, ended_by=SpellEnd.OTHER)
    return spell


def no_spell(unit):
    who = person(unit)
    who.spells.update(deleted_at=timezone.now())
    return who


def old_child(unit):
    young, old = person(unit, born_on=TODAY - 20 * YEAR), person(unit, "黄父")
    return home_with(unit, young, (old, Relation.SON))[1]


def child_alone(unit):
    return home_with(unit, person(unit, born_on=TODAY - 8 * YEAR))[1]


def proposed(unit):
    return DuplicatePair.objects.create(unit=unit, first=person(unit), second=without_id(unit))


def visited_after_death(unit):
    return factories.visit(dead(unit), TODAY - 10 * DAY, domains=RESIDENTS)


def pending(unit, domains):
    return factories.application(person(unit), TODAY - 31 * DAY, domains=domains)


def visit(unit, domains=RESIDENTS, **fields):
    return factories.visit(person(unit), domains=domains, **fields)


def certificate(unit, who=None, **fields):
    return factories.certificate(who or person(unit), **fields)


def taken_to(unit, of=None, stage="", step=""):
    """An application for a new card, perhaps over, or with one more step."""
    application = certificate_application(of or person(unit), Business.NEW, TODAY - 200 * DAY)
    if stage:
        application.stage, application.closed_on = stage, TODAY
        application.save()
    if step:
        application.steps.create(unit=unit, kind=step, occurred_on=TODAY)
    return application


def enrolled(unit, who=None, **rules):
    home = make.programme(unit, **{"oldest": None} | rules)
    return make.enrolment(home, who or person(unit))


def volunteer(unit, **fields):
    """A volunteer from outside of whom nothing is missing, but for what is told."""
    return factories.volunteers.volunteer(unit, **{"evidence": "申请表"} | fields)


def resident_volunteer(who):
    """Somebody of the register, as a volunteer."""
    return volunteer(who.unit, resident=who)


def known_outsider(unit):
    """Typed once more, with the ID of a resident."""
    return volunteer(unit, number=person(unit).id_number)


def leaderless(unit):
    team = factories.volunteers.org(unit, "巡逻队", kind="team")
    factories.volunteers.membership(team, volunteer(unit))
    return team


def served(unit, ago=1, who=None, **fields):
    """A record of service some days ago, in an activity held then."""
    held = factories.volunteers.held(unit, TODAY - ago * DAY)
    return factories.volunteers.service(who or volunteer(unit), held, **fields)


def moved_away(unit):
    """The activity got another day, its records did not."""
    record = served(unit, ago=3)
    record.activity.starts_on = TODAY - 5 * DAY
    record.activity.save()
    return record


def called_by_handler(unit):
    handler = factories.cases.agent(unit, "林秋月", kind="handler")
    case = rated.replied(unit, handler=handler)
    return rated.rating(case, channel="call_back", called_by="林秋月")


def on_placement(unit, **fields):
    days = {"starts_on": TODAY - 40 * DAY, "ends_on": TODAY + 40 * DAY}
    return factories.volunteers.trainee(unit, **days | fields)


def trainee_log(unit, day, **fields):
    """A log of a placement that runs."""
    return factories.volunteers.trainee_log(on_placement(unit), day, **fields)


BROKEN = sanitation_rectification.BROKEN | {
    "volunteers.too_young": lambda unit: volunteer(
        unit,
        born_on=date(2010, 3, 6),
        joined_on=date(2024, 3, 5),
        guardian_name="林建国",
        guardian_agreed_on=date(2024, 3, 5),
    ),
    "volunteers.of_the_dead": lambda unit: resident_volunteer(dead(unit)),
    "volunteers.in_the_register": known_outsider,
    "volunteers.no_guardian": lambda unit: volunteer(unit, born_on=TODAY - 16 * YEAR),
    "volunteers.no_evidence": lambda unit: volunteer(unit, evidence=""),
    "volunteers.unreachable": lambda unit: volunteer(unit, phone=""),
    "volunteers.leaderless": leaderless,
    "volunteers.trainee_log_late": lambda unit: trainee_log(unit, TODAY - 20 * DAY),
    "volunteers.trainee_log_long": lambda unit: trainee_log(unit, TODAY, minutes=660),
    "volunteers.trainee_log_outside": lambda unit: trainee_log(unit, TODAY - 50 * DAY),
    "volunteers.trainee_not_appraised": lambda unit: on_placement(unit, ends_on=TODAY - 20 * DAY),
    "volunteers.trainee_without_logs": lambda unit: on_placement(unit, ends_on=TODAY - 20 * DAY),
    "volunteers.lecture_speaker": lambda unit: factories.placements.lecture(unit, speaker=""),
    "volunteers.lecture_audience": lambda unit: factories.placements.lecture(
        unit, participants=None
    ),
    "volunteers.service_no_volunteer": lambda unit: served(
        unit, who=volunteer(unit, joined_on=TODAY)
    ),
    "volunteers.service_outside_activity": moved_away,
    "volunteers.service_never_left": lambda unit: served(unit, state="open", left_at=None),
    "volunteers.service_waits": lambda unit: served(unit, ago=31, state="recorded"),
    "volunteers.service_over_limit": lambda unit: served(unit, minutes=481, state="confirmed"),
    "volunteers.correction_waits": lambda unit: factories.volunteer_hours.correction(
        served(unit, ago=40), TODAY - 31 * DAY
    ),
    "volunteers.posting_waits": lambda unit: factories.volunteer_hours.posting(
        unit, TODAY - 60 * DAY, ends_on=TODAY - 31 * DAY
    ),
    "residents.empty_household": factories.household,
    "residents.crowded": crowd,
    "residents.household_no_grid": factories.household,
    "residents.impossible_age": old_child,
    "residents.other_address": lambda unit: home_with(unit, person(unit, address="别处"))[1],
    "residents.children_alone": child_alone,
    "residents.id_check": lambda unit: with_faults(unit, id_kind="hk_macao_permit"),
    "residents.id_sex": lambda unit: with_faults(unit, sex=2, id_number=MALE),
    "residents.id_birth": lambda unit: with_faults(unit, born_on=TODAY - 50 * YEAR),
    "residents.no_id": without_id,
    "residents.no_birth": lambda unit: with_faults(unit, born_on=None),
    "residents.odd_name": lambda unit: person(unit, "黄文发2"),
    "residents.no_phone": lambda unit: person(unit, phone=""),
    "residents.shared_phone": six_with_one_phone,
    "residents.no_address": lambda unit: person(unit, address=""),
    "residents.apart_no_address": lambda unit: person(unit, residency=Residency.LODGING),
    "residents.no_grid": person,
    "residents.no_household": person,
    "residents.no_spell": no_spell,
    "residents.too_old": lambda unit: person(unit, born_on=TODAY - 121 * YEAR),
    "residents.unclear_end": ended_otherwise,
    "residents.dead_tag": lambda unit: tag(dead(unit)),
    "residents.dead_member": lambda unit: home_with(unit, dead(unit))[1],
    "residents.dead_visit": visited_after_death,
    "residents.young_elder": lambda unit: tag(person(unit), "lonely_elder"),
    "residents.duplicates": proposed,
    "residents.visit_purpose": visit,
    "residents.visit_content": visit,
    "residents.visit_future": lambda unit: visit(unit, occurred_on=TODAY + DAY),
    "residents.assistance_amount": lambda unit: factories.assistance(
        person(unit), amount=None, domains=RESIDENTS
    ),
    "residents.activity_participants": lambda unit: factories.activity(unit, domains=RESIDENTS),
    "residents.long_pending": lambda unit: pending(unit, RESIDENTS),
    "disability.expired": lambda unit: certificate(unit, expires_on=TODAY - DAY),
    "disability.differs": lambda unit: certificate(
        unit, factories.disability_file(person(unit), components=["11"]).resident
    ),
    "disability.no_file": certificate,
    "disability.level_of_multiple": lambda unit: certificate(
        unit,
        factories.disability_file(person(unit), components=["42", "31"]).resident,
        category="7",
        level="2",
    ),
    "disability.application_certificate": lambda unit: taken_to(unit, stage="done"),
    "disability.application_of_dead": lambda unit: taken_to(unit, of=dead(unit)),
    "disability.application_assessment": lambda unit: taken_to(unit, step="assess"),
    "disability.dead_certificate": lambda unit: certificate(unit, dead(unit)),
    "disability.dead_file": lambda unit: factories.disability_file(dead(unit)),
    "disability.no_guardian": lambda unit: factories.disability_file(
        person(unit), components=["52"]
    ),
    "disability.no_expiry": certificate,
    "disability.visit_purpose": lambda unit: visit(unit, ["disability"]),
    "disability.assistance_amount": lambda unit: factories.assistance(person(unit), amount=None),
    "disability.long_pending": lambda unit: pending(unit, ["disability"]),
    "disability.subsidy_without_standard": lambda unit: factories.subsidy(person(unit)),
    "disability.programme_over_age": lambda unit: enrolled(unit, oldest=35),
    "disability.programme_dead": lambda unit: enrolled(unit, dead(unit)),
    "disability.programme_closed": lambda unit: enrolled(unit, ends_on=TODAY - DAY),
    "disability.programme_category": lambda unit: enrolled(
        unit, factories.disability_file(person(unit)).resident, categories=["5", "6"]
    ),
    "disability.session_people": lambda unit: make.programme_session(make.programme(unit)),
    "disability.incident_open": lambda unit: make.incident(
        make.programme(unit), occurred_on=TODAY - 31 * DAY
    ),
    "disability.dead_loan": lambda unit: factories.devices.case(
        dead(unit), state="on_loan", issued_on=factories.devices.DAY
    ),
    "disability.dead_complication": lambda unit: factories.conditions.complication(dead(unit)),
    "disability.dead_referral": lambda unit: factories.conditions.referral(dead(unit)),
    "disability.gift_quantity": lambda unit: factories.assistance(
        person(unit), kind="donation", goods="图书"
    ),
    "disability.booth_participants": lambda unit: factories.activity(unit, kind="publicity"),
    "disability.training_topics": factories.activity,
    "disability.home_households": lambda unit: factories.handout(unit, method="home"),
    "disability.worker_certificate": factories.rehab_worker,
    "disability.story_consent": lambda unit: factories.case_story(person(unit)),
    "servicecenter.reception_day_visitors": lambda unit: factories.reception.reception_day(
        unit, visitors=0
    ),
    "servicecenter.onsite_reached": lambda unit: factories.reception.onsite_office(unit, reached=0),
    "servicecenter.folk_checklist": lambda unit: factories.reception.folk_visit(person(unit)),
    "servicecenter.learning_people": lambda unit: factories.activity(
        unit, kind="meeting", domains=["servicecenter"]
    ),
    "servicecenter.mediation_agreement": lambda unit: factories.reception.succeeded(
        unit, agreement="", signed_on=None
    ),
    "servicecenter.hall_phone": lambda unit: factories.cases.hall(unit, complaint_phone=""),
    "servicecenter.agent_phone": factories.cases.agent,
    "servicecenter.meeting_headings": lambda unit: factories.agency.meeting(unit, causes=""),
    "servicecenter.commitment_unchecked": factories.agency.commitment,
    "servicecenter.item_without_version": factories.cases.item,
    "servicecenter.version_without_materials": lambda unit: factories.cases.version(
        unit, materials=()
    ),
    "servicecenter.version_without_phone": factories.cases.version,
    "servicecenter.version_not_public": factories.cases.version,
    "servicecenter.bad_not_called": rated.redress,
    "servicecenter.redress_late": lambda unit: rated.redress(unit, "remedy"),
    "servicecenter.bad_without_redress": lambda unit: rated.rating(rated.replied(unit), 2),
    "servicecenter.supervision_unanswered": lambda unit: rated.supervision(rated.replied(unit)),
    "servicecenter.rated_before_decision": lambda unit: rated.rating(
        rated.replied(unit), occurred_on=date(2025, 3, 3)
    ),
    "servicecenter.called_by_handler": called_by_handler,
    "volunteers.activity_leader": lambda unit: served_by.sound(unit, leader=""),
    "volunteers.activity_participants": lambda unit: served_by.sound(unit, participants=None),
    "volunteers.activity_risks": lambda unit: served_by.sound(unit, code="patrol"),
    "volunteers.activity_insurance": lambda unit: served_by.sound(unit, code="patrol"),
    "volunteers.activity_crowded": served_by.crowded,
    "volunteers.activity_shifts": factories.volunteers.announced,
    "volunteers.notice_removed": served_by.banner_left,
    "volunteers.served_household": factories.volunteer_served.without_home,
    "volunteers.served_care_kind": factories.volunteer_served.for_no_tag_of_theirs,
    "volunteers.help_cancelled": factories.volunteer_served.promised_and_called_off,
    **{f"sanitation.{code}": make for code, make in (cleaners.BROKEN | sites.BROKEN).items()},
    **sanitation_market.BROKEN,
}
BROKEN |= sanitation_waste.BROKEN
BROKEN |= sanitation_inspect.BROKEN
MALE = factories.id_number(sequence=1)


def test_about_thirty_rules_say_why_and_have_a_ledger():
    assert len(rules) >= 30
    assert all(rule.why.endswith("。") and rule.ledger for rule in rules)
    assert {rule.code for rule in rules} == BROKEN.keys() | IMPOSSIBLE


@pytest.mark.django_db
@pytest.mark.parametrize("code", BROKEN)
def test_rule_finds_the_record_that_breaks_it(code, community, other_community, acting, street):
    with acting(street):
        broken = BROKEN[code](community)
        wanted = broken if isinstance(broken, list) else [broken]
        rows = rules[code].rows(frozenset({community.pk}))
        assert [row.pk for row in rows.order_by("pk")] == [row.pk for row in wanted]
        assert not rules[code].rows(frozenset({other_community.pk})).exists()


@pytest.mark.django_db
def test_a_sound_household_breaks_no_rule(community, acting, street, make_user):
    with as_command():
        grid = Unit.objects.create(
            kind=UnitKind.GRID, code="44010300100101", name="一网格", parent=community
        )
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(clerk):
        who = person(community, grid=grid, id_number=MALE)
        home_with(community, who, grid=grid, address=who.address)
        factories.visit(who, purposes=["greeting"], content="身体尚可", domains=RESIDENTS)
        factories.assistance(who, amount=0)
        factories.disability_file(who)
        certificate(community, who, expires_on=TODAY + YEAR)
        units = frozenset({community.pk})
        assert {rule.code: list(rule.rows(units)) for rule in rules if rule.rows(units)} == {}
