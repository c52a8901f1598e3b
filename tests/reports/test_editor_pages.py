"""What the editor's scripts ask for: saving by itself, who else is there, findings, printed pages, figures."""

import base64
import json
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import AccessLog
from portal.roles import Role
from reports import forms
from reports.models import Presence, Revision, Summary
from reports.services import presence
from reports.views import live
from tests.reports.conftest import HOME, PHONE
from tests.reports.drafted import *  # noqa: F403 - its fixtures
from tests.reports.test_pages import typed

# On one worker: the draft is made once.
pytestmark = pytest.mark.xdist_group("drafted-editor-pages")

JSON = {"headers": {"accept": "application/json"}}


def ask(client, draft, action="autosave", **changes):
    """What the script sends two seconds after the last key."""
    data = changes.pop("data", None) or typed(client, draft, **changes)
    url = reverse("summary-edit", args=[draft.pk])
    return client.post(url, data | {"action": action, "_key": uuid.uuid4()}, **JSON)


@pytest.fixture
def stored(acting, head, draft):
    """``stored(key)``: the text that is kept; ``stored()``: the summary."""

    def read(key=""):
        with acting(head):
            if key:
                return draft.sections.get(key=key).text
            return Summary.objects.get(pk=draft.pk)

    return read


# --- saving by itself -----------------------------------------------------------------------------
def test_autosave_answers_with_what_is_kept(client_of, staff, draft, stored, acting):
    response = ask(client_of(staff), draft, next="入户{残疾人入户走访}。\r\n\r\n ")
    answer = response.json()
    assert response.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", answer["saved_at"])
    assert answer["version"] == stored().version == draft.version + 1
    assert answer["words"]["section-next"] == "入户{残疾人入户走访}。"
    assert stored("next") == "入户{disability.visits_home}。"
    assert answer["words"]["title"] == draft.title


def test_a_person_who_writes_takes_the_draft_from_the_night(
    client_of, staff, draft, acting, stored
):
    with acting(staff):
        Summary.objects.filter(pk=draft.pk).update(automatic=True)
    ask(client_of(staff), draft, next="改过。")
    assert not stored().automatic


def test_autosaves_are_told_from_presses_of_the_button(client_of, staff, head, draft, acting):
    ask(client_of(head), draft, next="自动。")
    ask(client_of(staff), draft, action="save", next="按了保存。")
    with acting(head):
        kinds = Revision.objects.filter(summary=draft).values_list("why", flat=True)
        assert [*kinds][:2] == [Revision.Why.SAVED, Revision.Why.AUTOSAVED]


def test_second_writer_gets_the_words_of_the_first_and_overwrites_none(
    client_of, staff, head, draft, stored
):
    first, second = client_of(staff), client_of(head)
    stale = typed(second, draft, next="乙的计划。")
    ask(first, draft, next="甲的计划。")
    conflict = ask(second, draft, data=stale)
    answer = conflict.json()
    assert (conflict.status_code, answer["conflict"]) == (409, True)
    assert answer["words"]["section-next"] == "甲的计划。" == stored("next")
    again = ask(second, draft, data=stale | {"version": answer["version"]})
    assert again.status_code == 200
    assert stored("next") == "乙的计划。"


def test_the_same_words_sent_again_are_saved_once(client_of, staff, draft, stored):
    """The answer got lost on its way; the script sends the same again with the version it knows."""
    client = client_of(staff)
    data = typed(client, draft, next="只存一次。")
    assert ask(client, draft, data=data).status_code == 200
    again = ask(client, draft, data=data)
    assert again.status_code == 200
    assert again.json()["version"] == stored().version == draft.version + 1


def test_refused_words_are_named_by_their_field(client_of, staff, draft, stored):
    told = stored("next")
    response = ask(client_of(staff), draft, next="\ue000")
    assert response.status_code == 400
    [(field, [message])] = response.json()["errors"].items()
    assert field == "section-next"
    assert "自造字" in message
    assert stored("next") == told


