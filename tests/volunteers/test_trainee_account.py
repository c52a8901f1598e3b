"""The account of somebody on placement: their own page, and not one page more."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.placement import conflicting
from portal.models import AccessLog
from portal.roles import Role
from tests import factories
from tests.architecture.test_urls import ALL, BY_LINK, PUBLIC, sample_url
from tests.factories import volunteers as make
from tests.security.asking import bare_refusals, without_frame
from volunteers.models import Trainee, TraineeLog

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OPEN = PUBLIC.keys() | BY_LINK  # without signing in, and the same for everybody
DAY = timedelta(days=1)
SHARED = {  # of whoever is signed in, and filled for their own account only
    "help",
    "help-news",
    "help-words",
    "notification-list",
    "notification-read-all",
    "notification-settings",
}
ACCOUNT = {  # of one's own way to sign in
    "login-code",
    "recovery-codes",
    "second-factor",
    "second-factor-new-codes",
    "second-factor-set-up",
    "second-factor-take-away",
    "session-end",
    "session-end-others",
    "session-list",
}
OWN = {
    "my-placement",
    "my-placement-words",
    "my-placement-paper",
    "my-placement-log",
    "my-placement-drop",
    "password_change",
    "password_change_done",
}


@pytest.fixture
def account(make_user, community):
    return make_user(Role.TRAINEE, community, name="苏文静")


@pytest.fixture
def person(acting, community, account):
    with acting(community):
        return make.trainee(
            community, user=account, starts_on=TODAY - 30 * DAY, ends_on=TODAY + 30 * DAY
        )


@pytest.fixture
def trainee_client(client_of, account):
    return client_of(account)


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def entry(**fields):
    typed = {
        "occurred_on": str(TODAY),
        "task": "phone",
        "hours": "2",
        "rest": "30",
        "what": "接听来电",
    }
    return typed | fields


# --- what it sees -------------------------------------------------------------------------------
def test_signed_in_they_come_to_their_own_page(trainee_client, person):
    answer = trainee_client.get("/", follow=True)
    assert answer.redirect_chain == [(reverse("my-placement"), 302)]
    assert [item["title"] for group in answer.context["nav"] for item in group["items"]] == [
        "我的实习日志"
    ]
    assert not answer.context["may_search"]


@pytest.fixture
def neighbours(acting, community, person):
    """What the office keeps in the trainee's own community, each with a canary in it."""
    with acting(community):
        resident = factories.resident(community, "金丝雀")
        other = make.trainee(community, "金丝雀同学", starts_on=TODAY - 30 * DAY, ends_on=TODAY)
        return {
            "residents": resident,
            "visits": factories.visit(resident, content="金丝雀"),
            "trainees": other,
            "trainee-logs": make.trainee_log(other, TODAY, what="金丝雀"),
            "volunteer-lectures": factories.activity(
                community, title="金丝雀讲座", kind="lecture", domains=["volunteers"]
            ),
        }


def addresses(route, neighbours):
    """The addresses of the route with the keys of the rows, each once, and the versions of these."""
    return {
        (sample_url(route, slug=slug, pk=row.pk), row.version) for slug, row in neighbours.items()
    }


@pytest.fixture
def bare():
    with bare_refusals(), without_frame():
        yield


def test_of_all_pages_only_their_own_open(trainee_client, neighbours, bare):
    """Every address of the portal, with keys of rows that lie in their own community."""
    opened = set()
    for name, (_, route) in sorted(ALL.items()):
        for url in dict(addresses(route, neighbours)):
            answer = trainee_client.get(url)
            assert "金丝雀" not in answer.content.decode(errors="ignore"), url
            if answer.status_code == 200 and name not in OPEN:
                opened.add(name)
            if name != "home" and name not in OPEN | ACCOUNT:
                assert answer.status_code in {200, 403, 404, 405}, (url, answer.status_code)
    assert opened <= OWN | SHARED | ACCOUNT
    assert "my-placement" in opened


