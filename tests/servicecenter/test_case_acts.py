"""What each step with a case asks and does beyond state and role."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import HandOverAnswer, Outcome, ReplyMode
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case, CaseMaterial, CasePartner, CasePause
from servicecenter.services.cases import act, register
from servicecenter.services.cases_parts import ask_partner, finish_partner
from tests import factories
from tests.factories import cases
from tests.servicecenter.casework import WHY, given, on_spot, recent, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community)


@pytest.fixture
def here(acting, staff, community):
    """Within the scope of the community's staff, where there is a hall."""
    with acting(staff):
        cases.hall(community, "春明代办")
        yield community


def refusal(case, name, by, values=None, note=WHY) -> dict:
    """The messages by field of a refused step, which changed nothing."""
    before = Case.objects.values().get(pk=case.pk)
    with pytest.raises(ValidationError) as refused:
        act(case, name, given(name) | (values or {}), note, by=by)
    assert Case.objects.values().get(pk=case.pk) == before
    error = refused.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def test_the_whole_way_leaves_a_step_at_each_stop(here, staff, section, acting, street):
    case, station = recent(here), cases.station(here)
    case = act(case, "accept", given("accept"), by=staff)
    assert (str(case.number), case.promised_days, case.clock_from) == (
        f"春明代办〔{today().year}〕1号",
        5,
        today(),
    )
    assert case.due_on is not None
    case = act(case, "assign", given("assign", station), by=staff)
    case = act(case, "take", {}, by=staff)
    case = act(case, "send_up", given("send_up"), by=staff)
    with acting(street):
        case = act(case, "receive", given("receive"), by=section)
        case = act(case, "approve", given("approve"), by=section)
    case = act(case, "reply", given("reply"), by=staff)
    case = act(case, "archive", given("archive"), "齐全", by=staff)
    told = case.steps.order_by("pk").values_list("action", "source", "target")
    assert [action for action, *_ in told] == (
        ["accept", "assign", "take", "send_up", "receive", "approve", "reply", "archive"]
    )
    sources = [source for _, source, _ in told]
    assert sources[1:] == [target for *_, target in told][:-1]
    last = case.steps.get(action="archive")
    assert (last.note, last.occurred_on, last.recorded_by) == ("齐全", today(), staff)


# --- beginning --------------------------------------------------------------------------------------


def drafted(unit, **fields):
    fields = {"resident": factories.resident(unit), "occurred_on": today()} | fields
    return Case(unit=unit, item=fields.pop("item", None) or cases.version(unit), **fields)


def test_a_registered_case_has_its_kind_its_materials_and_a_first_step(here, staff):
    case = drafted(here)
    first, second = case.item.materials.all()
    rows = [
        CaseMaterial(material=first, name=first.name, copies=1, given_on=today()),
        CaseMaterial(material=second, name=second.name),
    ]
    case = register(case, materials=rows, by=staff)
    assert (case.state, case.kind) == (S.REGISTERED, CaseKind.PROMISED)
    assert case.given.count() == 2
    assert case.steps.get().action == "register"
    assert "户口簿" in refusal(case, "accept", staff)[""][0]


def test_only_who_accepts_cases_registers_them(acting, make_user, community):
    handler = make_user(Role.STATION_HANDLER, community)
    with acting(handler):
        case = drafted(community)
        with pytest.raises(Denied):
            register(case, by=handler)
        assert not Case.objects.exists()


def test_a_material_that_the_guide_wants_at_once_may_not_follow(here, staff):
    case = drafted(here)
    material = case.item.materials.first()
    late = CaseMaterial(material=material, name=material.name, due_on=today())
    with pytest.raises(ValidationError) as refused:
        register(case, materials=[late], by=staff)
    assert "不能容缺" in refused.value.message_dict["materials"][0]


