"""People ticked from a list: only whom one sees, each once, with or without a script."""

import pytest
from django import forms
from django.http import QueryDict

from disability.forms.candidates import Way, registered_people
from portal.roles import Role
from residents.life_events import LifeEventKind
from residents.people_ticks import MOST, Candidate, TickedPeopleField
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


def form_of(user, data=None, initial=(), **options):
    class PeopleForm(forms.Form):
        people = TickedPeopleField(user=user, label="参加的人", **options)

    sent = None if data is None else QueryDict(mutable=True)
    for name, values in (data or {}).items():
        sent.setlist(name, values)
    return PeopleForm(sent, initial={"people": list(initial)})


def test_ticked_and_typed_people_come_each_once(acting, staff, community):
    with acting(community):
        one, two, three = (factories.resident(community, n) for n in ("黄文发", "王秀兰", "李大海"))
    with acting(staff):
        form = form_of(staff, {"people": [two.pk, one.pk], "people_text": ["黄文发\n李大海"]})
        assert form.is_valid()
        assert form.cleaned_data["people"] == [one, two, three]
        assert form.has_changed()
        same = form_of(staff, {"people": [two.pk, one.pk]}, initial=[one, two])
        assert same.is_valid()
        assert not same.has_changed()


@pytest.mark.parametrize(
    ("typed", "message"),
    [("", "必填"), ("没有此人", "没有找到“没有此人”"), ("黄文发", "“黄文发”不止一人")],
)
def test_who_is_not_clear_is_said_at_the_field(acting, staff, community, typed, message):
    with acting(community):
        factories.resident(community), factories.resident(community)
    with acting(staff):
        form = form_of(staff, {"people_text": [typed]})
        assert message in str(form.errors["people"])


@pytest.mark.parametrize("sent", ["987654", "-1", "一", ""])
def test_a_key_that_means_nobody_is_refused(acting, staff, community, sent):
    with acting(staff):
        assert "名单已有变化" in str(form_of(staff, {"people": [sent]}).errors["people"])


def test_nobody_of_another_unit_can_be_ticked(acting, staff, community, other_community):
    with acting(other_community):
        stranger = factories.resident(other_community, "金丝雀")
    with acting(staff):
        answer = str(form_of(staff, {"people": [stranger.pk]}))
        assert "名单已有变化" in answer
        assert "金丝雀" not in answer


def test_more_people_than_one_form_takes(acting, staff, community):
    with acting(community):
        person = factories.resident(community)
    with acting(staff):
        field = form_of(staff).fields["people"]
        assert field.clean([person] * (MOST + 1)) == [person]
        many = [type(person)(pk=number) for number in range(MOST + 1)]
        with pytest.raises(forms.ValidationError, match=f"一次最多 {MOST} 人"):
            field.clean(many)


def test_an_import_brings_names_or_the_people_themselves(acting, staff, community):
    with acting(community):
        person = factories.resident(community)
    with acting(staff):
        field = form_of(staff).fields["people"]
        assert field.clean("黄文发") == field.clean([person]) == [person]
        assert field.widget.value_from_datadict({"people": "黄文发"}, {}, "people") == "黄文发"


def test_the_list_shows_who_is_offered_and_who_was_there_before(acting, staff, community):
    with acting(community):
        one, before = factories.resident(community, "单小花"), factories.resident(community)
    with acting(staff):
        offered = [Candidate.of(one, "肢体二级", ["4", "3"], "7")]
        narrowed = [("残疾类别", [("4", "肢体")]), ("单位", [("7", "明珠社区")])]
        html = str(form_of(staff, initial=[before], offered=lambda: offered, narrowed_by=narrowed))
        assert 'data-keys="4,3;7"' in html
        assert "|shanxiaohua|" in html
        assert "肢体二级" in html
        assert f'value="{before.pk}"\n                 checked' in html
        hidden = form_of(staff, {"people": [one.pk], "people_text": ["黄文发"]})["people"]
        assert f'value="{one.pk}"' in hidden.as_hidden()
        assert 'value="黄文发"' in hidden.as_hidden()


def test_the_registered_living_of_ones_own_units_are_offered(
    acting, staff, community, other_community
):
    with acting(community, other_community):
        here = factories.resident(community, "黄文发")
        closed, dead = factories.resident(community), factories.resident(community)
        file = factories.disability_file(here, components=["42", "31"])
        factories.disability_file(closed, closed_on="2024-01-01")
        factories.disability_file(dead)
        factories.life_event(dead, LifeEventKind.DIED)
        factories.disability_file(factories.resident(other_community))
    with acting(staff):
        signed = Way("签约", [("yes", "已签约")], lambda: {here.pk: ["yes"]})
        options = registered_people(staff, signed)
        [person] = options["offered"]()
        assert (person.pk, person.hint) == (here.pk, "肢体二级 · 言语一级")
        assert {*person.keys[0]} == {"4", "3"}
        assert person.keys[1:] == (("yes",), (str(file.unit_id),))
        assert [label for label, _ in options["narrowed_by"]] == ["残疾类别", "签约"]