def test_nothing_of_the_office_is_written_by_them(
    trainee_client, neighbours, acting, community, bare
):
    def versions():
        with acting(community):
            return [type(row).objects.get(pk=row.pk).version for row in neighbours.values()]

    before = versions()
    for name, (_, route) in sorted(ALL.items()):
        if name in OWN | SHARED | ACCOUNT or name in OPEN:
            continue
        for url, version in addresses(route, neighbours):
            answer = post(trainee_client, url, version=version, q="金丝雀")
            assert answer.status_code in {302, 403, 404, 405}, url
            assert "金丝雀" not in answer.content.decode(errors="ignore"), url
            if answer.status_code == 302:
                assert name == "home" or answer["Location"] == "/", url
    assert versions() == before


def test_the_account_holds_no_other_role():
    others = set(Role) - {Role.TRAINEE}
    assert all(conflicting(Role.TRAINEE, {role}) for role in others)
    assert all(conflicting(role, {Role.TRAINEE}) for role in others)
    assert not conflicting(Role.TRAINEE, set())


def test_an_account_that_is_linked_to_nobody_is_told_so(trainee_client):
    assert "还没有关联实践记录" in trainee_client.get("/volunteers/my-placement/").content.decode()
    assert trainee_client.get("/volunteers/my-placement/words/").status_code == 404


# --- their own days -----------------------------------------------------------------------------
def test_a_day_is_entered_and_told_in_the_sums(trainee_client, person, acting, community):
    page = post(trainee_client, "/volunteers/my-placement/", **entry())
    assert page.status_code == 302
    with acting(community):
        [log] = TraineeLog.objects.all()
        assert (log.minutes, log.by_self, log.recorded_by.name) == (150, True, "苏文静")
    body = trainee_client.get("/volunteers/my-placement/").content.decode()
    assert "2.50 小时" in body
    assert "待确认" in body


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"hours": "", "rest": ""}, "hours", "请填写做了多长时间。"),
        ({"hours": "24", "rest": "1"}, "hours", "一天不能超过 24 小时。"),
        ({"hours": "两"}, "hours", "请只填数字。"),
        ({"task": ""}, "task", "请选择工作类型。"),
        ({"occurred_on": str(TODAY - 31 * DAY)}, "occurred_on", "不在实践期内"),
        ({"occurred_on": str(TODAY + DAY)}, "occurred_on", "不能晚于今天"),
        ({"hours": "11", "what": ""}, "what", "超过 10 小时"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    trainee_client, person, acting, community, typed, field, told
):
    page = post(trainee_client, "/volunteers/my-placement/", **entry(**typed))
    assert page.status_code == 200
    assert any(told in message for message in page.context["form"].errors[field])
    with acting(community):
        assert not TraineeLog.objects.exists()


def test_two_entries_that_make_more_than_a_day_are_said_at_the_hours(trainee_client, person):
    post(trainee_client, "/volunteers/my-placement/", **entry(hours="14", what="防汛值守"))
    page = post(trainee_client, "/volunteers/my-placement/", **entry(hours="12", task="data"))
    assert "不能超过 24 小时" in page.context["form"].errors["hours"][0]


def test_they_change_and_delete_until_a_mentor_has_confirmed(
    trainee_client, person, acting, community
):
    with acting(community):
        log = make.trainee_log(person, TODAY)
    url = f"/volunteers/my-placement/{log.pk}/"
    shown = trainee_client.get(url).context["form"]
    versions = shown.fields["versions"].initial
    assert (
        post(trainee_client, url, versions=versions, **entry(hours="3", rest="")).status_code == 302
    )
    with acting(community):
        log.refresh_from_db()
        assert log.minutes == 180
        TraineeLog.objects.filter(pk=log.pk).update(confirmed_on=TODAY, confirmed_by="赵主任")
        log.refresh_from_db()
    for address in (url, f"{url}drop/"):
        assert trainee_client.get(address).status_code == 403
        versions = f"{log.pk}:{log.version}"
        assert post(trainee_client, address, versions=versions, **entry()).status_code == 403


