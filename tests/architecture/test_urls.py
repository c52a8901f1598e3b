"""One sweep over every URL: marked, closed to strangers, and silent about other units."""

import re

import pytest

from portal.ledgers import ledgers
from portal.marks import is_repeatable
from portal.roles import Role
from portal.scope import access_of
from tests.factories.everything import rows_of
from tests.security.asking import Asking, without_frame
from tests.security.routes import ALL, patterns, sample_url

PUBLIC = {
    "login": "signing in itself",
    "logout": "ends whatever session there is",
    # For programs (tests/running).
    "ready": "good or bad for each check; nothing of what lies behind",
    "metrics": "asks for a token; without one it is not there",
    # Of the phone; the same for everybody (tests/offline/test_phone_pages.py).
    "offline-shell": "a page without data",
    "service-worker": "a program without data",
    "web-manifest": "name and icons of the portal",
    # For residents; each runs as the public role (tests/servicecenter/test_public_*.py).
    "public-start": "names of units, which are public bodies",
    "public-unit": "guides that the office published",
    "public-item": "a guide that the office published",
    "public-case": "asks for number and code of a receipt; limited",
    "public-apply": "an application comes in, and is shown to nobody; limited",
    "public-echoes": "answers that the office published; a question comes in; limited",
    "public-board": "monthly figures that the office published",
    "public-follow": "where a letter stands whose code one holds; limited",
    "public-rate": "whoever holds the link of a case rates it, once; limited",
    "public-verify": "asks for number and code of a certificate of service; limited",
    "public-verified": "what a certificate says whose QR one holds; limited",
    "public-receipt": "steps and dates of the case whose receipt one holds; limited",
    # Of volunteer work (tests/volunteers/test_public_*.py).
    "public-volunteers": "names of units, which are public bodies",
    "public-join": "an application comes in, and is shown to nobody; limited",
    "public-join-follow": "where an application stands whose code one holds; limited",
    "public-recruit": "activities for which volunteers are sought",
    "public-posted": "hours that are posted; names only with consent",
    "public-enter": "asks for number and code of a volunteer's card; limited",
    "public-me-link": "asks whose phone this is; limited",
    "public-forget": "the phone forgets whose it is",
}
BY_LINK = {  # for who holds a volunteer's own link: a sign-in of its own (ADR 23)
    "public-me",
    "public-my-shifts",
    "public-my-shift",
    "public-my-records",
    "public-my-correction",
    "public-my-certificates",
    "public-my-name",
    "public-my-leaving",
    "public-shift",
}


def test_every_url_has_a_name_of_its_own():
    names = [entry.name for entry, _ in patterns()]
    assert None not in names
    assert len(names) == len(set(names))


def test_every_view_says_who_may_come_in():
    marks = {name: getattr(entry.callback, "scope_mark", "") for name, (entry, _) in ALL.items()}
    assert [name for name, mark in marks.items() if not mark] == []
    assert {name for name, mark in marks.items() if mark.startswith("public")} == PUBLIC.keys()
    assert {name for name, mark in marks.items() if mark.startswith("by link")} == BY_LINK


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in(client):
    for name, (entry, route) in ALL.items():
        if name in PUBLIC:
            continue  # opened by the matrix, which looks for what they may not tell
        for method in ("get", "post"):
            response = getattr(client, method)(sample_url(route))
            if name in BY_LINK:
                assert entry.callback.runs_as_public
                assert response.status_code in {200, 404}, (name, method)
                continue
            assert response.status_code == 302, (name, method)
            assert response["Location"].startswith("/login"), (name, method)


@pytest.fixture
def foreign_rows(acting, other_community):
    """One row of every ledger in another community, each with a canary in it."""
    with acting(other_community):
        rows = rows_of(other_community, "金丝雀")
        del rows["staff-evaluations"]  # closed to staff altogether: tests/office
        return rows


FILE_CHANGES = ("ledger-file-caption", "ledger-file-delete", "ledger-file-restore")
ROW_URLS = (
    "ledger-detail",
    "ledger-edit",
    "ledger-delete",
    "ledger-unmask",
    "ledger-reason",
    "ledger-files",
    "ledger-files-print",
    "ledger-file",
    "ledger-file-thumbnail",
)
SENT = {"purpose": "办理业务核对"}
POST_URLS = ("ledger-edit", "ledger-delete", "ledger-unmask", "ledger-files", *FILE_CHANGES)
LIST_URLS = (
    *("ledger-list", "ledger-add", "ledger-add-batch", "ledger-bin"),
    *("ledger-import", "ledger-export"),
)


def check_reading_alone(asking, slug, row) -> None:
    """Of a ledger in which the account may change nothing: what it does not see is missing, and what it
    may not do is refused without a look at the row."""
    for name in (*ROW_URLS, *POST_URLS):
        url = sample_url(ALL[name][1], slug=slug, pk=row.pk)
        answer = asking.post(url, SENT | {"version": row.version})
        assert answer.status in {403, 404, 405}, url
        assert "金丝雀" not in answer.body, url
        if name in ROW_URLS:
            answer = asking.get(url)
            assert answer.status in {403, 404}, url
            assert "金丝雀" not in answer.body, url
    assert asking.get(sample_url(ALL["ledger-detail"][1], slug=slug, pk=row.pk)).status == 404


