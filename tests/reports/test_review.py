"""审签: who may take which step in which state, and that nothing is issued by one person alone."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.errors import StaleRecord
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from portal.summaries import Outline, Part, outlines
from reports import services
from reports.models import ReviewStep, Revision, Summary
from reports.permissions import may_take
from reports.services import comments, review
from reports.workflow import SUMMARY, UNDER_REVIEW, SummaryState
from tests.reports.conftest import submitted
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_issuing import save
from tests.sharing import undone_afterwards

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-review")

S = SummaryState
DRAFTS, REVIEWS, ISSUES = (
    {"submit", "recall"},
    {"return", "review"},
    {"issue", "archive", "withdraw"},
)
FROM = {
    S.DRAFT: {"submit"},
    S.SUBMITTED: {"recall", "return", "review"},
    S.RETURNED: {"submit"},
    S.REVIEWED: {"return", "issue"},
    S.ISSUED: {"archive", "withdraw"},
    S.ARCHIVED: {"withdraw"},
    S.WITHDRAWN: set(),
}
HOLDS = {
    Role.COMMUNITY_STAFF: DRAFTS,
    Role.COMMUNITY_HEAD: DRAFTS | REVIEWS | ISSUES,
    Role.REHABILITATION_WORKER: DRAFTS,
    Role.STREET_SECTION: DRAFTS | REVIEWS,
    Role.STREET_SUPERVISOR: DRAFTS | REVIEWS | ISSUES,
    Role.SANITATION_INSPECTOR: set(),  # drafts, but sees nothing of disability work
    Role.WINDOW_CLERK: set(),
    Role.SYSTEM_ADMINISTRATOR: set(),
}


def allowed(user, draft) -> dict:
    """State by state the steps that the user may take."""
    found = {}
    for state in SummaryState:
        draft.state = state
        found[state] = {name for name in SUMMARY.steps if may_take(user, draft, name)}
    return found


def note(draft, step, by):
    ReviewStep.objects.create(
        unit=draft.unit,
        summary=draft,
        step=step,
        taken_by=by,
        taken_at=draft.recorded_at,
    )


@pytest.mark.parametrize("role", HOLDS)
def test_each_role_takes_exactly_its_steps(
    role, draft, acting, staff, make_user, community, street
):
    unit = street if role.value.startswith("street") else community
    user = make_user(role, unit)
    with acting(user):
        note(draft, "submit", staff)
        assert allowed(user, draft) == {state: FROM[state] & HOLDS[role] for state in SummaryState}


def test_a_neighbour_takes_no_step(draft, acting, make_user, other_community):
    neighbour = make_user(Role.COMMUNITY_HEAD, other_community)
    with acting(neighbour):
        assert allowed(neighbour, draft) == {state: set() for state in SummaryState}


@pytest.mark.parametrize("role", [role for role in HOLDS if HOLDS[role]])
def test_nobody_reviews_or_returns_what_they_submitted(
    role, draft, acting, make_user, community, street
):
    user = make_user(role, street if role.value.startswith("street") else community)
    with acting(user):
        note(draft, "submit", user)
        expected = {state: FROM[state] & HOLDS[role] for state in SummaryState}
        for state in UNDER_REVIEW:
            expected[state] -= REVIEWS
        assert allowed(user, draft) == expected


def test_submitter_clears_no_reason_of_a_reviewer(draft, acting, head, make_user, street):
    """Else a head who wrote it would settle what the street demands, and sign."""
    mine = submitted(draft, head)
    section = make_user(Role.STREET_SECTION, street)
    with acting(section):
        passed = review.take(mine, "review", version=mine.version, by=section)
        reason = comments.remark(passed, section_key="next", text="补", demanded=True, by=section)
    with acting(head):
        for act in (comments.settle, comments.reopen):
            with pytest.raises(Denied, match="是您送审的"):
                act(reason, version=reason.version, by=head)
        with pytest.raises(Denied, match="是您送审的"):
            comments.remark(passed, section_key="next", text="x", demanded=True, by=head)
    with acting(section):
        comments.settle(reason, version=reason.version, by=section)


def test_heads_own_summary_is_reviewed_by_the_street(draft, acting, head, make_user, street):
    mine = submitted(draft, head)
    with acting(head), pytest.raises(Denied, match="是您送审的"):
        review.take(mine, "review", version=mine.version, by=head)
    section = make_user(Role.STREET_SECTION, street)
    with acting(section):
        passed = review.take(mine, "review", version=mine.version, by=section)
    assert passed.state == S.REVIEWED


def test_steps_keep_who_when_opinion_and_the_version_seen(draft, acting, staff, head):
    with acting(staff):
        save(draft, staff, next="继续努力。")
    summary = submitted(draft, staff)
    with acting(head):
        review.take(summary, "return", version=summary.version, opinion=" 补写\n问题 ", by=head)
        told = summary.steps.values_list("step", "taken_by", "opinion", "revision")
        assert list(told) == [("submit", staff.pk, "", 3), ("return", head.pk, "补写\n问题", 3)]
        assert Revision.objects.get(summary=draft, number=3).why == Revision.Why.SUBMITTED


def test_nobody_edits_while_it_is_under_review(draft, acting, staff, head):
    summary = submitted(draft, staff)
    with acting(staff), pytest.raises(Denied, match="已经送审"):
        save(summary, staff, next="改。")
    with acting(head):
        summary = review.take(summary, "review", version=summary.version, by=head)
        with pytest.raises(Denied, match="等待签发"):
            save(summary, head, next="改。")
        summary = review.take(summary, "return", version=summary.version, opinion="改", by=head)
        save(summary, head, next="改。")


def test_a_return_says_why(draft, acting, staff, head):
    summary = submitted(draft, staff)
    with acting(head):
        for opinion in ("", "  \n "):
            with pytest.raises(ValidationError, match="理由"):
                review.take(summary, "return", version=summary.version, opinion=opinion, by=head)
        comments.remark(summary, section_key="next", text="没有措施", demanded=True, by=head)
        returned = review.take(summary, "return", version=summary.version, by=head)
    assert returned.state == S.RETURNED


def test_open_reasons_block_passing_and_the_next_submission(draft, acting, staff, head):
    summary = submitted(draft, staff)
    with acting(head):
        reason = comments.remark(summary, section_key="next", text="补", demanded=True, by=head)
        with pytest.raises(Denied, match="1 条退回理由"):
            review.take(summary, "review", version=summary.version, by=head)
        returned = review.take(summary, "return", version=summary.version, by=head)
    with pytest.raises(services.NotReady) as refusal:
        submitted(returned, staff)
    assert refusal.value.remarks == [reason]
    with acting(staff):
        reason.refresh_from_db()
        comments.settle(reason, version=reason.version, by=staff)
    assert submitted(returned, staff).state == S.SUBMITTED


def test_errors_block_submission_with_the_list(draft, acting, staff):
    with acting(staff):
        save(draft, staff, visits="入户走访8人次。")
    with pytest.raises(services.NotReady) as refusal:
        submitted(draft, staff)
    assert [finding.words for finding in refusal.value.findings] == ["8人次"]
    with acting(staff):
        assert Summary.objects.get(pk=draft.pk).state == S.DRAFT


def test_blank_draft_is_not_submitted(draft, acting, staff):
    with acting(staff):
        save(draft, staff, **{section.key: " \n" for section in draft.sections.all()})
    with pytest.raises(Denied, match="还没有内容"):
        submitted(draft, staff)


def test_stale_version_takes_no_step(draft, acting, staff, head):
    summary = submitted(draft, staff)
    with acting(head), pytest.raises(StaleRecord):
        review.take(summary, "review", version=summary.version - 1, by=head)


def test_opinions_have_a_limit_and_no_nul(draft, acting, staff):
    with acting(staff):
        for opinion in ("长" * 1001, "甲\0乙"):
            with pytest.raises(ValidationError):
                review.take(draft, "submit", version=draft.version, opinion=opinion, by=staff)


def test_issuing_and_withdrawing_have_doors_of_their_own(ready, acting, head):
    for step in ("issue", "withdraw"):
        with acting(head), pytest.raises(ValueError, match="of its own"):
            review.take(ready, step, version=ready.version, by=head)


def test_issued_summary_is_archived(issue, acting, head):
    with acting(head):
        summary = Summary.objects.get(pk=issue.summary_id)
        archived = review.take(summary, "archive", version=summary.version, by=head)
        steps = list(summary.steps.values_list("step", flat=True))
    assert archived.state == S.ARCHIVED
    assert steps == ["submit", "review", "issue", "archive"]


WALK = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=3, max_size=9)


@settings(
    max_examples=11,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=WALK)
@example(walk=[(0, 0), (1, 2), (1, 0)])  # which issues
@example(walk=[(1, 0), (1, 2), (1, 2), (2, 2), (1, 0)])  # whose own review is refused
def test_no_order_of_steps_issues_what_two_people_did_not_see(
    walk, small, acting, staff, head, supervisor
):
    with undone_afterwards():
        for actor, choice in walk:
            user = (staff, head, supervisor)[actor]
            with acting(user):
                step_or_nothing(small, choice, user)
        with acting(head):
            steps = list(small.steps.order_by("pk").values_list("step", "taken_by"))
    for place, (step, _) in enumerate(steps):
        if step == "issue":
            before = steps[place - 2 : place]
            assert [name for name, _ in before] == ["submit", "review"]
            assert before[0][1] != before[1][1]


@pytest.fixture
def small(acting, staff, community, monkeypatch):
    """A month of an outline of one plain sentence and few figures, because each 送审 counts them."""
    plain = Outline("Z", "试验总结", "office", (Part("next", ""),))
    outlines.get("Z")  # discover first, so that the patched copy holds what apps declare
    monkeypatch.setattr(outlines, "_found", outlines._found | {"Z": plain})
    with acting(staff):
        month = Period.parse("2025-03")
        draft = services.draft(outline=plain, unit=community, period=month, by=staff)
        save(draft, staff, next="继续努力。")
        return draft


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


def step_or_nothing(draft, choice, user):
    """One of the steps that lead on, as the services take it, but for what issuing prints."""
    now = Summary.objects.get(pk=draft.pk)
    ahead = sorted(SUMMARY.steps_from(now.state))
    if not ahead:
        return
    try:
        with review.alone_with(draft):
            step = ahead[choice % len(ahead)]
            review.move(draft, step, version=now.version, opinion="意见", by=user)
    except (Denied, services.NotReady):
        pass
