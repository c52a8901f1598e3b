"""The database keeps the office's invariants; the forms say at the field what is wrong."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.ledgers import ledgers
from portal.office.enums import GroupRole
from portal.office.models import FacilityZone
from tests import factories

office = factories.office
pytestmark = pytest.mark.django_db
EARLY, LATE = date(2025, 2, 1), date(2025, 9, 1)


def tasked(unit, **fields):
    return office.work_task(office.work_plan(unit), **fields)


REFUSED = {
    "a fact without department": lambda u: office.station(u, domains=[]),
    "a record without department": lambda u: office.honor(u, domains=[]),
    "a spell that ends before it starts": lambda u: office.station(
        u, starts_on=LATE, ends_on=EARLY
    ),
    "an instruction done before it was given": lambda u: office.instruction(
        u, occurred_on=LATE, done_on=EARLY
    ),
    "a task due before it starts": lambda u: tasked(u, starts_on=LATE, due_on=EARLY),
    "a task both done and cancelled": lambda u: tasked(
        u, done_on=date(2025, 3, 1), cancelled_on=date(2025, 3, 1)
    ),
    "a facility without any day": lambda u: office.facility(u, opened_on=None),
    "a facility closed that never opened": lambda u: office.facility(
        u, opened_on=None, built_on=EARLY, closed_on=LATE
    ),
    "a facility in use before it was built": lambda u: office.facility(
        u, built_on=LATE, opened_on=EARLY
    ),
    "a negative area": lambda u: office.facility(u, area=-1),
    "a negative price": lambda u: office.purchase(u, amount=-1),
    "more valid answers than asked": lambda u: office.survey(u, asked=10),
    "levels that do not add up": lambda u: office.survey(u, unsatisfied=9),
    "a score over 100": lambda u: office.staff_evaluation(u, score=101),
    "a person evaluated twice": lambda u: [office.staff_evaluation(u) for _ in range(2)],
    "one shift twice": lambda u: [office.duty_shift(u) for _ in range(2)],
    "handed to somebody without handing over": lambda u: office.duty_shift(u, handed_to="王芳"),
    "a total typed twice": lambda u: [office.historic_total(u) for _ in range(2)],
    "a campaign granted that goes on": lambda u: office.campaign(u, granted_on=LATE),
    "a certificate of another year": lambda u: office.issued_certificate(u, year=2024),
    "a void certificate without reason": lambda u: office.issued_certificate(u, voided_on=LATE),
    "a seal without copies": lambda u: office.seal_use(u, copies=0),
    "one person twice on a post": lambda u: [
        office.post_holder(post) for post in [office.post(u)] * 2
    ],
    "a zone twice": lambda u: [office.zone(place) for place in [office.facility(u)] * 2],
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_the_database_refuses(acting, community, what):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](community)


def test_a_group_has_one_head_at_a_time_and_heads_may_follow_each_other(acting, community):
    with acting(community):
        group = office.leading_group(community)
        office.group_member(group, person="甲", ends_on=date(2025, 6, 30))
        office.group_member(group, person="乙", starts_on=date(2025, 7, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            office.group_member(group, person="丙", starts_on=date(2025, 6, 30))
        office.group_member(group, person="丙", role=GroupRole.MEMBER)


WRONG = [
    ("stations", {"starts_on": "2025-06-01", "ends_on": "2025-05-01"}, "ends_on", "不能早于"),
    ("stations", {"domains": []}, "domains", "计入工作"),
    ("facilities", {"area": "1100余"}, "area", "只填数字"),
    ("facilities", {"area": "-5"}, "area", "不能小于"),
    ("facilities", {"opened_on": "2099-01-01"}, "opened_on", "不能晚于今天"),
    ("purchases", {"amount": "1余万"}, "amount", "只填数字"),
    ("surveys", {"valid": "120"}, "valid", "不能多于"),
    ("surveys", {"satisfied": "21"}, "valid", "各档份数之和是 91"),
]
GOOD = {
    "stations": {"name": "助残站", "kind": "station", "starts_on": "2025-01-01"},
    "facilities": {"name": "阅览室", "kind": "reading", "area": "85.5", "opened_on": "2025-01-01"},
    "purchases": {
        "item": "监控",
        "occurred_on": "2025-03-01",
        "quantity": "4",
        "amount": "12800",
        "funding": "专项",
    },
    "surveys": {
        "title": "调查",
        "group": "residents",
        "occurred_on": "2025-03-01",
        "asked": "100",
        "valid": "90",
        "very_satisfied": "60",
        "satisfied": "20",
        "fairly_satisfied": "5",
        "unsatisfied": "5",
    },
}


def add(client, slug, **typed):
    data = {"_key": str(uuid.uuid4()), "domains": ["office"], **GOOD.get(slug, {}), **typed}
    return client.post(f"/ledger/{slug}/add/", data)


@pytest.mark.parametrize("slug", sorted(GOOD))
def test_what_is_right_is_stored(client_of, staff, slug):
    assert add(client_of(staff), slug).status_code == 302


@pytest.mark.parametrize(("slug", "typed", "field", "message"), WRONG)
def test_what_is_wrong_is_said_at_its_field(
    client_of, acting, community, staff, slug, typed, field, message
):
    answer = add(client_of(staff), slug, **typed)
    assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not ledgers[slug].model.objects.exists()


def test_zones_never_exceed_their_facility(client_of, acting, community, staff):
    client = client_of(staff)
    with acting(community):
        whole = office.facility(community, area=300)
        office.zone(whole, name="一区", area=180)
    more = {"facility": str(whole.pk), "name": "二区", "area": "120.01"}
    answer = add(client, "facility-zones", **more)
    assert "还可填 120.00㎡" in str(answer.context["form"].errors)
    assert add(client, "facility-zones", **more | {"area": "120"}).status_code == 302
    answer = client.post(
        f"/ledger/facilities/{whole.pk}/edit/",
        {
            "_key": str(uuid.uuid4()),
            "version": "1",
            "domains": ["office"],
            **GOOD["facilities"],
            "area": "299",
        },
    )
    assert "不能小于各功能区面积之和 300.00㎡" in str(answer.context["form"].errors)
    with acting(community):
        assert FacilityZone.objects.count() == 2
