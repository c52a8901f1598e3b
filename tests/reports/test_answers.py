"""Answers to findings: a reason that is kept lets an error pass, and stands in what is issued."""

import pytest
from django.core.exceptions import ValidationError

from portal.scope import Denied
from reports import services
from reports.models import Answer, Summary
from reports.services import answers, review
from reports.services.judging import judged
from tests.reports.conftest import reviewed, submitted
from tests.reports.test_issuing import save

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
