"""The pages of 审签: reading, remarks, answers, versions, the list and what is mine to do."""

import uuid

import pytest
from django.urls import reverse

from portal.roles import Role
from portal.scope import access_of
from portal.worklists import worklists
from reports import services
from reports.models import Answer, Comment, Summary
from reports.services import comments, review
from tests.reports.conftest import YEAR, reviewed, submitted
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_issuing import save
from tests.reports.test_pages import page, post

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-review-pages")

LIST = reverse("summary-list")


def step_url(summary, step):
    return reverse("summary-step", args=[summary.pk, step])


def state_of(summary, acting, user):
    with acting(user):
        return Summary.objects.get(pk=summary.pk).state


# --- steps --------------------------------------------------------------------------------------
def test_the_whole_way_by_pages(client_of, draft, staff, head, acting):
    writer, reader = client_of(staff), client_of(head)
    asked = writer.get(step_url(draft, "submit"))
    assert asked.context["blocking"] == []
    post(
        writer, step_url(draft, "submit"), version=asked.context["summary"].version, opinion="请审"
    )
    read = reader.get(draft.get_absolute_url())
    assert read.context["way"].next.keys() == {"recall", "return", "review"}
    assert "请审" in page(read)
    post(reader, step_url(draft, "review"), version=read.context["summary"].version, opinion="同意")
    read = reader.get(draft.get_absolute_url())
    assert read.context["way"].next.keys() == {"return", "issue"}
    seen = writer.get(draft.get_absolute_url())
    assert "等待签发" in page(seen)
    assert "现在由陈刚办理" in page(seen)
    assert seen.context["way"].next == {}


def test_submission_tells_what_blocks_it(client_of, draft, staff, head, acting):
    with acting(staff):
        save(draft, staff, visits="入户走访8人次。")
    client = client_of(staff)
    asked = client.get(step_url(draft, "submit"))
    [(_, finding)] = asked.context["blocking"]
    assert finding.words == "8人次"
    assert 'type="submit">送审' not in asked.content.decode()
    version = asked.context["summary"].version
    again = post(client, step_url(draft, "submit"), version=version)
    assert again.context["blocking"]
    assert state_of(draft, acting, staff) == "draft"


def test_return_without_a_reason_asks_for_it_at_the_field(client_of, draft, staff, head, acting):
    summary = submitted(draft, staff)
    asked = post(client_of(head), step_url(draft, "return"), version=summary.version, opinion=" ")
    assert "请写明退回的理由" in asked.context["error"]
    assert state_of(draft, acting, head) == "submitted"


def test_returned_draft_says_why_at_its_top(client_of, draft, staff, head):
    summary = submitted(draft, staff)
    url = step_url(draft, "return")
    post(client_of(head), url, version=summary.version, opinion="请补充重点户。")
    seen = page(client_of(staff).get(draft.get_absolute_url()))
    assert seen.index("退回：请补充重点户。") < seen.index("插入指标")


def test_step_out_of_turn_is_told_and_a_foreign_one_is_refused(
    client_of, draft, staff, head, acting
):
    client = client_of(head)
    told = client.get(step_url(draft, "review"), follow=True)
    assert "不能审核通过" in page(told)
    assert client_of(staff).get(step_url(draft, "review")).status_code == 403
    for name in ("issue", "withdraw", "nonsense"):
        assert client.get(step_url(draft, name)).status_code == 404


def test_stale_page_takes_no_step(client_of, draft, staff, head, acting):
    summary = submitted(draft, staff)
    answer = post(client_of(head), step_url(draft, "review"), version=summary.version - 1)
    assert answer.url == draft.get_absolute_url()
    assert state_of(draft, acting, head) == "submitted"


def test_reader_sees_what_the_second_submission_changed(client_of, draft, staff, head, acting):
    summary = submitted(draft, staff)
    assert client_of(head).get(draft.get_absolute_url()).context["changes"] is None
    with acting(head):
        review.take(summary, "return", version=summary.version, opinion="补", by=head)
    with acting(staff):
        save(draft, staff, next="今后两周走访一次。")
    submitted(draft, staff)
    changes = client_of(head).get(draft.get_absolute_url()).context["changes"]
    assert [part.key for part in changes.parts] == ["next"]