@pytest.mark.parametrize("kind", ["company", "person"])
def test_an_item_is_for_those_whom_it_names(here, staff, kind):
    applies_to = "persons" if kind == "company" else "bodies"
    version = cases.version(here, applies_to=applies_to)
    case = drafted(here, item=version, resident=None, outsider=cases.outsider(here, kind=kind))
    with pytest.raises(ValidationError) as refused:
        register(case, by=staff)
    assert "item" in refused.value.message_dict


def test_a_part_of_a_request_is_of_the_same_applicant(here, staff):
    parent = recent(here)
    with pytest.raises(ValidationError) as refused:
        register(drafted(here, parent=parent), by=staff)
    assert "同一位申请人" in refused.value.message_dict["parent"][0]
    part = register(drafted(here, parent=parent, resident=parent.resident), by=staff)
    assert list(parent.parts.all()) == [part]


# --- days, notes, versions --------------------------------------------------------------------------


def test_no_step_lies_ahead_or_before_the_last_one(here, staff):
    case = recent(here)
    tomorrow, before = today() + timedelta(days=1), case.occurred_on - timedelta(days=1)
    assert refusal(case, "accept", staff, {"accepted_on": tomorrow}) == {
        "accepted_on": ["日期不能晚于今天。"]
    }
    told = refusal(case, "accept", staff, {"accepted_on": before})
    assert told == {"accepted_on": [f"不能早于上一步的日期{case.occurred_on}。"]}


def test_what_a_step_needs_is_asked_for_at_its_field(here, staff):
    case = recent(here, S.HANDLING)
    told = refusal(case, "decide", staff, {"outcome": ""})
    assert told == {"outcome": ["请填写办理结果。"]}
    assert refusal(case, "transfer", staff, {"station": cases.station(here)}, note=" ") == {
        "note": ["转办请写明原因。"]
    }


def test_of_two_editors_the_second_loses_nothing_and_changes_nothing(here, staff):
    case, same = recent(here), None
    same = Case.objects.get(pk=case.pk)
    act(case, "refuse", given("refuse"), by=staff)
    with pytest.raises(StaleRecord):
        act(same, "accept", given("accept"), by=staff)
    assert Case.objects.get(pk=case.pk).state == S.REFUSED


# --- kinds ------------------------------------------------------------------------------------------


def test_on_the_spot_all_days_are_one_and_the_reply_is_in_person(here, staff):
    case = act(on_spot(here), "at_once", given("at_once"), by=staff)
    assert case.accepted_on == case.decided_on == case.replied_on == today()
    assert (case.state, case.reply_mode) == (S.REPLIED, ReplyMode.IN_PERSON)
    assert case.number_serial == 1
    assert "即办件" in refusal(recent(here), "at_once", staff)[""][0]


def test_an_on_spot_item_may_go_the_long_way(here, staff):
    case = act(on_spot(here), "accept", given("accept"), by=staff)
    case = act(case, "assign", given("assign", cases.station(here)), by=staff)
    case = act(case, "take", {}, by=staff)
    assert act(case, "decide", given("decide"), by=staff).state == S.DECIDED


def test_what_must_go_up_is_not_decided_here_but_may_end_here(here, staff):
    version = cases.version(here, kind=CaseKind.SENT_UP)
    case = recent(here, S.HANDLING, item=version)
    assert "街道" in refusal(case, "decide", staff)["outcome"][0]
    assert act(case, "decide", given("decide", outcome="ended"), by=staff).outcome == Outcome.ENDED


def test_all_that_is_missing_is_told_once(here, staff):
    case = recent(here, told_on=today(), missing="收入证明", supply_by=today())
    assert "已经一次性告知" in refusal(case, "supplement", staff)[""][0]


# --- hands ------------------------------------------------------------------------------------------


