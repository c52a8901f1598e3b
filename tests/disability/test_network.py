"""Workers and their trainings, bodies and what they offer, the shares of the office's facts."""

import uuid
from datetime import date

import pytest

from disability.enums.network import WorkerRole
from disability.models import RehabWorker, WorkerAttendance
from portal.figures import engine
from portal.office.models import LeadingGroup, Partner, WorkPlan
from portal.periods import Period
from portal.roles import Role
from portal.scope import below
from residents.enums import TrainingTopic
from residents.models import Activity
from tests import factories

YEAR = Period.parse("2025")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def value(acting):
    """``value(code, unit)``: the figure of 2025 of the unit and all below."""

    def read(code, unit, period=YEAR):
        with acting(unit):
            return engine.read(f"disability.{code}", below({unit.pk}), period).value

    return read


def send(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


# --- workers and trainings --------------------------------------------------------------------


def test_one_tick_list_notes_all_workers_of_a_training(acting, client_of, staff, community, value):
    with acting(community):
        doctors = [
            factories.rehab_worker(community, f"医生{n}", role=WorkerRole.DOCTOR) for n in range(6)
        ]
        coordinators = [factories.rehab_worker(community, f"协调员{n}") for n in range(30)]
        factories.rehab_worker(community, "已离岗", ends_on=date(2025, 2, 1))
        training = factories.workers_training(community, hours=24)
    client = client_of(staff)
    page = client.get(f"/ledger/disability-activities/{training.pk}/").content.decode()
    address = f"/disability/trainings/{training.pk}/workers/"
    assert address in page
    form = client.get(address)
    assert len(form.context["form"].fields["workers"].choices) == 36
    chosen = [worker.pk for worker in (*doctors, *coordinators)]
    assert send(client, address, workers=chosen, hours=24, result="合格").status_code == 302
    assert value("workers_trained", community) == 36
    assert value("doctors_trained", community) == 6
    assert value("coordinators_trained", community) == 30
    assert value("coordinators", community) == 30
    assert value("training_hours", community) == 24
    assert value("worker_hours", community) == 36 * 24
    again = send(client, address, workers=chosen, hours=24).headers["Location"]
    assert "另有 36 人此前已登记" in client.get(again).content.decode()
    assert value("worker_person_times", community) == 36


def test_nobody_ticked_is_said_at_the_list(acting, client_of, staff, community):
    with acting(community):
        factories.rehab_worker(community)
        training = factories.workers_training(community)
    answer = send(client_of(staff), f"/disability/trainings/{training.pk}/workers/", hours=3)
    assert "请勾选参训人员。" in answer.content.decode()


def test_coverage_counts_coordinators_in_office_who_were_trained_in_the_period(
    acting, community, value
):
    with acting(community):
        training = factories.workers_training(community, occurred_on=date(2025, 4, 1))
        trained, gone, untrained = (
            factories.rehab_worker(community, name) for name in ("甲", "乙", "丙")
        )
        before = factories.rehab_worker(community, "丁", starts_on=date(2024, 1, 1))
        old = factories.workers_training(community, occurred_on=date(2024, 4, 1), title="去年培训")
        factories.worker_attendance(training, trained)
        factories.worker_attendance(training, gone)
        factories.worker_attendance(old, before)
        gone.ends_on = date(2025, 12, 30)
        gone.save()
    assert value("coordinators", community) == 3  # the last day of office was the 30th
    assert value("coordinators_trained", community) == 1
    assert value("workers_trained", community) == 2
    with acting(community):
        reading = engine.read("disability.coordinator_coverage", {community.pk}, YEAR)
    assert reading.full == "33.3%（1/3）"
    assert untrained.pk


def test_a_street_training_counts_for_the_communities_whose_workers_came(
    acting, client_of, staff, street, community, other_community, value
):
    with acting(street, community, other_community):
        training = factories.workers_training(street)
        here = factories.rehab_worker(community)
        there = factories.rehab_worker(other_community, "赵敏")
        factories.worker_attendance(training, here)
        factories.worker_attendance(training, there)
    assert value("workers_trained", community) == 1
    assert value("workers_trained", street) == 2
    assert value("worker_trainings", street) == 1
    assert value("worker_trainings", community) == 0  # the street held it
    listed = client_of(staff).get("/ledger/worker-attendances/").content.decode()
    assert "李梅" in listed
    assert "赵敏" not in listed
    assert training.title not in listed


def attendance(worker, training, **changes):
    data = {"worker": worker.pk, "activity": training.pk}
    return data | changes


def test_a_wrong_attendance_is_refused_at_its_field(
    acting, client_of, make_user, street, community
):
    with acting(street, community):
        worker = factories.rehab_worker(community, starts_on=date(2025, 5, 1))
        early = factories.workers_training(community, occurred_on=date(2025, 4, 1))
        booth = factories.activity(community, kind="publicity", occurred_on=date(2025, 6, 1))
        fit = factories.workers_training(community, occurred_on=date(2025, 6, 1), hours=8)
    client = client_of(make_user(Role.COMMUNITY_STAFF, street))
    add = "/ledger/worker-attendances/add/"
    assert "培训那天不在岗" in send(client, add, **attendance(worker, early)).content.decode()
    assert "类型不是“培训”" in send(client, add, **attendance(worker, booth)).content.decode()
    with acting(street):
        assert WorkerAttendance.objects.count() == 0
    assert send(client, add, **attendance(worker, fit)).status_code == 302
    with acting(community):
        [row] = WorkerAttendance.objects.all()
    assert (row.unit, row.occurred_on, row.hours) == (community, date(2025, 6, 1), 8)
    twice = send(client, add, **attendance(worker, fit)).content.decode()
    assert "这位人员已登记参加这次培训。" in twice


def test_the_same_person_is_not_twice_in_a_role(acting, client_of, staff, community):
    client, add = client_of(staff), "/ledger/rehab-workers/add/"
    worker = {"person": "李梅", "role": "coordinator", "starts_on": "2025-01-01"}
    assert send(client, add, **worker).status_code == 302
    again = send(client, add, **worker | {"starts_on": "2025-06-01"})
    assert "这个人在这段时间已登记这个角色。" in again.content.decode()
    unnamed = send(client, add, **worker | {"person": "赵敏", "certified_on": "2024-03-01"})
    assert "请填写资格证书。" in unnamed.content.decode()
    with acting(community):
        assert RehabWorker.objects.count() == 1


def test_special_trainings_are_counted_by_their_topic(acting, community, value):
    topics = [TrainingTopic.NEEDS_SURVEY, TrainingTopic.ORIENTATION]
    with acting(community):
        factories.workers_training(community, topics=topics)
        factories.workers_training(community, topics=[TrainingTopic.EMPLOYMENT], title="就业")
    assert value("trainings_needs_survey", community) == 1
    assert value("trainings_orientation", community) == 1
    assert value("trainings_care_database", community) == 0
    assert value("worker_trainings", community) == 1
    assert value("training_hours", community) == 24


# --- shares of the office's facts -------------------------------------------------------------


def test_a_body_recorded_here_is_the_office_s_partner(acting, client_of, staff, community, value):
    client = client_of(staff)
    body = {"name": "江湾医院", "kind": "hospital", "domains": ["disability"]}
    assert send(client, "/ledger/rehabilitation-bodies/add/", **body).status_code == 302
    with acting(community):
        partner = Partner.objects.get()
        factories.provider_service(partner)
    assert partner.domains == ["disability"]
    assert "江湾医院" in client.get("/ledger/partners/").content.decode()
    assert value("serving_bodies", community) == 1
    both = send(
        client,
        "/ledger/provider-services/add/",
        provider=partner.pk,
        services=["medical"],
        starts_on="2025-03-01",
    )
    assert "这家机构在这段时间已登记服务内容" in both.content.decode()


def test_shares_show_only_what_is_tagged_as_disability_work(
    acting, client_of, staff, community, value
):
    office = factories.office
    with acting(community):
        for domains, name in ((["disability"], "康复领导小组"), (["office"], "防汛领导小组")):
            group = office.leading_group(community, name=name, domains=domains)
            office.group_member(group, person=f"{name}组长")
            office.group_member(group, person=f"{name}医生", role="member", specialty="康复医学")
            plan = office.work_plan(community, title=name, domains=domains)
            office.work_task(plan, done_on=date(2025, 3, 9))
            office.work_task(plan, title="未完成")
            campaign = office.campaign(community, name=name, domains=domains)
            indicator = office.indicator(campaign, target=5)
            office.indicator(campaign, title="另一项")
            office.progress(indicator, value=6)
    client = client_of(staff)
    for slug in ("disability-groups", "disability-plans", "disability-campaigns"):
        page = client.get(f"/ledger/{slug}/").content.decode()
        assert "康复领导小组" in page
        assert "防汛领导小组" not in page
    assert (value("groups", community), value("specialists", community)) == (1, 1)
    assert (value("tasks_done", community), value("tasks_planned", community)) == (1, 2)
    assert (value("indicators_reached", community), value("indicators", community)) == (1, 2)
    with acting(community):
        assert LeadingGroup.objects.count() == WorkPlan.objects.count() == 2


# --- activities -------------------------------------------------------------------------------


def event(**changes):
    return {
        "title": "助残日宣传",
        "kind": "publicity",
        "occurred_on": "2025-05-15",
        "theme_day": "disability-day",
        "domains": ["disability"],
    } | changes


@pytest.mark.parametrize("slug", ["activities", "disability-activities"])
def test_a_wrong_ordinal_is_refused_at_the_title(acting, client_of, staff, community, slug):
    client, add = client_of(staff), f"/ledger/{slug}/add/"
    wrong = send(client, add, **event(title="第19次全国助残日宣传"))
    assert "2025年是第35次全国助残日，不是第19次，请核对。" in wrong.content.decode()
    with acting(community):
        assert not Activity.objects.exists()
    assert send(client, add, **event(title="第35次全国助残日宣传")).status_code == 302


def test_a_day_far_from_the_theme_day_is_warned_of_and_stored(acting, client_of, staff, community):
    client, add = client_of(staff), "/ledger/disability-activities/add/"
    near = client.post(add, {"_key": str(uuid.uuid4())} | event(), follow=True)
    assert "请核对日期和主题日" not in near.content.decode()
    far = event(title="迟到的宣传", occurred_on="2025-07-18")
    answer = client.post(add, {"_key": str(uuid.uuid4())} | far, follow=True)
    assert "离当年的全国助残日有 61 天，请核对日期和主题日。" in answer.content.decode()
    with acting(community):
        assert Activity.objects.count() == 2


def test_more_disabled_people_than_people_is_refused(acting, client_of, staff, community):
    data = event(participants=10, disabled_participants=11)
    answer = send(client_of(staff), "/ledger/disability-activities/add/", **data)
    assert "其中残疾人不能多于参加人次。" in answer.content.decode()
