"""Demonstration sites: a whole round on one screen, what belongs to a site, what is counted."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.quality import rules
from portal.roles import Role
from sanitation.models import FundEntry, HouseholdRating
from tests import factories
from tests.factories import sanitation_sites as make

pytestmark = pytest.mark.django_db
MANY = "/ledger/household-ratings/add-many/"


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def inspector(client_of, make_user, street):
    return client_of(make_user(Role.SANITATION_INSPECTOR, street))


def posted(client, path, **fields):
    return client.post(path, fields | {"_key": uuid.uuid4()})


@pytest.fixture
def rounds(community, acting):
    """A round with three homes, one with its household, and the next one without any."""
    with acting(community):
        place = make.site(community)
        home = factories.household(community)
        first = make.round_of(place)
        make.rating(first, "黄大发", household=home)
        make.rating(first, "韦英堃")
        make.rating(first, "覃秀兰")
        return first, make.round_of(place, "第三季度评比", occurred_on=date(2025, 9, 15)), home


def lines(*grades, **more):
    """Three homes as the page begins, with these grades."""
    heads = ("黄大发", "韦英堃", "覃秀兰")
    sent = {f"l{n}-head": head for n, head in enumerate(heads)}
    sent |= {f"l{n}-grade": grade for n, grade in enumerate(grades)}
    return sent | {"lines": "13"} | more


def test_a_round_begins_with_the_homes_of_the_one_before(staff, rounds, community, acting):
    _, second, home = rounds
    page = staff.get(f"{MANY}?round={second.pk}").content.decode()
    assert [head in page for head in ("黄大发", "韦英堃", "覃秀兰")] == [True] * 3
    sent = lines("cleanest", "", "unclean", **{"l3-head": "新来户", "l3-grade": "clean"})
    assert posted(staff, MANY, round=second.pk, **sent).status_code == 302
    with acting(community):
        rows = HouseholdRating.objects.filter(round=second).order_by("pk")
        told = [(row.head, row.grade, row.household) for row in rows]
        # Nothing was keyed of the second one; the first keeps its household.
        assert told == [
            ("黄大发", "cleanest", home),
            ("覃秀兰", "unclean", None),
            ("新来户", "clean", None),
        ]
        assert {(row.occurred_on, row.community) for row in rows} == {
            (date(2025, 9, 15), community)
        }
    left = staff.get(f"{MANY}?round={second.pk}").content.decode()
    assert "韦英堃" in left
    assert "覃秀兰" not in left


def test_a_line_that_is_wrong_keeps_all_from_being_stored(staff, rounds, community, acting):
    _, second, _ = rounds
    answer = posted(staff, MANY, round=second.pk, **lines("clean", "", **{"l2-score": "-1"}))
    page = answer.content.decode()
    assert "第 3 行 等次：请选择等次。" in page
    assert "第 3 行 得分：不能小于 0。" in page
    twice = lines("clean", "clean", **{"l1-head": "黄大发"})
    refused = posted(staff, MANY, round=second.pk, **twice).content.decode()
    assert "第 2 行 户主：这一户已有本次评比的结果。" in refused
    assert (
        "还没有填写任何一行。" in posted(staff, MANY, round=second.pk, **lines()).content.decode()
    )
    with acting(community):
        assert not HouseholdRating.objects.filter(round=second).exists()


def test_a_home_keyed_twice_is_refused_at_the_head(staff, inspector, rounds, community, acting):
    first, _, home = rounds
    fields = {"round": first.pk, "grade": "clean", "unit": community.pk}
    for told in ({"head": "韦英堃"}, {"head": "黄大发", "household": home.pk}):
        answer = posted(staff, "/ledger/household-ratings/add/", **fields | told)
        assert answer.context["form"].errors == {"head": ["这一户已有本次评比的结果。"]}
    with acting(community):
        assert HouseholdRating.objects.filter(round=first).count() == 3
        row = HouseholdRating.objects.get(round=first, head="覃秀兰")
    url = f"/ledger/household-ratings/{row.pk}/edit/"
    changed = fields | {"head": "覃秀兰", "version": row.version}
    assert posted(staff, url, **changed).status_code == 302  # it does not stand in its own way


def test_results_follow_a_round_to_another_day(staff, rounds, community, acting):
    first, _, _ = rounds
    fields = {"title": first.title, "site": first.site_id, "occurred_on": "2025-06-20"}
    url = f"/ledger/rating-rounds/{first.pk}/edit/"
    assert posted(staff, url, version=first.version, **fields).status_code == 302
    with acting(community):
        days = {row.occurred_on for row in HouseholdRating.objects.filter(round=first)}
        assert days == {date(2025, 6, 20)}


def test_an_inspector_chooses_no_household_and_another_village_sees_no_home(
    inspector, staff, client_of, make_user, community, other_community, rounds, acting
):
    first, _, home = rounds
    with acting(community):
        rated = HouseholdRating.objects.get(household=home)
    page = f"/ledger/household-ratings/{rated.pk}/"
    assert home.number not in inspector.get(page).content.decode()
    assert home.number in staff.get(page).content.decode()
    form = inspector.get(f"/ledger/household-ratings/add/?round={first.pk}").content.decode()
    assert 'name="household"' not in form
    assert "最清洁 <strong" in inspector.get(f"/ledger/rating-rounds/{first.pk}/").content.decode()
    neighbour = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert "黄大发" not in neighbour.get("/ledger/household-ratings/").content.decode()
    assert neighbour.get(f"/ledger/rating-rounds/{first.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "fields", "message"),
    [
        ("fund-entries", {"direction": "in", "amount": "100"}, "收入请选择资金来源。"),
        ("fund-entries", {"direction": "out", "amount": "0"}, "金额应当大于零。"),
        ("fund-entries", {"direction": "out", "amount": "一百余"}, "请只填数字"),
        (
            "fund-entries",
            {"direction": "out", "amount": "1", "posted_on": "2025-06-01"},
            "公示日期不能早于收支日期。",
        ),
        ("labour-gifts", {"person": "黄大发", "days": "0"}, "工日应当大于零。"),
        ("labour-gifts", {"person": "黄大发", "days": "0.25"}, "最多保留 1 位小数。"),
        ("plant-gifts", {"species": "桂花", "quantity": "-2"}, "不能小于 0"),
        ("site-projects", {"name": "道路", "done_on": "2025-01-01"}, "完工日期不能早于开工日期。"),
    ],
)
def test_what_is_refused_says_why_and_stores_nothing(
    staff, community, acting, slug, fields, message
):
    with acting(community):
        place = make.site(community)
    common = {"site": place.pk, "occurred_on": "2025-06-15", "purpose": "建设", "kind": "tree"}
    common |= {"measure": "株", "starts_on": "2025-03-01"}
    answer = posted(staff, f"/ledger/{slug}/add/", **common | fields)
    errors = answer.context["form"].errors
    assert message in str([each for name, each in errors.items() if name != "__all__"])
    with acting(community):
        assert not FundEntry.objects.exists()


def test_a_street_row_is_about_the_sites_own_community(
    inspector, street, community, other_community, acting
):
    with acting(street):
        place = make.site(street, community)
    fields = {"site": place.pk, "occurred_on": "2025-06-15", "person": "黄大发", "days": "1"}
    wrong = posted(inspector, "/ledger/labour-gifts/add/", unit=other_community.pk, **fields)
    assert "社区只登记本社区的记录。" in wrong.content.decode()
    right = posted(inspector, "/ledger/labour-gifts/add/", unit=street.pk, **fields)
    assert right.status_code == 302
    with acting(community):
        assert make.LabourGift.objects.get().community == community


def test_figures_count_by_community_and_by_site(street, community, other_community, acting):
    with acting(street):
        place, other = make.site(community), make.site(street, other_community, "柳树组")
        round_ = make.round_of(place)
        for head, grade in (("甲", "cleanest"), ("乙", "clean")):
            make.rating(round_, head, grade)
        make.rating(make.round_of(place, "又一次"), "甲", "cleanest")
        make.income(place, "200000.50")
        make.income(other, "50", source="grant")
        make.spending(place, "0.50")
        make.labour(place, days="0.5")
        make.labour(place, "韦英堃", days="2")
        make.plants(place)
        make.plants(place, "草皮", 80, measure="㎡", value=Decimal(640))
        make.project(place)
        make.pact(community)
        units, year = [community.pk], Period.parse("2025")

        def read(code, **category):
            return engine.read(f"sanitation.{code}", units, year, category).value

        assert read("demo_sites") == 1
        assert [read(c) for c in ("rating_rounds", "household_ratings", "households_rated")] == [
            2,
            3,
            2,
        ]
        assert read("ratings_cleanest") == 2
        assert read("household_ratings", round=str(round_.pk), grade="cleanest") == 1
        assert read("funds_raised") == Decimal("200000.50")
        assert read("funds_raised", source="grant") == 0
        assert read("funds_balance") == 200000
        assert read("labour_days") == Decimal("2.5")
        assert [read("plants"), read("plant_gifts"), read("plant_value")] == [12, 2, 640]
        assert [read("site_projects_done"), read("site_project_cost")] == [1, 42000]
        assert read("local_rules") == 1
        both = engine.by_category(
            "sanitation.funds_raised", "site", [community.pk, other_community.pk], year
        )
        assert {key: reading.value for key, reading in both.items()} == {
            str(place.pk): Decimal("200000.50"),
            str(other.pk): 50,
        }
        later = Period.parse("2026")
        assert engine.read("sanitation.funds_raised", units, later).value == 0
        assert engine.read("sanitation.funds_balance", units, later).value == 200000


@pytest.mark.parametrize("code", make.BROKEN)
def test_rules_find_what_is_wrong_and_only_where_it_is_kept(
    street, community, other_community, acting, code
):
    with acting(street):
        wrong = make.BROKEN[code](community)
        rows = rules[f"sanitation.{code}"].rows
        assert [row.pk for row in rows({community.pk})] == [wrong.pk]
        assert not rows({other_community.pk}).exists()
