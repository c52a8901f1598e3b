"""Notices: published once, never edited; receipts by person and unit; replaced, withdrawn, archived."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.attachments.services import files_of
from portal.models import Attachment, Notice, NoticeReceipt, Notification
from portal.notices import services
from portal.notices.reading import reading_by_unit
from portal.notices.workflow import NOTICE, NoticeState
from portal.roles import DUTIES, Role
from portal.scope import Denied
from tests.attachments.files import picture

pytestmark = pytest.mark.django_db
S = NoticeState


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street, name="吴科长")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community, name="孙文")


@pytest.fixture
def neighbour(make_user, other_community):
    return make_user(Role.COMMUNITY_STAFF, other_community, name="周芳")


@pytest.fixture
def draft(acting, section, street, community):
    """``draft(*units, …)``: of the street, asking for 已阅 in a week."""

    def make(*units, **fields):
        week = timezone.localdate() + timedelta(days=7)
        fields = {"title": "防汛值守", "text": "请做好值守。", "receipt_by": week} | fields
        with acting(section):
            notice = Notice(unit=street, **fields)
            return services.save_draft(notice, units or [street, community], by=section)

    return make


@pytest.fixture
def publish(acting, section, draft):
    def make(*units, **fields):
        notice = draft(*units, **fields)
        with acting(section):
            return services.publish(notice, version=notice.version, by=section)

    return make


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def now(acting, notice, user):
    with acting(user):
        return Notice.objects.get(pk=notice.pk)


def messages_of(acting, user, kind):
    with acting(user):
        return Notification.objects.of(user).filter(kind=kind).count()


def test_receipts_are_exact_by_unit_and_person(
    acting, publish, section, staff, clerk, neighbour, make_user, street, community
):
    make_user(Role.TRAINEE, community)
    make_user(Role.SYSTEM_ADMINISTRATOR, street)
    notice = publish()
    with acting(staff):
        assert services.confirm_read(notice, by=staff)
        assert not services.confirm_read(notice, by=staff)
    with acting(section):
        office, place = reading_by_unit(notice)
        assert (office.unit, office.total) == (street, 0)  # who published it is not asked
        assert [user for user, _ in place.read] == [staff]
        assert place.unread == [clerk]
        assert NoticeReceipt.objects.count() == 1


def test_only_who_is_addressed_reads_it_and_says_so(
    acting, client_of, publish, staff, neighbour, make_user, other_street
):
    notice = publish()
    stranger = make_user(Role.STREET_SUPERVISOR, other_street)
    assert client_of(staff).get(f"/notices/{notice.pk}/").status_code == 200
    for user in (neighbour, stranger):
        client = client_of(user)
        assert client.get(f"/notices/{notice.pk}/").status_code == 404
        assert post(client, f"/notices/{notice.pk}/read/").status_code == 404
        assert "防汛值守" not in client.get("/notices/").content.decode()
    with acting(neighbour), pytest.raises(Denied):
        services.confirm_read(notice, by=neighbour)


def test_a_draft_is_read_by_nobody_below_even_without_the_first_wall(
    acting, client_of, draft, staff
):
    notice = draft()
    assert client_of(staff).get(f"/notices/{notice.pk}/").status_code == 404
    with acting(staff):
        assert not Notice.objects.exists()


def test_a_published_notice_is_never_edited(acting, client_of, publish, section, street):
    notice = publish()
    client = client_of(section)
    assert client.get(f"/notices/{notice.pk}/edit/").status_code == 403
    notice.text = "另一番话"
    with acting(section), pytest.raises(Denied):
        services.save_draft(notice, [street], by=section)
    upload = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    assert post(client, f"/notices/{notice.pk}/files/", files=upload).status_code == 403
    assert now(acting, notice, section).text == "请做好值守。"


def test_a_new_version_replaces_the_old_and_asks_anew(acting, publish, section, staff):
    first = publish()
    with acting(staff):
        services.confirm_read(first, by=staff)
    with acting(section):
        second = services.begin_new_version(first, version=first.version, by=section)
        again = services.begin_new_version(first, version=first.version, by=section)
        assert again == second
        second.receipt_by = first.receipt_by
        services.save_draft(second, [first.unit, staff.assignments.get().unit], by=section)
        assert now(acting, first, section).state == S.OUT  # until the new one is out
        services.publish(second, version=second.version, by=section)
    assert now(acting, first, staff).state == S.REPLACED
    second = now(acting, second, staff)
    assert (second.number, second.state) == (2, S.OUT)
    with acting(section):
        [_, place] = reading_by_unit(second)
        assert place.unread == [staff]
        assert [user for user, _ in reading_by_unit(first)[1].read] == [staff]
    assert messages_of(acting, staff, "notices.asked") == 2
    with acting(staff), pytest.raises(Denied):
        services.confirm_read(first, by=staff) or services.check_step(staff, first, "remind")


def test_files_come_along_and_are_read_below_only_once_it_is_out(
    acting, client_of, draft, section, staff, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    notice = draft()
    client = client_of(section)
    upload = SimpleUploadedFile("值守安排.jpg", picture(), "image/jpeg")
    assert post(client, f"/notices/{notice.pk}/files/", files=upload).status_code == 302
    with acting(section):
        [row] = files_of(notice)
        assert (row.caption, row.read_below) == ("值守安排", False)
    with acting(staff):
        assert not Attachment.objects.exists()
    with acting(section):
        services.publish(notice, version=notice.version, by=section)
    answer = client_of(staff).get(f"/notices/{notice.pk}/files/{row.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    with acting(section):
        newer = services.begin_new_version(
            Notice.objects.get(pk=notice.pk), version=notice.version + 1, by=section
        )
        assert [each.caption for each in files_of(newer)] == ["值守安排"]


def test_those_who_have_not_read_are_reminded_and_no_others(
    acting, publish, section, staff, clerk, neighbour
):
    notice = publish()
    with acting(staff):
        services.confirm_read(notice, by=staff)
    with acting(section):
        assert services.remind(notice, by=section) == 1
    assert messages_of(acting, clerk, "notices.reminded") == 1
    for other in (staff, neighbour):
        assert messages_of(acting, other, "notices.reminded") == 0


def test_withdrawn_it_stays_with_its_reason_and_waits_for_nobody(
    acting, client_of, publish, section, staff
):
    notice = publish()
    client = client_of(staff)
    assert "待阅的通知" in client.get("/").content.decode()
    with acting(section):
        with pytest.raises(ValidationError):
            services.withdraw(notice, version=notice.version, reason="", by=section)
        services.withdraw(notice, version=notice.version, reason="时间有误", by=section)
    page = client.get(f"/notices/{notice.pk}/").content.decode()
    assert "时间有误" in page
    assert "请做好值守" in page
    assert ">已阅</button>" not in page
    assert "待阅的通知" not in client.get("/").content.decode()
    assert "防汛值守" in client.get("/notices/?past=1").content.decode()
    assert messages_of(acting, staff, "notices.withdrawn") == 1


STATES = [S.DRAFT, S.OUT, S.WITHDRAWN, S.ARCHIVED]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [*Role])
def test_each_step_is_for_the_publishers_of_its_own_office(
    acting, draft, section, make_user, street, community, state, role
):
    notice = draft()
    with acting(section):
        if state != S.DRAFT:
            notice = services.publish(notice, version=notice.version, by=section)
        if state == S.WITHDRAWN:
            services.withdraw(notice, version=notice.version, reason="误", by=section)
        if state == S.ARCHIVED:
            services.archive(notice, version=notice.version, by=section)
    notice = now(acting, notice, section)
    publishes = "notices.publish" in DUTIES[role].permissions
    for unit, own in ((street, True), (community, False)):
        user = make_user(role, unit)
        for name, step in NOTICE.steps.items():
            wanted = own and publishes and state in step.sources
            assert services.may_take(user, notice, name) == wanted, (unit, name)


def test_a_notice_goes_to_ones_own_office_and_below_alone(draft, other_street, street):
    with pytest.raises(ValidationError) as refusal:
        draft(other_street)
    assert "units" in refusal.value.message_dict
    assert draft(street).audience == [street.pk]


def test_writing_reading_and_seeing_who_read_through_the_pages(
    acting, client_of, section, staff, clerk, street, community
):
    client = client_of(section)
    week = timezone.localdate() + timedelta(days=7)
    form = {"title": "防汛值守", "text": "第一行\n第二行", "whom": "all", "receipt_by": week}
    past = form | {"receipt_by": week - timedelta(days=30)}
    assert "签阅期限不能早于今天" in post(client, "/notices/new/", **past).content.decode()
    answer = post(client, "/notices/new/", **form)
    assert answer.status_code == 302, answer.content.decode()
    url = answer["Location"]
    with acting(section):
        notice = Notice.objects.get()
        assert set(notice.audience) == {street.pk, community.pk}
    assert post(client, f"{url}publish/", version=notice.version).status_code == 302
    reader = client_of(staff)
    assert "防汛值守（春华街道）" in reader.get("/").content.decode()
    assert ">已阅</button>" in reader.get(url).content.decode()
    post(reader, f"{url}read/")
    assert "您在" in reader.get(url).content.decode()
    page = client.get(url).content.decode()
    assert "1 / 2 人已阅" in page
    assert clerk.name in page
    assert "谁看了" not in reader.get(url).content.decode()


def test_a_stale_publication_is_told(client_of, draft, section, acting):
    notice = draft()
    answer = post(client_of(section), f"/notices/{notice.pk}/publish/", version=9)
    assert answer.status_code == 409
    assert now(acting, notice, section).state == S.DRAFT


def test_the_list_asks_as_often_for_one_as_for_three(client_of, publish, staff):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, asked = client_of(staff), []
    for count in (1, 2):
        for _ in range(count):
            publish()
        with CaptureQueriesContext(connection) as found:
            assert client.get("/notices/").status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
