"""志愿服务证明: what it stands on, its number, its frozen words, and who may take which step."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.models import Serial
from portal.roles import Role
from portal.scope import Denied, Scope, scope
from tests import factories
from tests.factories import volunteers as make
from tests.sharing import undone_afterwards
from tests.volunteers.certifying import FIRST, ISSUED, LAST, ask, head, issued, person, said, staff
from volunteers.enums.certificates import CertificateState as C
from volunteers.enums.hours import HoursState
from volunteers.models import (
    ServiceCertificate,
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerTraining,
)
from volunteers.selectors import certificates as selectors
from volunteers.services import certificates as services

pytestmark = pytest.mark.django_db
__all__ = ["head", "person", "staff"]


# --- what counts --------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [s for s in HoursState if s != HoursState.COUNTED])
def test_only_counted_records_make_a_certificate(acting, community, staff, state):
    with acting(community):
        person = make.volunteer(community)
        more = {"void_reason": "重复"} if state in {"refused", "revoked"} else {}
        more |= {"left_at": None} if state == HoursState.OPEN else {}
        make.service(person, make.held(community), state=state, **more)
    with acting(staff), pytest.raises(ValidationError) as refused:
        ask(person, staff)
    [message] = refused.value.message_dict["starts_on"]
    waits = state in selectors.UNDER_WAY
    assert message == (
        "这段时间还没有已计入的服务记录（1 条还在确认或公示），计入后才能出具证明。"
        if waits
        else "这段时间没有已计入的服务记录，不能出具证明。"
    )
    assert not ServiceCertificate.objects.exists()


def test_the_days_asked_for_bound_it_on_both_sides(acting, community, staff, person):
    day = make.DAY
    with acting(staff):
        one = services.request(person, "就业", day, day, by=staff)
        assert services.issue(one, **ISSUED, by=staff).minutes == 125
        for other in (day - timedelta(days=1), day + timedelta(days=1)):
            with pytest.raises(ValidationError):
                services.request(person, "就业", other, other, by=staff)


def test_who_keeps_the_record_certifies_it(acting, community, other_community, staff, person):
    with acting(community, other_community):
        elsewhere = make.held(other_community, day=date(2025, 4, 1))
        record = make.service(make.volunteer(other_community), elsewhere, minutes=60)
        record.volunteer = person
        record.save()
    with acting(staff):
        assert issued(person, staff).minutes == 125


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"purpose": " "}, "purpose", None),
        ({"starts_on": LAST, "ends_on": FIRST}, None, None),
        (
            {"ends_on": timezone.localdate() + timedelta(days=1)},
            "ends_on",
            "截止日期不能晚于申请日期，证明只写已完成的服务。",
        ),
    ],
)
def test_a_wrong_request_is_refused_at_its_field(acting, staff, person, fields, field, message):
    with acting(staff), pytest.raises(ValidationError) as refused:
        ask(person, staff, **fields)
    errors = refused.value.message_dict
    assert field is None or field in errors
    assert message is None or errors[field] == [message]


def test_the_same_is_asked_for_once_and_three_may_wait(acting, staff, person):
    with acting(staff):
        ask(person, staff)
        with pytest.raises(ValidationError, match="同样的证明已经申请"):
            ask(person, staff)
        ask(person, staff, purpose="就业")
        ask(person, staff, purpose="评优")
        with pytest.raises(ValidationError, match="已有 3 件"):
            ask(person, staff, purpose="入党")


def test_a_volunteer_asks_by_their_own_link(community, person):
    own = Scope(frozenset({community.pk}), frozenset(), f"volunteer:{person.pk}")
    with scope(own):
        certificate = ask(person)
    with scope(own):
        certificate.refresh_from_db()
        assert (certificate.by_self, certificate.recorded_by, certificate.state) == (
            True,
            None,
            C.REQUESTED,
        )


# --- what it says ---------------------------------------------------------------------------------
def test_every_field_of_the_rule_is_in_it(acting, community, staff):
    with acting(community):
        resident = factories.resident(community, "林晓燕")
        person = make.volunteer(community, resident=resident)
        for day, minutes in ((8, 120), (15, 90)):
            act = make.held(community, date(2025, 3, day), serves="过往居民", content="清理楼道")
            make.service(person, act, minutes=minutes)
        kept = {"unit": community, "volunteer": person, "occurred_on": date(2025, 5, 4)}
        VolunteerTraining.objects.create(**kept, title="急救培训", organiser="区红会", hours=4)
        VolunteerAward.objects.create(
            **kept, name="优秀志愿者", grantor="春华街道", kind="honour", rank="town"
        )
        for source, level, words in (
            ("served", 5, "很好"),
            ("served", 4, "好"),
            ("complaint", 1, "迟到"),
        ):
            VolunteerEvaluation.objects.create(**kept, source=source, level=level, said=words)
    with acting(staff):
        certificate = issued(person, staff, note="无")
    today = timezone.localdate()
    assert (
        said(certificate)
        == {
            "number": f"〔{today.year}〕1号",
            "issued_on": str(today),
            "purpose": "升学",
            "note": "无",
            "name": "林晓燕",
            "id_kind": "居民身份证",
            "id_number": resident.id_number,
            "serial_number": person.serial_number,
            "starts_on": "2025-01-01",
            "ends_on": "2025-12-31",
            "services": [
                {
                    "name": "周末清洁家园",
                    "kind": "卫生大扫除",
                    "place": "明珠小区",
                    "serves": "过往居民",
                    "what": ["清理楼道"],
                    "days": ["2025-03-08", "2025-03-15"],
                    "minutes": 210,
                }
            ],
            "minutes": 210,
            "trainings": [
                {
                    "day": "2025-05-04",
                    "title": "急救培训",
                    "organiser": "区红会",
                    "place": "",
                    "hours": 4,
                }
            ],
            "awards": [{"day": "2025-05-04", "name": "优秀志愿者", "grantor": "春华街道"}],
            "evaluations": ["服务对象评价 2 次（非常满意 1 次、满意 1 次）"],
            "issuer": "明珠社区",
        }
        | ISSUED
    )


def test_later_changes_leave_the_paper_as_it_is(acting, community, staff, person):
    with acting(staff):
        certificate = issued(person, staff)
        before = certificate.content
        person.name = "林小燕"
        person.save()
        record = person.services.get()
        record.activity.title = "别的活动"
        record.activity.save()
        certificate.refresh_from_db()
        assert certificate.content == before


# --- steps ----------------------------------------------------------------------------------------
def in_state(person, by, head, state):
    if state == C.REQUESTED:
        return ask(person, by)
    if state == C.DECLINED:
        return services.decline(ask(person, by), "材料不符", by=by)
    certificate = issued(person, by)
    return services.revoke(certificate, "时长有误", by=head) if state == C.REVOKED else certificate


STEPS = {
    "issue": lambda c, by: services.issue(c, **ISSUED, by=by),
    "decline": lambda c, by: services.decline(c, "材料不符", by=by),
    "revoke": lambda c, by: services.revoke(c, "时长有误", by=by),
}
ALLOWED = {("issue", C.REQUESTED), ("decline", C.REQUESTED), ("revoke", C.ISSUED)}
TARGETS = {"issue": C.ISSUED, "decline": C.DECLINED, "revoke": C.REVOKED}
MAY = {
    Role.COMMUNITY_STAFF: {"issue", "decline"},
    Role.VOLUNTEER_LEADER: {"issue", "decline"},
    Role.COMMUNITY_HEAD: {"revoke"},
    Role.STREET_SUPERVISOR: {"revoke"},
    Role.STREET_SECTION: set(),
    Role.WINDOW_CLERK: set(),
}


@pytest.mark.parametrize("state", C)
def test_each_step_from_each_state_by_each_role(
    acting, community, street, make_user, staff, head, person, state
):
    users = {
        role: make_user(role, street if role.startswith("street") else community) for role in MAY
    }
    with acting(community):
        pk = in_state(person, staff, head, state).pk
    for role, user in users.items():
        for name in STEPS:
            expected = None if (name, state) in ALLOWED else ValidationError
            if name not in MAY[role]:
                expected = Denied
            with undone_afterwards():
                assert tried(acting, community, pk, name, user) == (
                    expected,
                    state if expected else TARGETS[name],
                ), (role, name)


def tried(acting, community, pk, name, user) -> tuple:
    """How the step was refused, and the state that the certificate then has."""
    refused = None
    with acting(community):
        certificate = ServiceCertificate.objects.get(pk=pk)
    with acting(user):
        try:
            STEPS[name](certificate, user)
        except (ValidationError, Denied) as error:
            refused = type(error)
    with acting(community):
        return refused, ServiceCertificate.objects.get(pk=pk).state


@pytest.mark.parametrize("lacking", ISSUED)
def test_who_issues_it_is_named(acting, staff, person, lacking):
    with acting(staff):
        certificate = ask(person, staff)
        with pytest.raises(ValidationError) as refused:
            services.issue(certificate, **(ISSUED | {lacking: " "}), by=staff)
        assert list(refused.value.message_dict) == [lacking]
        assert not Serial.objects.filter(series=services.SERIES).exists()


def test_a_stale_page_issues_nothing_and_uses_no_number(acting, staff, head, person):
    with acting(staff):
        loaded = ask(person, staff)
        services.issue(loaded, **ISSUED, by=staff)
        with pytest.raises(StaleRecord):
            services.issue(loaded, **ISSUED, by=staff)
        second = services.issue(ask(person, staff, purpose="就业"), **ISSUED, by=staff)
        assert second.number == 2


# --- certificates that no longer hold ---------------------------------------------------------------
def revoke_record(record):
    record.state, record.void_reason = HoursState.REVOKED, "代签"


def cut(record):
    record.minutes -= 1


def lengthen(record):
    record.minutes += 60


def bin_it(record):
    record.deleted_at = timezone.now()


@pytest.mark.parametrize(
    ("change", "named"), [(revoke_record, True), (cut, True), (bin_it, True), (lengthen, False)]
)
def test_what_stands_on_a_record_that_fell_is_to_be_looked_at(
    acting, staff, head, person, change, named
):
    with acting(staff):
        certificate = issued(person, staff)
        assert not selectors.no_longer_true(certificate)
        record = person.services.get()
        change(record)
        record.save()
        assert selectors.no_longer_true(certificate) is named
    with acting(head):
        services.revoke(certificate, "时长有误", by=head)
        assert not selectors.no_longer_true(certificate)


def test_a_record_revoked_before_the_issue_is_no_matter(acting, community, staff, person):
    with acting(community):
        other = make.held(community, date(2025, 4, 1))
        make.service(person, other, state=HoursState.REVOKED, void_reason="代签")
    with acting(staff):
        assert not selectors.no_longer_true(issued(person, staff))
