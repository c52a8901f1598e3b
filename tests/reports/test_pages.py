"""The pages of summaries: who may open them, what they show, what a POST does."""

import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import AccessLog
from portal.roles import Role
from reports import services
from reports.models import Issue, Summary
from tests.reports.conftest import HOME, YEAR, reviewed
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_issuing import text_of_pdf

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-pages")

LIST, CREATE = reverse("summary-list"), reverse("summary-create")


def post(client, url, **data):
    return client.post(url, {"_key": uuid.uuid4(), **data})


def page(response) -> str:
    """The words of a page, markup taken out."""
    text = re.sub(r"<[^>]+>", "", response.content.decode())
    return html.unescape("".join(text.split()))


def typed(client, draft, **changes):
    """What the editor's form would send, with changes to its fields."""
    form = client.get(draft.get_absolute_url()).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return data | {f"section-{key}": text for key, text in changes.items()}


def edit(client, draft, action="save", **changes):
    url = reverse("summary-edit", args=[draft.pk])
    return post(client, url, action=action, **typed(client, draft, **changes))


@pytest.fixture
def section(acting, head, draft):
    """``section(key)``: the stored text of a section."""

    def text(key):
        with acting(head):
            return draft.sections.get(key=key).text

    return text


# --- who may ------------------------------------------------------------------------------------
PAGES = ("list", "create", "detail", "edit", "redraft", "issue", "preview")
MAY = {
    Role.COMMUNITY_STAFF: {"list", "create", "detail", "edit", "redraft", "preview"},
    Role.COMMUNITY_HEAD: set(PAGES),
    Role.REHABILITATION_WORKER: {"list", "create", "detail", "edit", "redraft", "preview"},
    Role.SANITATION_INSPECTOR: {"list", "create"},
    Role.STREET_SECTION: {"list", "create", "detail", "edit", "redraft", "preview"},
    Role.STREET_SUPERVISOR: set(PAGES),
}


def status_of(client, name, draft):
    if name in {"list", "create"}:
        return client.get(reverse(f"summary-{name}")).status_code
    url = reverse(f"summary-{name}", args=[draft.pk])
    if name == "edit":
        return post(client, url).status_code  # a rejected form is answered with the page
    return client.get(url).status_code


@pytest.mark.parametrize("role", Role)
def test_roles_open_exactly_their_pages(role, make_user, client_of, community, street, draft):
    unit = street if role.value.startswith("street") else community
    client = client_of(make_user(role, unit))
    expected = {name: 200 if name in MAY.get(role, ()) else 403 for name in PAGES}
    if role is Role.SANITATION_INSPECTOR:  # drafts too, but sees no draft of this department
        expected |= dict.fromkeys(("detail", "edit", "redraft", "preview"), 404)
    if expected["issue"] == 200:
        expected["issue"] = 302  # a draft: back to it, with the reason
    assert {name: status_of(client, name, draft) for name in PAGES} == expected


def test_anonymous_is_sent_to_sign_in(client, draft):
    for url in (LIST, CREATE, draft.get_absolute_url()):
        assert client.get(url).status_code == 302


# --- drafting -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("year_of_records")
def test_draft_is_made_for_the_chosen_unit_and_period(client_of, staff, community, acting):
    client = client_of(staff)
    response = post(client, CREATE, kind="A", unit=community.pk, period="2025")
    with acting(staff):
        summary = Summary.objects.get()
    assert response.url == summary.get_absolute_url()
    assert (summary.title, summary.period_key) == ("明珠社区2025年残疾人工作总结", "2025")
    again = post(client, CREATE, kind="A", unit=community.pk, period="2026", other="2025")
    assert again.url == summary.get_absolute_url()  # the typed period wins; the draft is opened


def test_period_typed_wrongly_is_named(client_of, staff, community):
    response = post(
        client_of(staff), CREATE, kind="A", unit=community.pk, period="2025", other="去年"
    )
    assert response.context["form"].errors.keys() == {"other"}


def test_editor_shows_chinese_names_and_the_page_its_numbers(client_of, staff, draft, community):
    response = client_of(staff).get(draft.get_absolute_url())
    form = response.context["form"]
    assert "{残疾人入户走访}" in form["section-visits"].value()
    told = response.content.decode()
    url = reverse("figure-detail", args=["disability.visits_home"])
    assert f'href="{url}?unit={community.pk}&amp;period=2025"' in told
    assert f"入户走访{HOME}人次" in page(response)


def test_save_stores_codes(client_of, staff, draft, section):
    client = client_of(staff)
    response = edit(client, draft, visits="入户{残疾人入户走访}。\r\n{表：各月工作量}")
    assert response.url == draft.get_absolute_url()
    assert section("visits") == "入户{disability.visits_home}。\n{table:各月工作量}"


def test_contradiction_is_marked_at_its_part_and_mended_by_its_button(
    client_of, staff, draft, section
):
    client = client_of(staff)
    edit(client, draft, action="check", visits="入户走访8人次，入户共8人次。")
    response = client.get(draft.get_absolute_url())
    [visits] = [f for f in response.context["fields"] if f["key"] == "visits"]
    first, second = visits["findings"]
    assert (first.finding.words, first.shown_replacement) == ("8人次", "{残疾人入户走访}")
    edit(client, draft, action=f"mend:{second.finding.key}")
    assert section("visits") == "入户走访8人次，入户共{disability.visits_home}。"


def test_mending_what_is_gone_only_saves(client_of, staff, draft, section):
    response = edit(client_of(staff), draft, action="mend:0123456789abcdef", next="改过。")
    assert response.status_code == 302
    assert section("next") == "改过。"