def test_a_draft_under_review_says_who_has_it(client_of, staff, draft, acting, stored):
    client = client_of(staff)
    data = typed(client, draft, next="晚了一步。")
    with acting(staff):
        Summary.objects.filter(pk=draft.pk).update(state=Summary.State.SUBMITTED)
    response = ask(client, draft, data=data | {"version": draft.version + 1})
    assert response.status_code == 403
    assert response.json()["denied"]
    assert stored("next") != "晚了一步。"


def test_one_click_mends_without_leaving_the_page(client_of, staff, draft, stored):
    client = client_of(staff)
    ask(client, draft, visits="入户走访8人次。")
    checked = client.get(reverse("summary-checked", args=[draft.pk])).content.decode()
    [key] = re.findall(r'value="(mend:\w+)"', checked)
    answer = ask(client, draft, action=key).json()
    assert answer["mended"]
    assert answer["words"]["section-visits"] == "入户走访{残疾人入户走访}。"
    assert stored("visits") == "入户走访{disability.visits_home}。"


# --- who else is there ----------------------------------------------------------------------------
def ping(client, draft, **data):
    return client.post(reverse("summary-presence", args=[draft.pk]), data)


def test_each_sees_the_other_in_their_part_until_they_leave(client_of, staff, head, draft):
    mine, theirs = client_of(staff), client_of(head)
    assert ping(mine, draft, part="visits", version=draft.version).json() == {"people": []}
    told = ping(theirs, draft, part="next", version=draft.version).json()
    assert told == {"people": [{"name": "李梅", "part": "visits", "heading": "走访与服务"}]}
    ping(mine, draft, part="<script>", version=draft.version)
    [person] = ping(theirs, draft, version=draft.version).json()["people"]
    assert (person["part"], person["heading"]) == ("", "")
    assert ping(mine, draft, leave="yes").status_code == 204
    assert ping(theirs, draft, version=draft.version).json() == {"people": []}


def test_whoever_gave_no_sign_for_a_minute_is_gone(client_of, staff, head, draft, acting):
    ping(client_of(staff), draft, version=draft.version)
    with acting(staff):
        long_ago = timezone.now() - presence.STALE - timedelta(seconds=1)
        Presence.objects.update(seen_at=long_ago)
    assert ping(client_of(head), draft, version=draft.version).json()["people"] == []


def test_a_sign_of_life_brings_what_others_saved(client_of, staff, head, draft):
    ask(client_of(staff), draft, next="甲的计划。")
    answer = ping(client_of(head), draft, version=draft.version).json()
    assert answer["version"] == draft.version + 1
    assert answer["words"]["section-next"] == "甲的计划。"


def test_signs_of_life_leave_the_version_and_no_trail(client_of, staff, draft, acting, stored):
    client = client_of(staff)
    for part in ("visits", "next", "visits"):
        ping(client, draft, part=part, version=draft.version)
    with acting(staff):
        here = Presence.objects.get()
    assert (here.section_key, here.version) == ("visits", 1)
    assert stored().version == draft.version


# --- findings and values --------------------------------------------------------------------------
def test_checked_brings_findings_by_part_and_values_by_token(client_of, staff, draft):
    client = client_of(staff)
    ask(client, draft, visits="入户走访8人次，电话{残疾人电话询访#}次。", next="无。")
    page = client.get(reverse("summary-checked", args=[draft.pk])).content.decode()
    [words] = re.findall(r'id="findings-visits".*?data-words="([^"]+)"', page, re.S)
    assert words == "8人次"
    told = json.loads(re.search(r'id="told-values"[^>]*>(.*?)</script>', page)[1])
    assert told["{残疾人电话询访#}"] == str(PHONE)


def test_place_of_a_finding_is_that_in_the_words_as_typed(client_of, staff, draft):
    client = client_of(staff)
    ask(client, draft, visits="电话{残疾人电话询访}，入户走访8人次。")
    page = client.get(reverse("summary-checked", args=[draft.pk])).content.decode()
    [start] = re.findall(r'id="findings-visits".*?data-start="(\d+)"', page, re.S)
    assert int(start) == "电话{残疾人电话询访}，入户走访8人次。".index("8人次")


