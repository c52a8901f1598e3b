"""Certificates, applications and files: what another unit holds out of sight, odd days, shared rows."""

from datetime import date

import pytest

from disability.enums.applications import Business as B
from disability.models import Certificate, CertificateApplication
from portal.figures import engine
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from residents.models import Application
from tests import factories
from tests.disability.posting import keyed
from tests.disability.test_applications import WAYS
from tests.factories.certificate_applications import certificate_application, take

pytestmark = pytest.mark.django_db
OTHER_CARD = {"category": "4", "level": "2"}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, born_on=date(1960, 5, 1))


def elsewhere(acting, community, other_community, person, model, **fields):
    """A row about the person that only the other unit sees."""
    with acting(community, other_community):
        row = model(unit=other_community, resident=person, **fields)
        if hasattr(row, "derive"):
            row.derive()
        row.save()
        return row


def test_a_card_held_elsewhere_is_told_when_the_new_one_is_handed_out(
    acting, client_of, staff, community, other_community, person
):
    with acting(community):
        row = take(certificate_application(person, B.NEW), *WAYS[B.NEW][:-1], conclusion=["42"])
    elsewhere(
        acting, community, other_community, person, Certificate,
        number=f"{person.id_number}42", occurred_on=date(2020, 1, 1), **OTHER_CARD,
    )  # fmt: skip
    sent = {"on": "2025-03-25", "applications": [row.pk], "actor": "李主任"}
    answer = client_of(staff).post(
        f"/disability/applications/step/issue/?only={row.pk}", keyed(sent)
    )
    assert answer.status_code == 200
    assert "可能由其他单位登记" in answer.content.decode()
    with acting(community):
        row.refresh_from_db()
        assert (row.stage, row.issued) == ("made", None)


def test_an_application_open_elsewhere_is_told_when_many_are_applied_for(
    acting, client_of, staff, community, other_community, person
):
    with acting(community):
        factories.certificate(person, "4", "3")
    shared = elsewhere(
        acting, community, other_community, person, Application,
        kind="disability_certificate", domains=["disability"], occurred_on=date(2025, 3, 3),
    )  # fmt: skip
    elsewhere(
        acting, community, other_community, person, CertificateApplication,
        application=shared, business=B.RENEW, occurred_on=date(2025, 3, 3),
    )  # fmt: skip
    sent = {"business": "renew", "occurred_on": "2025-03-10", "people": [person.pk]}
    answer = client_of(staff).post("/disability/applications/many/", keyed(sent))
    assert answer.status_code == 200
    assert "可能由其他单位登记" in answer.content.decode()


def test_the_shared_row_does_not_come_back_alone(acting, client_of, staff, community, person):
    with acting(staff):
        row = certificate_application(person, B.NEW)
        shared = row.application
        ledgers["certificate-applications"].recycle(row, version=row.version, by=staff)
    page = client_of(staff).post("/ledger/applications/bin/", keyed({"pk": shared.pk}), follow=True)
    assert "办证申请" in page.content.decode()
    with acting(staff):
        assert Application.objects.kept().count() == 0
        row.refresh_from_db()
        ledgers["certificate-applications"].restore(row, by=staff)
        assert Application.objects.kept().count() == 1


def form_of(slug, user, **sent):
    ledger = ledgers[slug]
    return form_class_for(ledger)(sent, ledger=ledger, user=user)


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("occurred_on", {"occurred_on": "1950-01-01"}),
        ("occurred_on", {"occurred_on": "2025-02-01"}),
        ("ended_on", {"ended_on": "2099-01-01", "status": "cancelled"}),
    ],
)
def test_a_certificate_is_of_the_days_of_its_holder(acting, staff, person, field, day):
    with acting(staff):
        factories.life_event(person, "died", date(2025, 1, 10))
        person.refresh_from_db()
        sent = {"resident": person.pk, "number": f"{person.id_number}42", "category": "4"}
        sent |= {"level": "2", "status": "valid", "occurred_on": "2020-01-01"} | day
        assert field in form_of("certificates", staff, **sent).errors


def test_a_file_is_not_opened_before_birth(acting, staff, person):
    with acting(staff):
        sent = {"resident": person.pk, "components": ["42"], "opened_on": "1950-01-01"}
        assert "opened_on" in form_of("disability-files", staff, **sent).errors


def test_a_card_that_moved_in_counts_for_signing_from_the_day_it_counts(
    acting, staff, community, person
):
    with acting(staff):
        factories.certificate(person, occurred_on=date(2020, 1, 1), moved_in_on=date(2025, 6, 1))
        factories.rehab_agreement(person, factories.body(community), date(2025, 1, 1))
        rate = engine.read("disability.signing_rate", {community.pk}, Period.parse("2025-03"))
        assert (rate.numerator.value, rate.denominator.value) == (0, 0)
        rate = engine.read("disability.signing_rate", {community.pk}, Period.parse("2025-07"))
        assert (rate.numerator.value, rate.denominator.value) == (1, 1)
