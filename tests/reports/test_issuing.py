"""Signing: errors stop it, the issue never changes, and what changed since is told."""

import io

import pypdfium2
import pytest

from portal.errors import StaleRecord
from portal.scope import Denied
from reports import proof, services
from reports.models import Issue, Section, Summary
from reports.workflow import SummaryState
from tests.reports.conftest import HOME, YEAR, reviewed
from tests.reports.drafted import *  # noqa: F403 - its fixtures

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-issuing")


def text_of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    return "".join(text.split())


def save(draft, by, **texts):
    kept = {section.key: section.text for section in draft.sections.all()}
    draft.refresh_from_db()
    services.save(draft, version=draft.version, title=draft.title, texts=kept | texts, by=by)


def test_errors_since_the_review_stop_the_issue(draft, acting, head, staff, edit_a_visit):
    with acting(head):
        save(draft, staff, visits=f"入户走访{HOME}人次。")
    ready = reviewed(draft, staff, head)
    edit_a_visit()
    with acting(head):
        with pytest.raises(services.NotReady) as refusal:
            services.issue(ready, version=ready.version, by=head)
        assert [finding.words for finding in refusal.value.findings] == [f"{HOME}人次"]
        assert Summary.objects.get(pk=draft.pk).state == SummaryState.REVIEWED
        assert not Issue.objects.exists()


def test_draft_is_not_issued_without_review(draft, acting, head, staff):
    with acting(head), pytest.raises(Denied, match="“草稿”，不能签发"):
        services.issue(draft, version=draft.version, by=head)


def test_stale_version_is_not_issued(ready, acting, head):
    with acting(head), pytest.raises(StaleRecord):
        services.issue(ready, version=ready.version - 1, by=head)


def test_staff_may_not_issue(ready, acting, staff):
    with acting(staff), pytest.raises(Denied):
        services.issue(ready, version=ready.version, by=staff)


def test_second_open_draft_is_refused(draft, acting, staff, outline, community):
    with acting(staff), pytest.raises(services.AlreadyOpen):
        services.draft(outline=outline, unit=community, period=YEAR, by=staff)


def test_second_editor_is_refused_and_loses_nothing(draft, acting, staff, head):
    with acting(staff):
        texts = {"next": "甲的计划。"}
        services.save(draft, version=1, title=draft.title, texts=texts, by=staff)
        theirs = Summary.objects.get(pk=draft.pk)
        with pytest.raises(StaleRecord):
            services.save(theirs, version=1, title="乙", texts={"next": "乙的计划。"}, by=head)
        assert Section.objects.get(summary=draft, key="next").text == "甲的计划。"


def test_redraft_puts_back_what_the_records_tell(draft, acting, staff):
    with acting(staff):
        composed = {s.key: s.text for s in draft.sections.all()}
        save(draft, staff, next="改写。", gaps="多写的一段。")
        services.redraft(draft, version=draft.version, by=staff)
        assert {s.key: s.text for s in draft.sections.all()} == composed


def test_words_of_users_stay_words(draft, acting, head, staff):
    hostile = "<script>alert(1)</script><img src='file:///etc/passwd'> & 结束"
    with acting(head):
        save(draft, staff, next=hostile)
        ready = reviewed(draft, staff, head)
        issue = services.issue(ready, version=ready.version, by=head)
    text = text_of_pdf(proof.pdf_of(issue))
    assert "".join(hostile.split()) in text