# --- remarks and answers --------------------------------------------------------------------------
def test_remark_is_made_answered_and_settled_by_forms(client_of, draft, staff, head, acting):
    reader, writer = client_of(head), client_of(staff)
    url = reverse("summary-remarks", args=[draft.pk])
    made = post(reader, url, section="next", text="太空了", quote="")
    assert made.url == f"{draft.get_absolute_url()}#remarks"
    with acting(staff):
        remark = Comment.objects.get()
    own = reverse("summary-remark", args=[draft.pk, remark.pk])
    post(writer, own, action="reply", text="改好了")
    assert "改好了" in page(writer.get(draft.get_absolute_url()))
    post(writer, own, action="settle", version=remark.version)
    assert writer.get(draft.get_absolute_url()).context["remarks"].open == 0
    told = post(writer, own, action="settle", version=remark.version)
    assert "刚被别人处理过" in page(writer.get(told.url))
    assert post(writer, own, action="burn").status_code == 404


def test_refused_remark_comes_back_with_what_was_typed(client_of, draft, staff):
    url = reverse("summary-remarks", args=[draft.pk])
    answer = post(client_of(staff), url, section="next", quote="没有这句", text="我的话")
    assert answer.context["errors"].keys() == {"quote"}
    assert "我的话" in page(answer)


def test_script_gets_the_remarks_alone(client_of, draft, staff):
    url = reverse("summary-remarks", args=[draft.pk])
    answer = client_of(staff).get(url, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section class="panel remarks"')
    assert 'id="remarks-count" hx-swap-oob="true"></span>' in answer.content.decode()
    data = {"_key": uuid.uuid4(), "section": "next", "text": "甲"}
    assert client_of(staff).post(url, data, headers={"HX-Request": "true"}).url == url


def test_words_of_a_remark_stay_words(client_of, draft, staff):
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    client = client_of(staff)
    post(client, reverse("summary-remarks", args=[draft.pk]), section="next", text=hostile)
    shown = client.get(draft.get_absolute_url()).content.decode()
    assert "<script>alert" not in shown
    assert "{{ 7*7 }}" in shown


def test_error_is_answered_and_the_answer_taken_back(client_of, draft, staff, acting):
    with acting(staff):
        save(draft, staff, visits="入户走访8人次。")
    client = client_of(staff)
    [marked] = [
        m for m in client.get(draft.get_absolute_url()).context["findings_by_section"] if m.blocks
    ]
    key, url = marked.finding.answer_key, reverse("summary-answers", args=[draft.pk])
    post(client, url, key=key, **{f"reason-{key}": "短"})
    assert "至少4个字" in page(client.get(draft.get_absolute_url()))
    post(client, url, key=key, **{f"reason-{key}": "含1人次补录"})
    shown = client.get(draft.get_absolute_url())
    assert (shown.context["errors"], shown.context["answered"]) == (0, 1)
    assert "含1人次补录" in page(shown)
    post(client, url, withdraw=key, **{f"version-{key}": 1})
    with acting(staff):
        assert not Answer.objects.kept().exists()


# --- versions -------------------------------------------------------------------------------------
def test_versions_are_listed_compared_and_restored(client_of, draft, staff, acting):
    with acting(staff):
        save(draft, staff, next="甲计划。")
        save(draft, staff, next="乙计划。")
    client = client_of(staff)
    listed = client.get(reverse("summary-versions", args=[draft.pk])).context["listed"]
    assert [revision.number for revision, _ in listed] == [3, 2, 1]
    assert [(d.added, d.removed) for _, d in listed[:1]] == [(1, 1)]
    compare = reverse("summary-compare", args=[draft.pk])
    shown = client.get(compare, {"older": "2", "newer": "3"}).content.decode()
    assert "<del>甲</del><ins>乙</ins>计划" in shown
    assert client.get(compare).status_code == 200
    for wrong in ("0", "x", "99", "9" * 30, "-1"):
        assert client.get(compare, {"older": wrong}).status_code == 404
    restore = reverse("summary-restore", args=[draft.pk, 2])
    version = client.get(restore).context["summary"].version
    post(client, restore, version=version)
    with acting(staff):
        assert draft.sections.get(key="next").text == "甲计划。"
    post(client, restore, version=version)
    with acting(staff):
        assert draft.revisions.count() == 4
    assert client.get(reverse("summary-restore", args=[draft.pk, 99])).status_code == 404


# --- whose pages ----------------------------------------------------------------------------------
PAGES = ("summary-remarks", "summary-versions", "summary-compare")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COMMUNITY_STAFF, 200),
        (Role.STREET_SECTION, 200),
        (Role.SANITATION_INSPECTOR, 404),
        (Role.WINDOW_CLERK, 403),
    ],
)
def test_reading_follows_the_summary(role, status, client_of, make_user, draft, community, street):
    unit = street if role.value.startswith("street") else community
    client = client_of(make_user(role, unit))
    assert {client.get(reverse(name, args=[draft.pk])).status_code for name in PAGES} == {status}


