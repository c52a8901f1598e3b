"""Case stories name nobody and are told only with consent."""

import uuid
from datetime import date

import pytest

from disability.forms.stories import alias_of
from disability.models import CaseStory
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.enums import ConsentKind, Relation
from tests import factories

ADD = "/ledger/case-stories/add/"
NUMBER = factories.id_number(date(1980, 3, 1))


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def person(acting, community):
    """倪建国, who lives with his mother 周秀兰."""
    with acting(community):
        person = factories.resident(
            community, "倪建国", born_on=date(1980, 3, 1), id_number=NUMBER, phone="13800138000"
        )
        mother = factories.resident(community, "周秀兰", born_on=date(1950, 2, 3))
        home = factories.household(community)
        factories.member(home, mother)
        factories.member(home, person, relation=Relation.SON)
    return person


def story(person, **changes):
    data = {
        "_key": str(uuid.uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-06-10",
        "title": "搬进养护院",
        "text": "倪某与母亲同住，助残员多次上门后住进养护院。",
        "highlight": "on",
    }
    return data | changes


def stored(acting, community):
    with acting(community):
        return list(CaseStory.objects.all())


@pytest.mark.parametrize(
    ("name", "alias"), [("倪建国", "倪某"), ("欧阳文", "欧阳某"), ("司马", "司某")]
)
def test_the_alias_is_the_surname(name, alias):
    assert alias_of(name) == alias


def test_an_alias_is_given_where_none_is_typed(acting, client, community, person):
    assert client.post(ADD, story(person)).status_code == 302
    [kept] = stored(acting, community)
    assert (kept.alias, kept.highlight, kept.consent) == ("倪某", True, None)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("text", "倪建国住进养护院。", "文中写了姓名“倪建国”，请改为“倪某”等化名。"),
        ("text", "倪 建 国住进养护院。", "文中写了姓名“倪建国”"),
        ("title", "周秀兰的心愿", "文中写了姓名“周秀兰”，请改为“周某”等化名。"),
        ("quote", "我是周秀兰，我放心了", "文中写了姓名“周秀兰”"),
        ("text", f"证件{NUMBER}。", "文中有证件号码或电话号码，请删去。"),
        ("text", "电话 138 0013 8000。", "文中有证件号码或电话号码，请删去。"),
    ],
)
def test_a_text_that_names_them_is_refused_at_its_field(
    acting, client, community, person, field, text, message
):
    answer = client.post(ADD, story(person, **{field: text}))
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert stored(acting, community) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ConsentKind.NOTICE}, "那天登记的是告知，不是同意。"),
        ({"withdrawn_on": date(2025, 5, 1)}, "那天的同意已于2025-05-01撤回，不能再使用。"),
        ({"occurred_on": date(2025, 3, 9)}, "这位居民那天没有同意记录"),
    ],
)
def test_what_is_no_consent_is_refused(acting, client, community, person, changes, message):
    with acting(community):
        factories.consent(factories.resident(community, "何小燕"))  # another's
        factories.consent(person, **changes)
    answer = client.post(ADD, story(person, consent_on="2025-03-10"))
    assert message in answer.context["form"].errors["consent_on"][0]
    assert stored(acting, community) == []


def test_the_consent_is_found_by_its_day_and_can_be_taken_out_again(
    acting, client, community, person
):
    with acting(community):
        factories.consent(person)
        fitting = factories.consent(person, purpose="典型案例宣传")
    client.post(ADD, story(person, consent_on="2025-03-10"))
    [kept] = stored(acting, community)
    assert kept.consent_id == fitting.pk
    edit = f"/ledger/case-stories/{kept.pk}/edit/"
    assert client.get(edit).context["form"]["consent_on"].value() == date(2025, 3, 10)
    assert client.post(edit, story(person, version=kept.version)).status_code == 302
    assert stored(acting, community)[0].consent is None


def test_only_stories_with_standing_consent_count_as_fit_to_be_told(acting, community, person):
    def read(code):
        return engine.read(f"disability.{code}", {community.pk}, Period.parse("2025")).value

    with acting(community):
        consent = factories.consent(person)
        factories.case_story(person, consent=consent)
        factories.case_story(person, title="没有同意")
        assert (read("stories"), read("stories_told"), read("stories_unconsented")) == (2, 1, 1)
        consent.withdrawn_on = date(2025, 12, 1)
        consent.save()
        assert (read("stories_told"), read("stories_unconsented")) == (0, 2)


def test_the_page_of_a_story_without_consent_leads_to_recording_one(
    acting, client, community, person
):
    with acting(community):
        bare = factories.case_story(person)
    page = client.get(f"/ledger/case-stories/{bare.pk}/").content.decode()
    assert f"/ledger/consents/add/?resident={person.pk}" in page