def test_a_returned_transfer_goes_back_to_the_former_station(here, staff):
    first, second = cases.station(here), cases.station(here, name="民政站")
    anna = cases.agent(here, "周建国", kind="handler", station=first)
    case = recent(here, S.HANDLING, station=first, handler=anna)
    case = act(case, "transfer", given("transfer", second), "属民政业务", by=staff)
    assert (case.state, case.station, case.handler) == (S.ASSIGNED, second, None)
    case = act(case, "return", {}, "不属本站", by=staff)
    assert (case.state, case.station, case.handler) == (S.HANDLING, first, anna)
    offer = case.hand_overs.get()
    assert (offer.answer, offer.answered_on) == (HandOverAnswer.RETURNED, today())


def test_a_returned_assignment_goes_back_to_the_clerk(here, staff):
    case = recent(here, S.ACCEPTED)
    case = act(case, "assign", given("assign", cases.station(here)), by=staff)
    assert case.hand_overs.get().answer == HandOverAnswer.WAITING
    case = act(case, "return", {}, "材料不全", by=staff)
    assert (case.state, case.station) == (S.ACCEPTED, None)


def test_a_case_goes_to_stations_of_the_unit_or_its_street_only(
    here, staff, acting, street, other_community
):
    with acting(street):
        foreign, above = cases.station(other_community), cases.station(street, name="街道民政所")
    case = recent(here, S.ACCEPTED)
    assert "station" in refusal(case, "assign", staff, {"station": foreign})
    assert act(case, "assign", given("assign", above), by=staff).station == above


def test_only_those_to_whom_it_is_offered_take_it(here, staff, acting, make_user):
    ours, theirs = (make_user(Role.STATION_HANDLER, here) for _ in range(2))
    station, other = cases.station(here), cases.station(here, name="民政站")
    named = cases.agent(here, "周建国", kind="handler", station=station, user=ours)
    cases.agent(here, "李卫东", kind="handler", station=other, user=theirs)
    case = recent(here, S.ACCEPTED)
    case = act(case, "assign", given("assign", station, handler=named), by=staff)
    with pytest.raises(Denied) as denied:
        act(case, "take", {}, by=theirs)
    assert "周建国" in str(denied.value)
    taken = act(case, "take", {}, by=ours)
    assert (taken.handler, taken.hand_overs.get().answer) == (named, HandOverAnswer.TAKEN)


def test_a_colleague_of_the_station_takes_what_the_station_is_offered(here, staff, make_user):
    user, colleague = (make_user(Role.STATION_HANDLER, here) for _ in range(2))
    station = cases.station(here)
    named = cases.agent(here, "周建国", kind="handler", station=station, user=user)
    other = cases.agent(here, "李卫东", kind="handler", station=station, user=colleague)
    case = recent(here, S.ACCEPTED)
    case = act(case, "assign", given("assign", station, handler=named), by=staff)
    assert act(case, "take", {}, by=colleague).handler == other


# --- the clock --------------------------------------------------------------------------------------


def test_a_pause_stops_the_clock_until_it_is_resumed(here, staff):
    case = recent(here, S.HANDLING)
    assert refusal(case, "pause", staff, {"evidence": ""}) == {
        "evidence": ["请填写依据，如公示编号、评定委托书。"]
    }
    case = act(case, "pause", given("pause"), by=staff)
    assert (case.state, case.paused_from, case.due_on) == (S.PAUSED, S.HANDLING, None)
    assert CasePause.objects.get().starts_on == today()
    case = act(case, "resume", {}, by=staff)
    assert (case.state, case.paused_from) == (S.HANDLING, "")
    assert case.due_on is not None
    assert CasePause.objects.get().ends_on == today()


def test_what_lies_with_the_street_is_paused_by_the_street(here, staff, section, acting, street):
    case = recent(here, S.AT_STREET)
    with pytest.raises(Denied):
        act(case, "pause", given("pause"), by=staff)
    with acting(street):
        case = act(case, "pause", given("pause"), by=section)
    with pytest.raises(Denied):
        act(case, "resume", {}, by=staff)


