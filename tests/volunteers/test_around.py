"""Trainings, awards, evaluations and insurances: one, several at once, and what is refused."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from residents.enums import ActivityKind
from residents.models import Activity
from tests.factories import volunteers as make
from volunteers.models import VolunteerInsurance, VolunteerTraining
from volunteers.worklists.volunteers import running_out

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 8)
LATER = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def desk(client_of, staff):
    return client_of(staff)


def posted(desk, path, **fields):
    return desk.post(path, fields | {"_key": uuid.uuid4()})


def test_several_take_a_training_that_is_an_activity(desk, community, acting):
    with acting(community):
        people = [make.volunteer(community, name) for name in ("林晓燕", "何秀英")]
        activity = Activity.objects.create(
            unit=community,
            occurred_on=DAY,
            title="应急救护培训",
            kind=ActivityKind.TRAINING,
            place="活动室",
            domains=["volunteers"],
        )
    assert "应急救护培训" in desk.get("/volunteers/train/").content.decode()
    keys = [person.pk for person in people]
    assert (
        posted(desk, "/volunteers/train/", people=keys, activity=activity.pk, hours=2).status_code
        == 302
    )
    again = posted(desk, "/volunteers/train/", people=keys, activity=activity.pk)
    assert "林晓燕：这位志愿者的这次培训已登记。" in again.content.decode()
    nothing = posted(desk, "/volunteers/train/", people=keys[:1]).content.decode()
    assert "请填写培训内容。" in nothing
    with acting(community):
        first = VolunteerTraining.objects.first()
        assert (first.title, first.place, first.activity) == ("应急救护培训", "活动室", activity)
        year = Period.parse("2025")
        read = {
            c: engine.read(f"volunteers.{c}", [community.pk], year).value
            for c in ("trained_times", "trained", "training_hours")
        }
        assert read == {"trained_times": 2, "trained": 2, "training_hours": 4}


def test_several_are_insured_at_once(desk, community, acting):
    with acting(community):
        people = [make.volunteer(community, name) for name in ("林晓燕", "何秀英")]
    fields = {"insurer": "人保财险", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}
    fields |= {"people": [person.pk for person in people]}
    wrong = posted(desk, "/volunteers/insure/", **fields | {"ends_on": "2024-12-31"})
    assert "到期日期不能早于起保日期。" in wrong.content.decode()
    assert posted(desk, "/volunteers/insure/", **fields).status_code == 302
    assert "已有这家单位的保险" in posted(desk, "/volunteers/insure/", **fields).content.decode()
    with acting(community):
        assert VolunteerInsurance.objects.count() == 2
        for day, insured in ((date(2025, 12, 31), 2), (date(2026, 1, 1), 0)):
            read = engine.read("volunteers.insured", [community.pk], Period(day, day))
            assert read.value == insured


@pytest.mark.parametrize(
    ("slug", "fields", "message"),
    [
        ("volunteer-awards", {"kind": "model", "name": "最美志愿者"}, "先进典型请写事迹。"),
        ("volunteer-awards", {"kind": "honour", "occurred_on": "2024-03-04"}, "才成为志愿者"),
        ("volunteer-evaluations", {"source": "served"}, "服务对象的评价请选择满意程度。"),
        ("volunteer-trainings", {"occurred_on": LATER}, "日期不能晚于今天。"),
    ],
)
def test_what_is_refused_says_why(desk, community, acting, slug, fields, message):
    with acting(community):
        person = make.volunteer(community)
    common = {"volunteer": person.pk, "occurred_on": "2025-03-08", "rank": "street"}
    words = {"name": "优秀志愿者", "grantor": "街道", "said": "热心", "title": "培训"}
    reply = posted(desk, f"/ledger/{slug}/add/", **common | words | fields)
    assert message in reply.content.decode()
    with acting(community):
        assert not ledgers[slug].model.objects.exists()


def test_insurances_run_out_of_those_who_have_signed_up(community, acting, desk):
    today = timezone.localdate()
    with acting(community):
        activity = make.announced(community, today + timedelta(days=7))
        shift = make.shift(activity)
        found = {}
        for name, days, signs in (("甲", 30, True), ("乙", 31, True), ("丙", 5, False)):
            person = make.volunteer(community, name)
            found[name] = VolunteerInsurance.objects.create(
                unit=community,
                volunteer=person,
                insurer="人保",
                starts_on=today - timedelta(days=300),
                ends_on=today + timedelta(days=days),
            )
            if signs:
                make.sign_up(shift, person)
        assert list(running_out([community.pk])) == [found["甲"]]
    again = desk.get(worklists["volunteers.insurances"].act_url(found["甲"]))
    form = again.context["form"]
    assert str(form["volunteer"].value()) == str(found["甲"].volunteer_id)
    assert form["insurer"].value() == "人保"
    with acting(community):
        VolunteerInsurance.objects.create(
            unit=community,
            volunteer=found["甲"].volunteer,
            insurer="人保",
            starts_on=today + timedelta(days=31),
            ends_on=today + timedelta(days=300),
        )
        assert not running_out([community.pk]).exists()
