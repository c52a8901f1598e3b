"""Versions: one at each save, autosaves of ten minutes as one, and any of them put back."""

from datetime import timedelta

import pytest

from portal.scope import Denied
from reports import services
from reports.models import Revision, Summary
from reports.services import revisions
from tests.reports.conftest import submitted
from tests.reports.drafted import *  # noqa: F403 - its fixtures

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-revisions")

Why = Revision.Why


@pytest.fixture
def write(acting, draft):
    """``write(by, text, why)`` saves the part ``next``."""

    def saved(by, text, why=Why.SAVED):
        with acting(by):
            now = Summary.objects.select_related("unit").get(pk=draft.pk)
            services.save(
                now, version=now.version, title=now.title, texts={"next": text}, why=why, by=by
            )

    return saved


@pytest.fixture
def told(acting, draft, staff):
    """The versions as (why, who, text of ``next``), oldest first."""

    def rows(skip=1):
        with acting(staff):
            found = Revision.objects.filter(summary=draft).select_related("saved_by")
            return [(r.why, str(r.saved_by), r.texts["next"]) for r in found.order_by("number")][
                skip:
            ]

    return rows


def test_draft_begins_with_a_version(told, draft, acting, staff):
    [(why, who, _)] = told(skip=0)
    assert (why, who) == (Why.DRAFTED, "李梅")


def test_each_save_is_a_version_but_not_of_the_same_words(write, told, staff, head):
    write(staff, "甲。")
    write(staff, "甲。")
    write(head, "乙。", Why.MENDED)
    assert told() == [(Why.SAVED, "李梅", "甲。"), (Why.MENDED, "陈刚", "乙。")]


def test_autosaves_of_ten_minutes_are_one(write, told, staff, monkeypatch):
    write(staff, "甲。")
    write(staff, "甲乙。", Why.AUTOSAVED)
    write(staff, "甲乙丙。", Why.AUTOSAVED)
    assert told() == [(Why.SAVED, "李梅", "甲。")]
    monkeypatch.setattr(revisions, "QUIET", timedelta(0))
    write(staff, "甲乙丙丁。", Why.AUTOSAVED)
    assert told()[1:] == [(Why.AUTOSAVED, "李梅", "甲乙丙丁。")]


def test_words_autosaved_by_one_are_not_told_as_anothers(write, told, staff, head):
    write(staff, "甲。")
    write(staff, "甲乙。", Why.AUTOSAVED)
    write(head, "甲乙丙。", Why.AUTOSAVED)
    assert told()[1:] == [(Why.AUTOSAVED, "李梅", "甲乙。"), (Why.AUTOSAVED, "陈刚", "甲乙丙。")]


def test_submission_is_a_version_even_of_the_same_words(write, told, draft, staff):
    write(staff, "甲。")
    submitted(draft, staff)
    assert told() == [(Why.SAVED, "李梅", "甲。"), (Why.SUBMITTED, "李梅", "甲。")]


def test_restoring_is_a_new_version(write, told, draft, acting, staff):
    write(staff, "甲。")
    write(staff, "乙。")
    with acting(staff):
        now = Summary.objects.get(pk=draft.pk)
        old = Revision.objects.get(summary=draft, number=2)
        services.restore(now, old, version=now.version, by=staff)
        assert draft.sections.get(key="next").text == "甲。"
    assert told()[2:] == [(Why.RESTORED, "李梅", "甲。")]


def test_nothing_is_restored_under_review(write, draft, acting, staff):
    summary = submitted(draft, staff)
    with acting(staff):
        old = Revision.objects.get(summary=draft, number=1)
        with pytest.raises(Denied, match="已经送审"):
            services.restore(summary, old, version=summary.version, by=staff)


def test_redrafting_is_a_version_that_says_so(write, told, draft, acting, staff):
    write(staff, "甲。")
    with acting(staff):
        now = Summary.objects.select_related("unit").get(pk=draft.pk)
        services.redraft(now, version=now.version, by=staff)
    assert told()[1][0] == Why.DRAFTED
