"""Answers to findings: a reason that is kept lets an error pass, and stands in what is issued."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.scope import Denied
from reports import services
from reports.models import Answer, Summary
from reports.services import answers, review
from reports.services.judging import NotReady, judged
from tests.reports.conftest import reviewed, submitted
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_issuing import save
from tests.reports.test_pages import page, post

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-answers")

REASON = "含上级下派的1人次，不在台账内"


@pytest.fixture
def wrong(acting, draft, staff):
    """A draft with one error; its key."""
    with acting(staff):
        save(draft, staff, visits="入户走访8人次。")
        draft.refresh_from_db()
        [finding] = review.blocking(draft)
        return finding.answer_key


def test_answered_error_blocks_no_more(wrong, draft, acting, staff):
    with acting(staff):
        given = answers.answer(draft, wrong, reason=f" {REASON} ", by=staff)
        assert review.blocking(draft) == []
        assert (given.reason, given.words, given.section_key) == (REASON, "8人次", "visits")
    assert submitted(draft, staff).state == "submitted"


def test_answer_stays_when_other_text_changes_and_goes_with_its_words(wrong, draft, acting, staff):
    with acting(staff):
        answers.answer(draft, wrong, reason=REASON, by=staff)
        save(draft, staff, next="继续。")
        draft.refresh_from_db()
        assert review.blocking(draft) == []
        save(draft, staff, visits="入户走访9人次。")
        draft.refresh_from_db()
        assert [finding.words for finding in review.blocking(draft)] == ["9人次"]


def test_withdrawn_answer_blocks_again_and_may_be_given_anew(wrong, draft, acting, staff):
    with acting(staff):
        given = answers.answer(draft, wrong, reason=REASON, by=staff)
        with pytest.raises(Denied, match="已经有人说明"):
            answers.answer(draft, wrong, reason="另一个理由", by=staff)
        answers.withdraw(given, version=given.version, by=staff)
        assert len(review.blocking(draft)) == 1
        answers.answer(draft, wrong, reason="另一个理由", by=staff)
        assert review.blocking(draft) == []


@pytest.mark.parametrize("reason", ["", "  对的 ", "长" * 501, "对的对\0的"])
def test_reason_is_a_reason(wrong, draft, acting, staff, reason):
    with acting(staff):
        with pytest.raises(ValidationError):
            answers.answer(draft, wrong, reason=reason, by=staff)
        assert not Answer.objects.exists()


def test_what_is_not_found_is_not_answered(wrong, draft, acting, staff):
    with acting(staff), pytest.raises(Denied, match="检查结果已不在"):
        answers.answer(draft, "0123456789abcdef", reason=REASON, by=staff)


def test_nobody_answers_while_it_is_under_review(wrong, draft, acting, staff):
    with acting(staff):
        given = answers.answer(draft, wrong, reason=REASON, by=staff)
    summary = submitted(draft, staff)
    with acting(staff):
        with pytest.raises(Denied, match="已经送审"):
            answers.answer(summary, wrong, reason=REASON, by=staff)
        given.summary = summary
        with pytest.raises(Denied, match="已经送审"):
            answers.withdraw(given, version=given.version, by=staff)


def test_what_was_submitted_meanwhile_is_not_answered_from_an_old_page(
    wrong, draft, acting, staff, head
):
    """The state counts as it is stored, not as it was when the summary was read."""
    with acting(staff):
        given = answers.answer(draft, wrong, reason=REASON, by=staff)
        given.summary = read_before = Summary.objects.get(pk=draft.pk)
    submitted(draft, staff)
    with acting(staff):
        assert read_before.is_draft
        with pytest.raises(Denied, match="已经送审"):
            answers.withdraw(given, version=given.version, by=staff)
        with pytest.raises(Denied, match="已经送审"):
            answers.answer(read_before, wrong, reason=REASON, by=staff)
        with pytest.raises(Denied, match="已经送审"):
            save(read_before, staff, next="改。")


def test_answers_are_frozen_with_the_issue(wrong, draft, acting, staff, head):
    with acting(staff):
        answers.answer(draft, wrong, reason=REASON, by=staff)
    ready = reviewed(draft, staff, head)
    with acting(head):
        [told] = services.issue(ready, version=ready.version, by=head).content["answers"]
        [finding] = [f for f in judged(ready) if f.is_error]
    assert told.pop("at")
    assert told == {
        "rule": finding.rule,
        "section": "visits",
        "words": "8人次",
        "message": finding.message,
        "reason": REASON,
        "by": "李梅",
    }


# --- typed numbers ----------------------------------------------------------------------------------------
TYPED = "另组织义剪活动37场，服务41户。"


@pytest.fixture
def typed(acting, draft, staff):
    """A draft with two typed numbers behind which no record stands; their keys."""
    with acting(staff):
        save(draft, staff, next=TYPED)
        draft.refresh_from_db()
        found = review.blocking(draft)
        assert [(f.rule, f.is_error) for f in found] == [("unproven", False)] * 2
        return [finding.answer_key for finding in found]


def test_typed_numbers_wait_for_their_source_and_take_one_together(typed, draft, acting, staff):
    with acting(staff):
        with pytest.raises(NotReady):
            review.take(draft, "submit", version=draft.version, by=staff)
        with pytest.raises(Denied, match="检查结果已不在"):
            answers.answer_all(draft, [*typed, "0123456789abcdef"], reason=REASON, by=staff)
        assert len(answers.sourceless(draft)) == 2
        given = answers.answer_all(draft, typed, reason="理发店签到表", by=staff)
        assert [a.reason for a in given] == ["理发店签到表"] * 2
        assert answers.sourceless(draft) == review.blocking(draft) == []
    assert submitted(draft, staff).state == "submitted"


def test_issuing_waits_for_a_source_too(draft, acting, staff, head):
    ready = reviewed(draft, staff, head)
    with acting(head):
        section = ready.sections.get(key="next")
        section.text = TYPED
        section.save()
        with pytest.raises(NotReady) as refusal:
            services.issue(ready, version=ready.version, by=head)
    assert [finding.rule for finding in refusal.value.findings] == ["unproven"] * 2


def test_page_of_typed_numbers_takes_one_source_for_those_ticked(typed, draft, client_of, staff):
    client, url = client_of(staff), reverse("summary-numbers", args=[draft.pk])
    asked = client.get(reverse("summary-step", args=[draft.pk, "submit"]))
    assert "还有2个手工数字没有注明来源" in page(asked)
    assert url in asked.content.decode()
    assert (
        f'{reverse("summary-preview", args=[draft.pk])}?codes"'
        in client.get(draft.get_absolute_url()).content.decode()
    )
    shown = client.get(url)
    assert [number["key"] for number in shown.context["numbers"]] == typed
    assert "义剪活动<strong>37场</strong>，服务41户" in shown.content.decode()
    refused = post(client, url, key=typed[0], reason="短")
    assert refused.context["ticked"] == typed[:1]
    assert "至少4个字" in page(refused)
    assert "请勾选同一来源的数字" in page(post(client, url, reason="理发店签到表"))
    post(client, url, key=typed, reason="理发店签到表")
    assert client.get(url).context["numbers"] == []
    context = client.get(draft.get_absolute_url()).context
    assert (context["sourceless"], context["answered"]) == (0, 2)
