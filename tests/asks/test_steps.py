"""The way of an answer × who: each pair is allowed or refused as the table of workflow.py says."""

import pytest
from django.core.exceptions import ValidationError

from portal.asks import services
from portal.asks.counting import thawed
from portal.asks.guards import may_take
from portal.asks.workflow import ANSWER, ANSWERS, SENDS, AnswerState, AskState
from portal.errors import StaleRecord
from portal.figures import engine
from portal.models import Ask, AskAnswer, AskStep, Notification
from portal.periods import Period
from portal.roles import DUTIES, Role
from portal.scope import Denied, below
from tests import factories

pytestmark = pytest.mark.django_db
STATES = [*AnswerState]
STEPS = [name for name in ANSWER.steps if name != "reuse"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COMMUNITY_STAFF, "community"),
        (Role.COMMUNITY_HEAD, "community"),
        (Role.WINDOW_CLERK, "community"),
        (Role.COMMUNITY_STAFF, "other_community"),
        (Role.STREET_SECTION, "street"),
        (Role.STREET_SUPERVISOR, "street"),
        (Role.SANITATION_INSPECTOR, "street"),
        (Role.STREET_SECTION, "other_street"),
    ],
)
def test_each_step_is_for_whom_the_table_names(
    request, acting, make_user, send, bring_to, community, visits, state, role, place
):
    unit = request.getfixturevalue(place)
    answer = bring_to(send(), community, state)
    user = make_user(role, unit)
    held = DUTIES[role].permissions
    for name in STEPS:
        step = ANSWER.steps[name]
        there = {ANSWERS: place == "community", SENDS: place == "street"}[step.who]
        wanted = there and step.who in held and state in step.sources
        with acting(user):
            assert may_take(user, answer, name) == wanted, name


def test_a_step_out_of_turn_changes_nothing(acting, send, bring_to, community, visits, section):
    answer = bring_to(send(), community, AnswerState.WAITING)
    with acting(section), pytest.raises(Denied, match="现在是“待答复”，不能查收"):
        services.take(answer, "accept", version=answer.version, by=section)
    with acting(section):
        assert not AskStep.objects.exists()


def test_the_confirmed_numbers_are_those_of_the_engine_at_that_moment(
    acting, send, answer_of, confirm, community, staff, visits
):
    ask = send(figures=["visits.home", "visits.persons"], category="domains")
    step = confirm(answer_of(ask, community, staff), staff)
    period = Period.parse("2025")
    with acting(staff):
        for counted in thawed(step.content):
            whole = engine.read(counted.code, below([community]), period)
            assert (counted.whole.text, counted.version) == (whole.text, whole.figure.version)
            parts = engine.by_category(counted.code, "domains", below([community]), period)
            assert {c.value: c.text for c in counted.cells[1:]} == {
                value: reading.text for value, reading in parts.items()
            }
    assert thawed(step.content)[0].whole.text == "2"
    assert (step.taken_by, step.as_of is not None) == (staff, True)


def test_numbers_that_changed_since_they_were_shown_are_not_confirmed(
    acting, send, answer_of, confirm, community, staff, person, visits
):
    answer = answer_of(send(), community, staff)
    from portal.asks import counting

    with acting(staff):
        seen = counting.seal(counting.count(answer.ask, community.pk))
        factories.visit(person)
    with pytest.raises(ValidationError, match="数字变了"):
        confirm(answer, staff, seen=seen)
    assert answer_of(answer.ask, community, staff).state == AnswerState.WAITING


def test_a_wrong_number_is_confirmed_only_with_a_word_of_what_is_wrong(
    send, answer_of, confirm, community, staff, visits
):
    answer = answer_of(send(), community, staff)
    with pytest.raises(ValidationError) as refusal:
        confirm(answer, staff, right=False)
    assert "note" in refusal.value.message_dict
    step = confirm(answer, staff, right=False, note="漏登一次，本周补登")
    assert (step.right, step.note) == (False, "漏登一次，本周补登")


def test_questions_are_answered_in_words_one_by_one(
    send, answer_of, confirm, community, staff, visits
):
    answer = answer_of(send(questions=["主要困难", "下步打算"]), community, staff)
    with pytest.raises(ValidationError) as refusal:
        confirm(answer, staff, words=["无", " "])
    assert "words" in refusal.value.message_dict
    assert confirm(answer, staff, words=["人手少", "增加网格员"]).words == ["人手少", "增加网格员"]


def test_of_two_who_answer_the_second_is_told(send, answer_of, confirm, community, staff, visits):
    answer = answer_of(send(), community, staff)
    confirm(answer, staff)
    with pytest.raises(StaleRecord):
        confirm(answer, staff)


def test_a_return_has_its_reason_and_the_community_answers_again(
    acting, send, bring_to, answer_of, confirm, community, section, staff, visits
):
    ask = send()
    answer = bring_to(ask, community, AnswerState.CONFIRMED)
    with acting(section), pytest.raises(ValidationError):
        services.take(answer, "return", version=answer.version, note=" ", by=section)
    with acting(section):
        services.take(answer, "return", version=answer.version, note="少一户", by=section)
    confirm(answer_of(ask, community, staff), staff)
    with acting(section):
        taken = AskStep.objects.filter(answer=answer).values_list("step", flat=True)
        assert list(taken) == ["confirm", "return", "confirm"]


