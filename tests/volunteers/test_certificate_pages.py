"""Pages of certificates: asking, its steps by each role, the register, worklists, figures, many at once."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from portal.figures import engine
from portal.ledgers.registry import ledgers
from portal.models import Serial
from portal.periods import Period
from portal.roles import Role
from portal.scope import access_of, scope, scope_of_units
from portal.worklists import worklists
from tests.factories import volunteers as make
from tests.volunteers.certifying import ISSUED, ask, head, issued, leader, person, post, staff
from volunteers.enums.certificates import CertificateState as C
from volunteers.enums.hours import HoursState
from volunteers.models import ServiceCertificate
from volunteers.services import certificates as services

__all__ = ["head", "leader", "person", "staff"]
db = pytest.mark.django_db
ASKED = {"purpose": "升学", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}


def step_url(certificate, name):
    return f"/volunteers/certificates/{certificate.pk}/{name}/"


# --- asking --------------------------------------------------------------------------------------
@db
def test_staff_ask_for_it_from_the_volunteers_page(client_of, acting, staff, person):
    client = client_of(staff)
    url = f"/volunteers/people/{person.pk}/certificate/"
    assert url in client.get(f"/ledger/volunteers/{person.pk}/").content.decode()
    assert client.get(url).context["form"].fields["starts_on"].initial == person.joined_on
    answer = post(client, url, **ASKED)
    with acting(staff):
        certificate = ServiceCertificate.objects.get()
        assert (certificate.state, certificate.by_self) == (C.REQUESTED, False)
        assert certificate.recorded_by == staff
    assert answer["Location"] == f"/ledger/service-certificates/{certificate.pk}/"


@db
@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"purpose": ""}, "purpose", "请填写用途。"),
        ({"starts_on": ""}, "starts_on", "请填写服务起始日期。"),
        ({"starts_on": "2024-01-01", "ends_on": "2024-12-31"}, "starts_on", "没有已计入"),
        ({"ends_on": "2099-01-01"}, "ends_on", "不能晚于申请日期"),
    ],
)
def test_a_wrong_request_is_told_at_its_field(
    client_of, acting, staff, person, fields, field, message
):
    answer = post(
        client_of(staff), f"/volunteers/people/{person.pk}/certificate/", **(ASKED | fields)
    )
    assert message in str(answer.context["form"].errors[field])
    with acting(staff):
        assert not ServiceCertificate.objects.exists()


@db
def test_others_ask_for_nobody(client_of, make_user, head, community, other_community, person):
    url = f"/volunteers/people/{person.pk}/certificate/"
    assert client_of(head).get(url).status_code == 403
    stranger = make_user(Role.COMMUNITY_STAFF, other_community)
    assert client_of(stranger).get(url).status_code == 404


# --- steps ---------------------------------------------------------------------------------------
@db
def test_it_is_issued_with_what_stands_on_it_told_first(client_of, acting, staff, person):
    with acting(staff):
        certificate = ask(person, staff)
    client = client_of(staff)
    page = client.get(step_url(certificate, "issue"))
    assert "已计入服务 1 次，共 2.08 小时" in page.content.decode()
    assert page.context["form"].fields["clerk"].initial == "李梅"
    versions = f"{certificate.pk}:{certificate.version}"
    missing = post(client, step_url(certificate, "issue"), versions=versions, clerk="李梅")
    assert missing.context["form"].errors["manager"] == ["请填写负责人。"]
    post(client, step_url(certificate, "issue"), versions=versions, **ISSUED, note="")
    with acting(staff):
        certificate.refresh_from_db()
        assert certificate.state == C.ISSUED
        assert certificate.label == f"〔{timezone.localdate().year}〕1号"
    again = client.get(step_url(certificate, "issue"))
    assert again["Location"] == f"/ledger/service-certificates/{certificate.pk}/"
    stale = post(client, step_url(certificate, "issue"), versions=versions, **ISSUED, note="")
    assert stale.status_code == 409


@db
def test_a_head_revokes_and_staff_do_not(client_of, acting, staff, head, leader, person):
    with acting(staff):
        certificate = issued(person, staff)
    url = step_url(certificate, "revoke")
    assert client_of(staff).get(url).status_code == 403
    assert client_of(leader).get(url).status_code == 403
    client = client_of(head)
    versions = f"{certificate.pk}:{certificate.version}"
    empty = post(client, url, versions=versions, revoked_for="")
    assert empty.context["form"].errors["revoked_for"] == ["请填写原因。"]
    post(client, url, versions=versions, revoked_for="时长有误")
    with acting(staff):
        certificate.refresh_from_db()
        assert (certificate.state, certificate.revoked_on) == (C.REVOKED, timezone.localdate())


@db
def test_an_unknown_step_and_a_foreign_certificate_are_not_there(
    client_of, make_user, acting, other_community, staff, person
):
    with acting(staff):
        certificate = ask(person, staff)
    assert client_of(staff).get(step_url(certificate, "burn")).status_code == 404
    stranger = make_user(Role.COMMUNITY_STAFF, other_community)
    assert client_of(stranger).get(step_url(certificate, "issue")).status_code == 404


@db
@pytest.mark.parametrize(
    ("role", "state", "labels"),
    [
        (Role.COMMUNITY_STAFF, C.REQUESTED, ["出具", "不出具"]),
        (Role.COMMUNITY_STAFF, C.ISSUED, []),
        (Role.COMMUNITY_HEAD, C.REQUESTED, []),
        (Role.COMMUNITY_HEAD, C.ISSUED, ["撤销"]),
        (Role.COMMUNITY_HEAD, C.REVOKED, []),
    ],
)
def test_the_record_offers_what_the_user_may_do(
    acting, community, make_user, person, role, state, labels
):
    user = make_user(role, community)
    with acting(community):
        certificate = ask(person)
        if state != C.REQUESTED:
            certificate = services.issue(certificate, **ISSUED, by=None)
        if state == C.REVOKED:
            certificate = services.revoke(certificate, "时长有误", by=None)
        actions = ledgers["service-certificates"].actions(certificate, user)
    assert [action.label for action in actions] == labels


@db
def test_nobody_writes_the_register_by_hand(client_of, staff, acting, person):
    with acting(staff):
        certificate = issued(person, staff)
    client = client_of(staff)
    assert client.get("/ledger/service-certificates/add/").status_code in {403, 404}
    assert client.get(f"/ledger/service-certificates/{certificate.pk}/edit/").status_code in {
        403,
        404,
    }
    page = client.get(f"/ledger/service-certificates/{certificate.pk}/").content.decode()
    assert "证明内容（出具时固定）" in page
    assert "周末清洁家园" in page
    assert person.masked_number in page
    assert person.number not in page


@db
def test_its_hours_are_a_number_that_sheets_can_add(acting, staff, person):
    column = next(
        c for c in ledgers["service-certificates"].shown_columns if c.label == "时长（小时）"
    )
    with acting(staff):
        assert column.read(issued(person, staff)) == Decimal("2.08")
        assert column.read(ask(person, staff)) is None


@db
@pytest.mark.parametrize("typed", ["林晓", "lxy", "升学", "00001"])
def test_it_is_found_by_name_number_and_purpose(acting, staff, person, typed):
    with acting(staff):
        certificate = issued(person, staff)
        other = make.volunteer(person.unit, name="王桂芳")
        make.service(other, make.held(person.unit))
        services.issue(ask(other, staff, purpose="就业"), **ISSUED, by=staff)
        rows = ServiceCertificate.objects.all()
        assert list(ledgers["service-certificates"].found(rows, typed)) == [certificate]


# --- worklists and figures --------------------------------------------------------------------------
def due(code, user):
    declared = worklists[code]
    units = access_of(user).units(declared.permission)
    return list(declared.rows(units))


@db
def test_requests_wait_for_staff_and_what_fell_for_the_head(acting, staff, head, person):
    with acting(staff):
        certificate = ask(person, staff)
        assert due("volunteers.certificates_waiting", staff) == [certificate]
        assert due("volunteers.certificates_waiting", head) == []
        certificate = services.issue(certificate, **ISSUED, by=staff)
        assert due("volunteers.certificates_waiting", staff) == []
    with acting(head):
        assert due("volunteers.certificates_fallen", head) == []
        record = person.services.get()
        record.state, record.void_reason = HoursState.REVOKED, "代签"
        record.save()
        assert due("volunteers.certificates_fallen", head) == [certificate]
        assert due("volunteers.certificates_fallen", staff) == []


@db
def test_figures_count_by_the_day_of_issue_and_of_revocation(acting, community, person):
    with acting(community):
        for purpose in ("升学", "就业"):
            certificate = services.issue(
                services.request(
                    person, purpose, make.DAY, make.DAY, by=None, on=timezone.localdate()
                ),
                **ISSUED,
                by=None,
            )
        services.revoke(certificate, "时长有误", by=None)
        ask(person)
        this = Period.parse(str(timezone.localdate().year))
        before = Period.parse(str(timezone.localdate().year - 1))

        def read(name, period):
            return engine.read(f"volunteers.{name}", {community.pk}, period).value

        assert read("certificates", this) == 2
        assert read("certificate_persons", this) == 1
        assert float(read("certificate_hours", this)) == 4.17
        assert read("certificates_revoked", this) == 1
        assert read("certificates", before) == read("certificates_revoked", before) == 0


# --- many at once ----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_numbers_issued_at_once_have_no_gap_and_no_twin(acting, community):
    """Half of the threads fail after their number was given: it goes to the next."""
    with acting(community):
        person = make.volunteer(community)
        make.service(person, make.held(community))
        people = [make.volunteer(community, name=f"志愿者{n}") for n in range(7)]
        activity = make.held(community, title="别的活动")
        for one in people:
            make.service(one, activity)
        asked = [ask(one) for one in (person, *people)]
    start, faults = threading.Barrier(len(asked)), []

    def run(certificate, breaks):
        try:
            start.wait(timeout=30)
            with scope(scope_of_units([community.pk], "command:test")):
                services.issue(certificate, **ISSUED, by=None)
                if breaks:
                    raise RuntimeError("after the number was given")
        except RuntimeError:
            pass
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(certificate, n % 2 == 1))
        for n, certificate in enumerate(asked)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    with acting(community):
        numbers = ServiceCertificate.objects.filter(number__isnull=False)
        assert sorted(numbers.values_list("number", flat=True)) == [1, 2, 3, 4]
        assert Serial.objects.get(series=services.SERIES).last == 4


@pytest.mark.django_db(transaction=True)
def test_one_request_issued_twice_at_once_has_one_number(acting, community):
    with acting(community):
        person = make.volunteer(community)
        make.service(person, make.held(community))
        certificate = ask(person)
    start, faults = threading.Barrier(4), []

    def run():
        try:
            start.wait(timeout=30)
            with scope(scope_of_units([community.pk], "command:test")):
                services.issue(certificate, **ISSUED, by=None)
        except Exception as error:
            faults.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == ["StaleRecord"] * 3
    with acting(community):
        certificate.refresh_from_db()
        assert certificate.number == Serial.objects.get(series=services.SERIES).last == 1
