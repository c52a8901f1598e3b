"""What a clerk may mistype is refused in plain words at its field, and nothing is stored."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.roles import Role
from residents.enums import ActivityKind
from residents.models import (
    Application,
    CareKind,
    Participation,
    ResidencySpell,
    Visit,
)
from tests import factories

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


@pytest.fixture
def errors(client_of, staff):
    """Send a form; the errors it comes back with, {} where it was stored."""

    def send(slug, **data):
        page = client_of(staff).post(f"/ledger/{slug}/add/", data | {"_key": str(uuid.uuid4())})
        if page.status_code == 302:
            return {}
        assert page.status_code == 200
        return {name: list(found) for name, found in page.context["form"].errors.items()}

    return send


# --- days -----------------------------------------------------------------------------------------
def test_birth_and_residency_cannot_begin_tomorrow(errors):
    found = errors(
        "residents",
        name="林小满",
        id_kind="none",
        no_id_reason="拒报",
        residency="here",
        born_on=TOMORROW,
        lived_since=TOMORROW,
    )
    assert found == {
        "born_on": ["出生日期不能晚于今天。"],
        "lived_since": ["在册起始日期不能晚于今天。"],
    }


def test_an_application_is_not_decided_tomorrow(errors, person):
    found = errors(
        "applications",
        resident=person.pk,
        occurred_on="2025-03-10",
        kind="other",
        title="乘车优惠卡",
        poverty="none",
        state="approved",
        decided_on=TOMORROW,
        domains=["residents"],
    )
    assert found == {"decided_on": ["办结日期不能晚于今天。"]}


def test_a_disability_file_is_not_closed_before_it_was_opened(errors, person):
    found = errors(
        "disability-files",
        resident=person.pk,
        opened_on="2025-03-10",
        closed_on="2025-03-09",
        components=["42"],
    )
    assert found == {"closed_on": ["销档日期不能早于建档日期。"]}


# --- households and residency ---------------------------------------------------------------------
def test_a_member_joins_leaves_and_joins_no_two_households_at_once(
    acting, errors, staff, community, person
):
    with acting(community):
        first = factories.household(community)
        second = factories.household(community, number="1-102")
        for home in (first, second):
            factories.member(home, factories.resident(community))
    joined = {"resident": person.pk, "relation": "40"}
    assert errors("memberships", household=first.pk, starts_on="2025-01-01", **joined) == {}
    found = errors("memberships", household=second.pk, starts_on="2025-05-01", **joined)
    assert found == {
        "__all__": ["该居民在这段时间的户籍已在另一户。", "该居民在这段时间已居住在另一户。"]
    }
    with acting(staff):
        assert person.memberships.get().starts_on == date(2025, 1, 1)


def test_a_membership_without_relation_is_asked_for_it(acting, errors, community, person):
    with acting(community):
        household = factories.household(community)
    found = errors(
        "memberships", household=household.pk, resident=person.pk, starts_on="2025-01-01"
    )
    assert found == {"relation": ["请选择与户主关系。"]}


def test_a_household_has_one_head_at_a_time(acting, errors, community, person):
    with acting(community):
        household = factories.household(community)
        other = factories.resident(community)
    head = {"household": household.pk, "relation": "02", "starts_on": "2025-01-01"}
    assert errors("memberships", resident=person.pk, **head) == {}
    found = errors("memberships", resident=other.pk, **head)
    assert found == {"__all__": ["这一户在这段时间已有户主。"]}


def test_a_spell_that_ends_before_it_starts_is_told_once(acting, errors, staff, person):
    found = errors(
        "residency-spells",
        resident=person.pk,
        starts_on="2020-02-01",
        ends_on="2020-01-01",
        ended_by="moved",
    )
    assert found == {"ends_on": ["结束日期不能早于起始日期。"]}
    with acting(staff):
        assert ResidencySpell.objects.filter(starts_on=date(2020, 2, 1)).count() == 0


def test_the_same_care_is_not_granted_twice_at_once(errors, person):
    care = {"resident": person.pk, "kind": CareKind.objects.first().pk}
    assert errors("care-tags", starts_on="2025-01-01", ends_on="2025-06-30", **care) == {}
    found = errors("care-tags", starts_on="2025-06-30", **care)
    assert found == {"__all__": ["这位居民在这段时间已有同一类别的认定。"]}
    assert errors("care-tags", starts_on="2025-07-01", **care) == {}


# --- records that their own ledger would not show --------------------------------------------------
def test_a_record_foreign_to_the_ledger_is_refused(acting, errors, staff, person):
    found = errors(
        "disability-visits",
        resident=person.pk,
        occurred_on="2025-03-10",
        mode="home",
        visitor="李梅",
        domains=["residents"],
    )
    assert list(found) == ["__all__"]
    assert found["__all__"][0].startswith("按这样填写，这条记录不属于“残疾人走访”")
    with acting(staff):
        assert Visit.objects.count() == 0


def test_an_application_of_another_kind_is_no_insurance_help(acting, errors, staff, person):
    found = errors(
        "insurance-help",
        resident=person.pk,
        occurred_on="2025-03-10",
        kind="other",
        title="乘车优惠卡",
        poverty="none",
        state="pending",
        domains=["disability"],
    )
    assert list(found) == ["__all__"]
    with acting(staff):
        assert Application.objects.count() == 0


# --- who took part, and plain words ----------------------------------------------------------------
def test_who_came_in_person_names_no_family_member(acting, errors, staff, community, person):
    with acting(community):
        course = factories.activity(
            community, kind=ActivityKind.TRAINING, domains=["disability"], title="家政培训"
        )
    found = errors(
        "participations",
        activity=course.pk,
        resident=person.pk,
        attendee="self",
        family_name="李梅",
    )
    assert list(found) == ["family_name"]
    with acting(staff):
        assert Participation.objects.count() == 0


def test_numbers_and_long_texts_are_refused_in_plain_words(errors):
    found = errors(
        "handouts",
        material="单" * 61,
        quantity="200余",
        measure="份",
        domains=["residents"],
    )
    assert found == {
        "material": ["最多 60 个字，现在是 61 个。"],
        "quantity": ["请只填数字，不带单位和“余”“约”等字。"],
        "occurred_on": ["请填写日期。"],
    }


def test_a_namesake_without_number_is_warned_of(client_of, acting, staff, community):
    with acting(community):
        known = factories.resident(community)
    data = {"name": known.name, "id_kind": "none", "no_id_reason": "拒报", "residency": "here"}
    page = client_of(staff).post(
        "/ledger/residents/add/", data | {"_key": str(uuid.uuid4())}, follow=True
    )
    warned = [str(m) for m in page.context["messages"] if m.level_tag == "warning"]
    assert warned == [f"已有同名居民“{known.name}”，请核对是否重复登记。"]


def test_a_select_says_in_our_words_that_nothing_is_chosen(client_of, staff):
    form = client_of(staff).get("/ledger/residents/add/").context["form"]
    assert form.fields["grid"].empty_label == "—"
    form = client_of(staff).get("/ledger/memberships/add/").context["form"]
    assert form.fields["relation"].choices[0] == ("", "—")
    assert form.fields["household"].widget.search_hint == "户编号或地址"


@pytest.mark.parametrize("typed", ["阿依古丽•买买提江", "买买提江", "阿依古丽.买买提江"])
def test_a_name_is_found_by_any_dot(acting, client_of, staff, community, typed):
    with acting(community):
        known = factories.resident(community, name="阿依古丽·买买提江")
    page = client_of(staff).post("/search/", {"q": typed})
    assert page.url == f"/ledger/residents/{known.pk}/"


def test_a_name_is_found_when_typed_with_a_blank(acting, client_of, staff, community):
    with acting(community):
        known = factories.resident(community, name="王俊")
    assert client_of(staff).post("/search/", {"q": "王 俊"}).url == f"/ledger/residents/{known.pk}/"