def test_one_of_their_own_that_waits_is_deleted(trainee_client, person, acting, community):
    with acting(community):
        log = make.trainee_log(person, TODAY)
    url = f"/volunteers/my-placement/{log.pk}/drop/"
    assert "将删除" in trainee_client.get(url).content.decode()
    assert post(trainee_client, url, versions=f"{log.pk}:{log.version}").status_code == 302
    with acting(community):
        assert not TraineeLog.objects.kept().exists()


def test_another_persons_log_is_a_missing_page(trainee_client, neighbours):
    log = neighbours["trainee-logs"]
    for address in (
        f"/volunteers/my-placement/{log.pk}/",
        f"/volunteers/my-placement/{log.pk}/drop/",
    ):
        assert trainee_client.get(address).status_code == 404
        assert post(trainee_client, address, versions=f"{log.pk}:{log.version}").status_code == 404


@pytest.mark.parametrize(
    "over",
    [
        {"ends_on": TODAY - DAY},
        {"appraised_on": TODAY, "grade": "good"},
        {"starts_on": TODAY + DAY},
    ],
)
def test_before_the_first_and_after_the_last_day_the_page_is_read_only(
    trainee_client, person, acting, community, over
):
    with acting(community):
        Trainee.objects.filter(pk=person.pk).update(**over)
        log = make.trainee_log(person, TODAY - 2 * DAY)
    page = trainee_client.get("/volunteers/my-placement/")
    assert page.status_code == 200
    assert "保存这一项" not in page.content.decode()
    url = f"/volunteers/my-placement/{log.pk}/"
    assert post(trainee_client, "/volunteers/my-placement/", **entry()).status_code == 403
    for address in (url, f"{url}drop/", "/volunteers/my-placement/words/"):
        assert trainee_client.get(address).status_code == 403


def test_on_the_last_day_they_still_write(trainee_client, person, acting, community):
    with acting(community):
        Trainee.objects.filter(pk=person.pk).update(ends_on=TODAY)
    assert post(trainee_client, "/volunteers/my-placement/", **entry()).status_code == 302


def test_their_own_words_and_their_own_paper_once_appraised(
    trainee_client, person, acting, community
):
    url = "/volunteers/my-placement/words/"
    versions = trainee_client.get(url).context["form"].fields["versions"].initial
    assert post(trainee_client, url, versions=versions, own_words="学到很多。").status_code == 302
    assert trainee_client.get("/volunteers/my-placement/appraisal.pdf").status_code == 403
    with acting(community):
        Trainee.objects.filter(pk=person.pk).update(grade="good", appraised_on=TODAY)
    paper = trainee_client.get("/volunteers/my-placement/appraisal.pdf")
    assert paper.content.startswith(b"%PDF")
    with acting(community):
        assert AccessLog.objects.filter(field="appraisal", subject_id=person.pk).exists()


# --- who links an account -----------------------------------------------------------------------
def test_staff_link_only_free_accounts_of_trainees_of_their_unit(
    client_of, make_user, community, other_community, account, acting
):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    elsewhere = make_user(Role.TRAINEE, other_community)
    taken = make_user(Role.TRAINEE, community)
    with acting(community):
        make.trainee(community, "何嘉怡", user=taken)
    form = client_of(clerk).get("/ledger/trainees/add/").context["form"]
    offered = set(form.fields["user"].queryset)
    assert offered == {account}
    assert not {clerk, elsewhere, taken} & offered


def test_a_deleted_placement_sets_its_account_free(client_of, make_user, community, person, acting):
    clerk = client_of(make_user(Role.COMMUNITY_STAFF, community))
    answer = post(clerk, f"/ledger/trainees/{person.pk}/delete/", version=person.version)
    assert answer.status_code == 302
    with acting(community):
        gone = Trainee.objects.get(pk=person.pk)
        assert gone.deleted_at
        assert gone.user is None
    form = clerk.get("/ledger/trainees/add/").context["form"]
    assert form.fields["user"].queryset.count() == 1
