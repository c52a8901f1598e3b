"""批注: at words of a paragraph or a part, with replies, settled and opened again."""

import pytest
from django.core.exceptions import ValidationError

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from reports.models import Comment
from reports.remarks import remarks_of
from reports.services import comments, review
from tests.reports.conftest import submitted
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_issuing import save

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-comments")


def board(summary, user, only="open"):
    return remarks_of(summary, list(summary.sections.all()), user, only)


@pytest.fixture
def remark(acting, draft, staff, head):
    with acting(staff):
        save(draft, staff, next="加强走访。落实措施。")
        return comments.remark(draft, section_key="next", quote="落实措施", text="哪些？", by=head)


def test_remark_stands_at_its_words_and_says_when_they_are_gone(remark, draft, acting, staff):
    with acting(staff):
        [thread] = board(draft, staff).threads
        assert (thread.heading, thread.is_gone, thread.anchor) == (
            "下一步工作",
            False,
            "落实措施",
        )
        save(draft, staff, next="加强走访。")
        [thread] = board(draft, staff).threads
        assert (thread.is_gone, thread.anchor, thread.comment.section_key) == (True, "", "next")


def test_quoted_figure_keeps_its_place_while_its_number_changes(draft, acting, staff):
    with acting(staff):
        save(draft, staff, visits="入户{disability.visits_home}，电话询访。")
        made = comments.remark(
            draft, section_key="visits", quote="入户{残疾人入户走访}", text="核对", by=staff
        )
        [thread] = board(draft, staff).threads
    assert made.quote == "入户{disability.visits_home}"
    assert [(word.text, word.is_figure) for word in thread.quote] == [
        ("入户", False),
        ("残疾人入户走访", True),
    ]


def test_replies_hang_under_the_remark_that_began(remark, acting, draft, staff, head):
    with acting(staff):
        first = comments.reply(remark, text="每月两次", by=staff)
        comments.reply(first, text="好", by=head)
        [thread] = board(draft, staff).threads
    assert [reply.text for reply in thread.replies] == ["每月两次", "好"]


def test_settled_remarks_are_counted_apart_and_open_again(remark, acting, draft, staff):
    with acting(staff):
        comments.settle(remark, version=remark.version, by=staff)
        assert [count for _, _, count in board(draft, staff).choices] == [0, 1, 1]
        assert board(draft, staff).shown == []
        [thread] = board(draft, staff, "settled").shown
        assert thread.comment.resolved_by == staff
        remark.refresh_from_db()
        comments.reopen(remark, version=remark.version, by=staff)
        assert board(draft, staff, "nonsense").open == 1


def test_settling_what_another_settled_is_stale(remark, acting, staff):
    with acting(staff):
        again = Comment.objects.select_related("summary").get(pk=remark.pk)
        comments.settle(remark, version=remark.version, by=staff)
        with pytest.raises(StaleRecord):
            comments.settle(again, version=again.version, by=staff)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"section_key": "nowhere"}, "section"),
        ({"quote": "没有这句话"}, "quote"),
        ({"quote": "长" * 401}, "quote"),
        ({"text": " \n"}, "text"),
        ({"text": "长" * 1001}, "text"),
    ],
)
def test_bad_remarks_are_refused_at_the_field(draft, acting, staff, fields, field):
    given = {"section_key": "next", "text": "核对"} | fields
    with acting(staff):
        with pytest.raises(ValidationError) as refusal:
            comments.remark(draft, **given, by=staff)
        assert list(refusal.value.message_dict) == [field]
        assert not Comment.objects.exists()


def test_reasons_are_the_reviewers_until_the_return_sends_them(draft, acting, staff, head):
    summary = submitted(draft, staff)
    with acting(staff), pytest.raises(Denied):
        comments.remark(summary, section_key="next", text="x", demanded=True, by=staff)
    with acting(head):
        made = comments.remark(summary, section_key="next", text="补", demanded=True, by=head)
        assert board(summary, head).threads[0].is_unsent
    with acting(staff):
        assert board(summary, staff).threads == ()
        for act in (comments.settle, comments.reopen):
            with pytest.raises(Denied):
                act(made, version=made.version, by=staff)
        with pytest.raises(Denied):
            comments.reply(made, text="看到了", by=staff)
    with acting(head):
        returned = review.take(summary, "return", version=summary.version, by=head)
    with acting(staff):
        [thread] = board(returned, staff).threads
        assert (thread.comment, thread.is_unsent, thread.may_settle) == (made, False, True)


def test_a_reason_is_demanded_only_while_it_is_reviewed(draft, acting, head):
    with acting(head), pytest.raises(Denied, match="不能退回"):
        comments.remark(draft, section_key="next", text="x", demanded=True, by=head)


def test_issued_summary_takes_no_more_remarks(issue, acting, staff):
    with acting(staff), pytest.raises(Denied, match="已经签发"):
        comments.remark(issue.summary, section_key="next", text="晚了", by=staff)


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.SANITATION_INSPECTOR])
def test_who_does_not_see_the_records_remarks_nothing(draft, acting, make_user, community, role):
    user = make_user(role, community)
    with acting(user), pytest.raises(Denied):
        comments.remark(draft, section_key="next", text="x", by=user)