@pytest.mark.django_db
def test_rows_of_another_unit_are_missing_pages(acting, make_user, community, foreign_rows):
    """Asked of the views; that a missing page tells nothing is shown by the next test and the matrix."""
    staff = make_user(Role.COMMUNITY_STAFF, community)
    asking = Asking(staff)
    with acting(staff):
        for slug, row in foreign_rows.items():
            view, edit = ledgers[slug].view_permission, ledgers[slug].edit_permission
            if edit and access_of(staff).may(view) and not access_of(staff).may(edit):
                check_reading_alone(asking, slug, row)
                continue
            for name in ROW_URLS:
                url = sample_url(ALL[name][1], slug=slug, pk=row.pk)
                assert asking.get(url).status == 404, url
            for name in POST_URLS:
                url = sample_url(ALL[name][1], slug=slug, pk=row.pk)
                assert asking.post(url, SENT | {"version": row.version}).status == 404, url
            taken_back = asking.post(f"/ledger/{slug}/bin/", {"pk": row.pk})
            assert taken_back.status == 404, slug
            nobody = asking.get(sample_url(ALL["ledger-detail"][1], slug=slug, pk=987654))
            assert nobody.status == 404, slug


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROW_URLS)
def test_a_row_of_another_unit_answers_as_one_that_never_was(
    client_of, make_user, community, foreign_rows, name
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    pages = []
    for pk in (foreign_rows["residents"].pk, 987654):
        answer = client.get(sample_url(ALL[name][1], slug="residents", pk=pk))
        pages.append((answer.status_code, re.sub(r'"[\w-]{36,}"', "", answer.content.decode())))
    assert pages[0] == pages[1]
    assert pages[0][0] == 404


@pytest.mark.django_db
def test_lists_search_export_and_pickers_are_silent_about_another_unit(
    acting, client_of, make_user, community, other_community, foreign_rows
):
    """Asked of the views; each of their addresses is asked as a whole request by the matrix."""
    staff = make_user(Role.COMMUNITY_STAFF, community)
    asking = Asking(staff)
    with acting(staff), without_frame():
        for slug in foreign_rows:
            for name in LIST_URLS:
                body = asking.get(sample_url(ALL[name][1], slug=slug)).body
                assert "金丝雀" not in body, (slug, name)
            searched = asking.post(f"/ledger/{slug}/", {"q": "jsq"})
            answers = [
                asking.post(f"/ledger/{slug}/pick/", {"q": "金丝雀"}),
                asking.post(f"/ledger/{slug}/pick/", {"q": ""}),
                asking.get(searched.location) if searched.location else searched,
                asking.post(f"/ledger/{slug}/export/"),
                asking.get(f"/ledger/{slug}/?unit={other_community.pk}"),
            ]
            for answer in answers:
                body = answer.body.replace("查找：<strong>金丝雀", "")
                assert foreign_rows["residents"].masked_id not in body, slug
                assert 'data-label="金丝雀"' not in body, slug
                assert f"/ledger/{slug}/{foreign_rows[slug].pk}/" not in body
    found = client_of(staff).post("/search/", {"q": "jsq"})
    assert found.context["groups"] == []


@pytest.mark.django_db
def test_figures_of_another_unit_are_missing_pages(
    client_of, make_user, community, other_community, foreign_rows
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert client.get(f"/figures/visits.home/?unit={other_community.pk}").status_code == 404
    assert client.get("/figures/visits.home/").context["value"] == "0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "closed"),
    [
        (
            Role.SANITATION_INSPECTOR,
            ["/ledger/residents/", "/ledger/disability-files/", "/search/"],
        ),
        (Role.WINDOW_CLERK, ["/ledger/disability-files/", "/ledger/certificates/", "/units/"]),
        (Role.VOLUNTEER_LEADER, ["/ledger/residents/", "/figures/disability.holders/"]),
        (Role.COMMUNITY_STAFF, ["/units/", "/accounts/", "/roles/", "/policies/", "/retention/"]),
        (Role.SYSTEM_ADMINISTRATOR, ["/ledger/residents/", "/figures/", "/summaries/", "/roles/"]),
        (Role.SECURITY_ADMINISTRATOR, ["/ledger/residents/", "/figures/", "/units/"]),
        (Role.AUDIT_ADMINISTRATOR, ["/ledger/residents/", "/summaries/", "/accounts/"]),
    ],
)
def test_without_the_permission_the_answer_is_403(client_of, make_user, community, role, closed):
    client = client_of(make_user(role, community))
    for url in closed:
        assert client.get(url).status_code == 403, url


def test_only_harmless_posts_may_be_repeated_without_a_key():
    repeatable = {name for name, (entry, _) in ALL.items() if is_repeatable(entry.callback)}
    assert repeatable <= {
        "public-apply",
        "public-case",
        "public-echoes",
        "public-follow",
        "public-join",
        "public-join-follow",
        "public-rate",
        "public-unit",
        "public-verify",
        "public-enter",  # these of volunteers act once by themselves (volunteers/services/mine.py)
        "public-forget",
        "public-me-link",
        "public-my-certificates",
        "public-my-correction",
        "public-my-leaving",
        "public-my-name",
        "public-my-shift",
        "public-shift",
        "login",
        "logout",
        "search",
        "ledger-list",
        "ledger-pick",
        "ledger-unmask",
        "ledger-export",
        "holder-list",
        "holder-export",  # as the next
        "audit-export",  # as that of any ledger: read, and logged
        "offline-store",  # each key is stored once by itself (tests/offline)
        "sending-list",
        "summary-presence",  # says who is where; the newest sign stands
        "account-list",
        "role-list",
        "ledger-draft",  # the last word of a form counts
        "case-find",
        "case-find-item",  # a sign of life
    }