def test_time_is_added_once_before_it_is_over_and_within_the_law(here, head):
    version = cases.version(here, promised_days=5, legal_days=8)
    case = recent(here, S.HANDLING, item=version, legal_days=8)
    told = refusal(case, "extend", head, {"extended_days": 14})
    assert told == {"extended_days": ["法定时限8个工作日，最多可延长13个工作日。"]}
    over = recent(here, S.HANDLING, due_on=today() - timedelta(days=1))
    assert "已过" in refusal(over, "extend", head)[""][0]
    before = case.due_on
    case = act(case, "extend", given("extend"), by=head)
    assert (case.extended_on, case.due_on > before) == (today(), True)
    assert "一次" in refusal(case, "extend", head)[""][0]


# --- the end ----------------------------------------------------------------------------------------


def test_withdrawing_ends_the_pause_and_the_offer(here, staff):
    case = recent(here, S.ACCEPTED)
    case = act(case, "assign", given("assign", cases.station(here)), by=staff)
    case = act(case, "pause", given("pause"), by=staff)
    case = act(case, "withdraw", given("withdraw"), by=staff)
    assert (case.state, case.outcome) == (S.DECIDED, Outcome.WITHDRAWN)
    assert CasePause.objects.get().ends_on == today()
    assert case.hand_overs.get().answer == HandOverAnswer.RETURNED


def test_a_main_case_waits_for_its_parts(here, staff):
    parent = recent(here, S.HANDLING)
    part = recent(here, S.HANDLING, parent=parent, resident=parent.resident)
    assert "1 项没有办结" in refusal(parent, "decide", staff)[""][0]
    act(part, "decide", given("decide"), by=staff)
    assert act(parent, "decide", given("decide"), by=staff).state == S.DECIDED


def test_a_joint_case_waits_for_its_partners(here, staff):
    lead, other = cases.station(here), cases.station(here, name="民政站")
    case = recent(here, S.HANDLING, station=lead)
    asked = CasePartner(unit=here, case=case, station=other, asked_on=today())
    partner = ask_partner(asked, by=staff)
    assert "民政站" in refusal(case, "decide", staff)[""][0]
    partner.done_on, partner.opinion = today(), "同意"
    finish_partner(partner, by=staff)
    assert act(case, "decide", given("decide"), by=staff).state == S.DECIDED


def test_the_archive_waits_for_late_materials(here, staff):
    case = recent(here, S.REPLIED)
    late = CaseMaterial.objects.create(unit=here, case=case, name="照片", due_on=today())
    assert "照片" in refusal(case, "archive", staff)[""][0]
    late.given_on = today()
    late.save()
    assert act(case, "archive", given("archive"), by=staff).state == S.ARCHIVED


def test_reopening_clears_the_result_and_starts_the_clock_anew(here, staff, settings):
    settings.CASE_REOPEN_DAYS = 2
    case = recent(here, S.REPLIED)  # replied three days ago
    assert "另行登记" in refusal(case, "reopen", staff)[""][0]
    settings.CASE_REOPEN_DAYS = 3
    case = act(case, "reopen", {}, "对结果不满意", by=staff)
    assert (case.state, case.reopened_on, case.reopened_times) == (S.HANDLING, today(), 1)
    assert (case.clock_from, case.decided_on, case.outcome, case.reply) == (today(), None, "", "")
    assert case.due_on > today()


# --- the shared application -------------------------------------------------------------------------


def test_the_application_tells_what_became_of_its_case(here, staff):
    person = factories.resident(here)
    shared = factories.application(person)
    case = recent(here, resident=person, application=shared, occurred_on=shared.occurred_on)

    def told():
        shared.refresh_from_db()
        return shared.state, shared.decided_on

    act(case, "refuse", given("refuse"), by=staff)
    assert told() == ("refused", today())
    other = factories.application(person)
    case = recent(here, S.HANDLING, resident=person, application=other)
    act(case, "decide", given("decide"), by=staff)
    shared = other
    assert told() == ("approved", today())
