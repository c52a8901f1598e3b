"""Closing, correcting and opening as people meet them."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from portal.models import ClosedPeriod
from portal.roles import Role
from residents.models import Visit
from tests import factories

pytestmark = pytest.mark.django_db
IN = date(2025, 5, 6)


def key():
    return {"_key": str(uuid.uuid4())}


@pytest.fixture
def visit(acting, community):
    with acting(community):
        return factories.visit(factories.resident(community), IN)


def test_the_head_closes_a_year_after_reading_what_will_happen(client_of, head, community):
    client, url = client_of(head), reverse("period-close")
    sent = {"unit": community.pk, "period": "2025", "other": "2025", "note": "已\x0b上\u202e报\x07"}
    page = client.post(url, sent | key()).content.decode()
    assert "不能再直接登记、修改或删除" in page
    assert not ClosedPeriod.objects.exists()
    client.post(url, sent | key() | {"step": "confirm"})
    listed = client.get(reverse("closed-periods")).content.decode()
    assert "已关账" in listed
    assert "已 上报" in listed


@pytest.mark.parametrize("period", ["2099", "某年"])
def test_a_period_that_is_not_over_or_none_is_refused(client_of, head, community, period):
    sent = {"unit": community.pk, "period": "2025", "other": period} | key()
    page = client_of(head).post(reverse("period-close"), sent | {"step": "confirm"})
    assert "invalid-feedback" in page.content.decode()


def test_a_change_is_asked_for_its_reason_and_goes_on_with_what_was_typed(
    client_of, staff, visit, close_year, acting, community
):
    close_year()
    client = client_of(staff)
    url = reverse("ledger-edit", args=["visits", visit.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent["content"] = "更正后的内容"
    refused = client.post(url, sent | key())
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "2025年1月1日至2025年12月31日的记录已经上报并关账" in page
    assert "更正后的内容" in page
    short = client.post(url, sent | key() | {"_correction": "错"})
    assert "更正理由请写" in short.content.decode()
    done = client.post(url, sent | key() | {"_correction": "走访内容登记不全"})
    assert done.status_code == 302
    with acting(community):
        assert Visit.objects.get(pk=visit.pk).content == "更正后的内容"
    assert "走访内容登记不全" in client.get(done.url).content.decode()


@pytest.mark.parametrize(
    ("role", "closes", "opens"),
    [
        (Role.COMMUNITY_STAFF, False, False),
        (Role.COMMUNITY_HEAD, True, False),
        (Role.STREET_SECTION, False, False),
        (Role.STREET_SUPERVISOR, True, True),
    ],
)
def test_who_closes_and_who_opens(
    role, closes, opens, client_of, make_user, street, community, close_year
):
    unit = street if role.startswith("street") else community
    client, row = client_of(make_user(role, unit)), close_year()
    assert client.get(reverse("period-close")).status_code == (200 if closes else 403)
    assert client.get(reverse("period-open", args=[row.pk])).status_code == (200 if opens else 403)


def test_opening_asks_why_and_tells_it(client_of, supervisor, close_year):
    row, client = close_year(), client_of(supervisor)
    url = reverse("period-open", args=[row.pk])
    shown = client.get(url).context["form"].shown_versions
    client.post(url, {"versions": shown, "reason": ""} | key())
    assert ClosedPeriod.objects.get().opened_at is None
    client.post(url, {"versions": shown, "reason": "更正全年走访记录"} | key())
    assert "更正全年走访记录" in client.get(reverse("closed-periods")).content.decode()


def test_the_list_costs_the_same_with_three_rows(
    client_of, supervisor, community, close_year, django_assert_max_num_queries
):
    close_year()
    client = client_of(supervisor)
    client.get(reverse("closed-periods"))
    with django_assert_max_num_queries(30):
        client.get(reverse("closed-periods"))


def test_the_page_of_an_issue_leads_to_closing_its_period(client_of, head, community):
    url = f"{reverse('period-close')}?unit={community.pk}&period=2025"
    form = client_of(head).get(url).context["form"]
    assert (form["unit"].value(), form["other"].value()) == (str(community.pk), "2025")


def test_only_signed_in_pages_hear_a_reason_and_no_password_comes_back(client, client_of, staff):
    sent = {"username": "x", "password": "geheim-1", "_correction": "错"} | key()
    for address in (reverse("login"), reverse("public-enter")):
        for browser in (client, client_of(staff)):
            assert browser.post(address, sent).status_code != 409
    passwords = {"old_password": "geheim-1", "new_password1": "geheim-2", "_correction": "错"}
    page = client_of(staff).post(reverse("password_change"), passwords | key())
    assert page.status_code == 409
    assert "geheim" not in page.content.decode()