def test_second_editor_sees_both_texts_and_saves_on_top(client_of, staff, head, draft, section):
    first, second = client_of(staff), client_of(head)
    stale = typed(second, draft, next="乙的计划。")
    edit(first, draft, next="甲的计划。")
    url = reverse("summary-edit", args=[draft.pk])
    conflict = post(second, url, action="save", **stale)
    assert conflict.status_code == 409
    assert section("next") == "甲的计划。"
    [field] = [f for f in conflict.context["fields"] if f["theirs"] is not None]
    assert (field["theirs"], field["field"].value()) == ("甲的计划。", "乙的计划。")
    version = conflict.context["form"]["version"].value()
    assert post(second, url, action="save", **stale | {"version": version}).status_code == 302
    assert section("next") == "乙的计划。"


def test_redraft_asks_first(client_of, staff, draft, section):
    client = client_of(staff)
    told = section("next")
    edit(client, draft, next="改写。")
    url = reverse("summary-redraft", args=[draft.pk])
    version = client.get(url).context["summary"].version
    assert section("next") == "改写。"
    assert post(client, url, version=version).status_code == 302
    assert section("next") == told


def test_hostile_words_stay_words_in_the_browser(client_of, staff, draft):
    hostile = "<script>alert(1)</script>{{ 7*7 }}{% now 'Y' %}\" onload=\"x"
    client = client_of(staff)
    edit(client, draft, next=hostile)
    response = client.get(draft.get_absolute_url())
    assert "<script>alert" not in response.content.decode()
    assert page(response).count("".join(html.escape(hostile, quote=False).split())) == 0
    assert "{{7*7}}{%now'Y'%}" in page(response)


def test_control_characters_are_taken_out_and_private_use_is_refused(
    client_of, staff, draft, section
):
    client = client_of(staff)
    edit(client, draft, next="甲\u202e乙\x00丙")
    assert "\u202e" not in section("next")
    refused = edit(client, draft, next="\ue000")
    assert refused.context["form"].errors.keys() == {"section-next"}


# --- signing ------------------------------------------------------------------------------------
def test_head_signs_and_the_issue_opens(client_of, head, ready, acting):
    client = client_of(head)
    url = reverse("summary-issue", args=[ready.pk])
    version = client.get(url).context["summary"].version
    response = post(client, url, version=version, opinion="同意")
    with acting(head):
        issue = Issue.objects.get()
        assert ready.steps.get(step="issue").opinion == "同意"
    assert response.url == issue.get_absolute_url()
    shown = client.get(response.url)
    assert shown.context["changed"] == 0
    assert f"入户走访{HOME}人次" in page(shown)
    assert client.get(ready.get_absolute_url()).url == response.url


def test_errors_of_later_records_send_back_to_the_text(
    client_of, staff, head, draft, acting, edit_a_visit
):
    edit(client_of(staff), draft, visits=f"入户走访{HOME}人次。")
    ready = reviewed(draft, staff, head)
    edit_a_visit()
    client = client_of(head)
    url = reverse("summary-issue", args=[ready.pk])
    asked = client.get(url)
    assert "确认签发" not in page(asked)
    response = post(client, url, version=asked.context["summary"].version)
    assert response.url == url  # where the errors stand, with what can be done
    assert "现在不能签发" in page(asked)
    back = reverse("summary-step", args=[ready.pk, "return"])
    assert f'href="{back}?findings=1"' in asked.content.decode()
    opinion = client.get(back, {"findings": 1}).context["opinion"]
    assert opinion.startswith("检查发现下列错误")
    assert "走访与服务：" in opinion or opinion.count("\n") > 0
    assert client.get(back).context["opinion"] == ""
    with acting(head):
        assert not Issue.objects.exists()


def test_stale_signature_is_sent_back(client_of, head, ready, acting):
    client = client_of(head)
    response = post(client, reverse("summary-issue", args=[ready.pk]), version=ready.version + 1)
    assert response.url == ready.get_absolute_url()
    with acting(head):
        assert not Issue.objects.exists()


def test_preview_carries_the_watermark_and_is_logged(client_of, staff, draft, acting):
    response = client_of(staff).get(reverse("summary-preview", args=[draft.pk]))
    assert "草稿" in text_of_pdf(response.content)
    with acting(staff):
        assert AccessLog.objects.get().subject == "reports.summary"


# --- the list -----------------------------------------------------------------------------------
def test_list_filters_by_unit_kind_and_year(client_of, make_user, street, community, draft):
    client = client_of(make_user(Role.STREET_SUPERVISOR, street))

    def titles(**query):
        return [summary.title for summary in client.get(LIST, query).context["page"]]

    assert titles() == [draft.title]
    assert titles(unit=community.pk, kind="A", year="2025") == [draft.title]
    assert titles(unit=street.pk) == []
    assert titles(year="2024") == []
    assert titles(unit="999999") == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_queries(
    client_of, head, acting, outline, community, count, django_assert_num_queries
):
    client = client_of(head)
    with acting(head):
        for quarter in range(1, count):  # beside the one that is drafted already
            period = YEAR.parse(f"2025Q{quarter}")
            services.draft(outline=outline, unit=community, period=period, by=head)
    with django_assert_num_queries(16):
        assert client.get(LIST).context["page"].paginator.count == count


def test_draft_page_asks_as_often_for_a_long_text_as_for_a_short_one(client_of, staff, draft):
    client, asked = client_of(staff), []
    for times in (1, 40):
        edit(client, draft, next="入户{残疾人入户走访}，电话{残疾人电话询访}。\n" * times)
        with CaptureQueriesContext(connection) as queries:
            client.get(draft.get_absolute_url())
        asked.append(len(queries))
    assert asked[0] == asked[1]