# --- printed pages --------------------------------------------------------------------------------
def test_pages_are_pictures_of_the_pdf_and_new_only_with_new_words(client_of, staff, draft, acting):
    client, url = client_of(staff), reverse("summary-pages", args=[draft.pk])
    response = client.get(url)
    answer = response.json()
    head, _, data = answer["pages"][0]["src"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert (answer["lines"], answer["characters"]) == (22, 28)
    same = client.get(url, headers={"if-none-match": response["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    before = len(answer["pages"])
    ask(client, draft, next="走访困难家庭，了解需求。\n" * 60)
    longer = client.get(url, headers={"if-none-match": response["ETag"]}).json()
    assert len(longer["pages"]) > before
    with acting(staff):
        [log] = AccessLog.objects.all()  # however often they look that day
        assert (log.user, log.subject_id, log.field) == (staff, draft.pk, "pages")


def test_pages_beyond_the_first_are_counted_and_not_drawn(client_of, staff, draft, monkeypatch):
    monkeypatch.setattr(live, "MOST_PAGES", 1)
    ask(client_of(staff), draft, next="走访困难家庭，了解需求。\n" * 60)
    answer = client_of(staff).get(reverse("summary-pages", args=[draft.pk])).json()
    assert len(answer["pages"]) == 1
    assert answer["count"] > 1


def test_a_draft_has_a_longest_length(client_of, staff, draft, monkeypatch):
    monkeypatch.setattr(forms, "DRAFT_LENGTH", 500)
    response = ask(client_of(staff), draft, next="走访困难家庭，了解需求。\n" * 60)
    assert response.status_code == 400
    [(field, messages)] = response.json()["errors"].items()
    assert field == "section-next"
    assert "最多 500 字" in messages[0]


# --- figures --------------------------------------------------------------------------------------
def offered(client, draft, **query):
    page = client.get(reverse("summary-figures", args=[draft.pk]), query).content.decode()
    return re.findall(r'data-form="([^"]+)" data-told="([^"]*)"', page)


def test_one_figure_is_offered_with_all_its_forms_counted(client_of, staff, draft):
    told = dict(offered(client_of(staff), draft, code="disability.visits_home"))
    assert told == {
        "{残疾人入户走访}": f"{HOME}人次",
        "{残疾人入户走访#}": str(HOME),
        "{残疾人入户走访@上期}": "0人次",
        "{残疾人入户走访@比上期}": told["{残疾人入户走访@比上期}"],
    }
    assert told["{残疾人入户走访@比上期}"]


def test_other_departments_figures_are_those_that_one_may_see(
    client_of, staff, make_user, community, draft
):
    names = {token for token, _ in offered(client_of(staff), draft)}
    assert "{残疾人入户走访}" not in names  # the page has it already
    assert len(names) > 100
    worker = client_of(make_user(Role.REHABILITATION_WORKER, community))
    fewer = {token for token, _ in offered(worker, draft)}
    assert fewer < names


def test_unknown_figure_is_a_missing_page(client_of, staff, draft):
    url = reverse("summary-figures", args=[draft.pk])
    assert client_of(staff).get(url, {"code": "no.such"}).status_code == 404


def test_page_offers_figures_tables_and_phrases_by_name_and_initials(client_of, staff, draft):
    response = client_of(staff).get(draft.get_absolute_url())
    offers = {offer.name: offer for offer in response.context["offers"]}
    assert offers["残疾人入户走访"].initials == "cjrrhzf"
    assert offers["残疾人入户走访"].forms[0].told == f"{HOME}人次"
    assert {"figure", "table"} <= {offer.kind for offer in offers.values()}


# --- who may --------------------------------------------------------------------------------------
NAMES = ("summary-checked", "summary-pages", "summary-figures")


def test_who_reads_only_and_who_is_elsewhere_get_nothing(
    client_of, make_user, community, other_community, draft
):
    elsewhere = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    reader = client_of(make_user(Role.WINDOW_CLERK, community))
    for name in NAMES:
        url = reverse(name, args=[draft.pk])
        assert elsewhere.get(url).status_code == 404, name
        assert reader.get(url).status_code == 403, name
    assert ping(elsewhere, draft, part="next").status_code == 404
    assert ping(reader, draft, part="next").status_code == 403