def test_another_community_finds_nothing(
    client_of, make_user, draft, other_community, head, acting
):
    with acting(head):
        remark = comments.remark(draft, section_key="next", text="甲", by=head)
    client = client_of(make_user(Role.COMMUNITY_HEAD, other_community))
    for name in PAGES:
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404
    for name, more in (
        ("summary-step", ["submit"]),
        ("summary-remark", [remark.pk]),
        ("summary-answers", []),
        ("summary-restore", [1]),
    ):
        assert post(client, reverse(name, args=[draft.pk, *more])).status_code == 404


# --- the list and the home page -------------------------------------------------------------------
def test_list_tells_state_holder_and_open_remarks(client_of, draft, staff, head, acting):
    client = client_of(head)
    with acting(head):
        comments.remark(draft, section_key="next", text="甲", by=head)
    submitted(draft, staff)
    [row] = client.get(LIST).context["page"].object_list
    assert (row.state, row.holder, row.open_remarks) == ("submitted", "陈刚", 1)
    assert client.get(LIST, {"state": "draft"}).context["page"].paginator.count == 0
    assert client.get(LIST, {"state": "submitted"}).context["page"].paginator.count == 1
    assert client.get(LIST, {"state": "nonsense"}).context["page"].paginator.count == 0


def due(user, acting):
    """The codes of the worklists of summaries that have something for the user."""
    user._access = None
    with acting(user):
        access = access_of(user)
        return {
            w.code.removeprefix("reports.")
            for w in worklists
            if w.code.startswith("reports.")
            and (units := access.units(w.permission))
            and w.for_user(w.rows(units), user).exists()
        }


def test_what_waits_is_on_the_page_of_who_must_act(
    draft, staff, head, make_user, street, acting, client_of
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    summary = submitted(draft, staff)
    assert [due(user, acting) for user in (staff, head, supervisor)] == [
        set(),
        {"to_review"},
        set(),
    ]
    assert "总结待我审核" in page(client_of(head).get(reverse("home")))
    with acting(head):
        summary = review.take(summary, "return", version=summary.version, opinion="改", by=head)
    assert due(staff, acting) == {"returned"}
    reviewed(summary, staff, head)
    assert [due(user, acting) for user in (staff, head, supervisor)] == [set(), {"to_issue"}, set()]


def test_the_street_is_asked_where_the_community_has_nobody_else(
    draft, head, make_user, street, acting, client_of
):
    section = make_user(Role.STREET_SECTION, street)
    submitted(draft, head)
    assert due(head, acting) == set()
    assert due(section, acting) == {"to_review"}
    [row] = client_of(head).get(LIST).context["page"].object_list
    assert row.holder == "春华街道"


def test_worklists_ask_one_question_each(
    draft, staff, head, outline, community, acting, django_assert_num_queries
):
    with acting(staff):
        other = services.draft(
            outline=outline, unit=community, period=YEAR.parse("2025Q1"), by=staff
        )
    submitted(draft, staff)
    submitted(other, staff)
    with acting(head):
        [worklist] = [w for w in worklists if w.code == "reports.to_review"]
        rows = worklist.for_user(worklist.rows(frozenset({community.pk})), head)
        with django_assert_num_queries(1):
            assert [(worklist.text(row), worklist.due(row)) for row in rows]