def test_the_last_acceptance_ends_the_ask(
    acting, send, answer_of, confirm, community, other_community, section, staff, neighbour, visits
):
    ask = send()
    for unit, user in ((community, staff), (other_community, neighbour)):
        with acting(section):
            assert Ask.objects.get(pk=ask.pk).is_open
        confirm(answer_of(ask, unit, user), user)
        answer = answer_of(ask, unit, section)
        with acting(section):
            services.take(answer, "accept", version=answer.version, by=section)
    with acting(section):
        ask = Ask.objects.get(pk=ask.pk)
        assert (ask.state, ask.ended_by) == (AskState.DONE, section)


@pytest.mark.parametrize(("name", "reason"), [("cancel", "不再需要"), ("close", "")])
def test_an_ended_ask_takes_no_answer(
    acting, send, answer_of, confirm, community, section, staff, visits, name, reason
):
    ask = send()
    with acting(section):
        if name == "cancel":
            with pytest.raises(ValidationError):
                services.end(ask, name, version=ask.version, by=section)
        services.end(ask, name, version=ask.version, reason=reason, by=section)
    with pytest.raises(Denied, match="不再办理"):
        confirm(answer_of(ask, community, staff), staff)


def test_the_deadline_is_only_put_later_and_the_first_is_kept(acting, send, section):
    from datetime import timedelta

    ask = send()
    first, later = ask.due_at, ask.due_at + timedelta(days=2)
    with acting(section):
        with pytest.raises(ValidationError):
            services.extend(
                ask, version=ask.version, due_at=first - timedelta(days=1), reason="x", by=section
            )
        ask = services.extend(ask, version=ask.version, due_at=later, reason="系统停机", by=section)
    assert (ask.first_due_at, ask.due_at, ask.extended_for) == (first, later, "系统停机")


def test_communities_that_confirmed_the_same_are_not_asked_again(
    acting, send, answer_of, confirm, community, other_community, section, staff, neighbour, visits
):
    """最多报一次: the numbers of the first answer stand in the second ask, and nobody is told of it."""
    first = confirm(answer_of(send(), community, staff), staff)
    second = send(title="同样的数", reuse=True)
    reused = answer_of(second, community, section)
    assert reused.state == AnswerState.ACCEPTED
    assert thawed(reused.given.content) == thawed(first.content)
    assert reused.given.as_of == first.as_of
    assert answer_of(second, other_community, section).state == AnswerState.WAITING
    with acting(staff):
        told = Notification.objects.of(staff).filter(kind="asks.asked", text__contains="同样的数")
        assert not told.exists()
    with acting(neighbour):
        told = Notification.objects.of(neighbour).filter(text__contains="同样的数")
        assert told.count() == 1


def test_other_figures_or_another_period_are_asked_anew(
    send, answer_of, confirm, community, section, staff, visits
):
    confirm(answer_of(send(), community, staff), staff)
    for fields in (
        {"period_key": "2024"},
        {"figures": ["visits.persons"]},
        {"category": "domains"},
    ):
        ask = send(title="另一个", reuse=True, **fields)
        assert answer_of(ask, community, section).state == AnswerState.WAITING


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"figures": []}, "figures"),
        ({"figures": ["no.such"]}, "figures"),
        ({"category": "grid"}, "category"),
        ({"period_key": "2099"}, "period"),
        ({"title": "x"}, "title"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(send, acting, section, fields, where):
    with pytest.raises(ValidationError) as refusal:
        send(**fields)
    assert where in refusal.value.message_dict
    with acting(section):
        assert not Ask.objects.exists()


def test_only_communities_of_ones_own_street_are_asked(send, acting, section, other_street):
    from portal.models import Unit
    from portal.models.units import UnitKind
    from tests.conftest import as_command

    with as_command():
        foreign = Unit.objects.create(
            kind=UnitKind.COMMUNITY, code="440103002001", name="外街社区", parent=other_street
        )
    with pytest.raises(ValidationError) as refusal:
        send([foreign])
    assert "units" in refusal.value.message_dict


def test_who_may_not_see_the_records_neither_asks_nor_answers(
    acting, make_user, community, send, answer_of, staff, confirm, monkeypatch, visits
):
    """A role that answers without seeing the figure's records is refused with the figure's name."""
    from portal.roles import Duty

    few = Duty("x", frozenset({"asks.answer", "figures.view", "residents.view"}))
    ask = send(figures=["disability.holders"])
    monkeypatch.setitem(DUTIES, Role.STATION_HANDLER, few)
    handler = make_user(Role.STATION_HANDLER, community)
    with pytest.raises(Denied, match="您看不到"):
        confirm(answer_of(ask, community, staff), handler)


def test_another_community_reads_nothing_of_it_even_without_the_first_wall(
    acting, send, confirm, answer_of, community, staff, neighbour, visits
):
    ask = send([community])
    confirm(answer_of(ask, community, staff), staff)
    with acting(neighbour):
        assert not Ask.objects.exists()
        assert not AskAnswer.objects.exists()
        assert not AskStep.objects.exists()
