"""ASVS 15.3.3: fields that a page does not offer change nothing, whatever they are called."""

import uuid

import pytest
from django.db import models
from django.urls import get_resolver

from portal.guided import GuidedForm
from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledgers
from portal.models import RoleAssignment, User
from portal.roles import Role
from tests.conftest import acting_as, as_command
from tests.factories.everything import rows_of
from tests.security.hostile_world import as_sent, bound_form, some

pytestmark = pytest.mark.django_db
KEPT_BY_THE_SYSTEM = {"id", "recorded_by", "recorded_at", "deleted_at", "deleted_by"}
# What a form works out where it was left empty, whoever saves it, as (ledger, column).
WORKED_OUT = {("certificates", "expires_on"), ("subsidies", "level")}
SAME_FACT = {"cleanups"}  # entered once more, the one that is there is completed
OF_ACCOUNTS = {
    "is_superuser": "1",
    "is_staff": "1",
    "is_active": "0",
    "password": "planted",
    "role": "security_administrator",
    "user": "1",
    "user_id": "1",
}


@pytest.fixture
def user(make_user, community):
    found = make_user(Role.COMMUNITY_STAFF, community)
    with as_command():
        for role in (Role.COMMUNITY_HEAD, Role.WINDOW_CLERK):
            RoleAssignment.objects.create(
                user=found, unit=community, role=role, valid_from="2020-01-01"
            )
    return found


@pytest.fixture
def rows(acting, community):
    with acting(community):
        return rows_of(community, "金丝雀")


def planted(column, unit, other) -> str:
    """A value of the column's kind that the row does not hold."""
    if column.is_relation:
        return str(unit.pk if column.name == "unit" else other.pk)
    if column.choices:
        return str(column.choices[-1][0])
    kinds = {
        models.DateTimeField: "2001-02-03 04:05:06",
        models.DateField: "2001-02-03",
        models.BooleanField: "1",
        models.IntegerField: "77",
        models.DecimalField: "77",
        models.UUIDField: str(uuid.uuid4()),
    }
    return next((text for kind, text in kinds.items() if isinstance(column, kind)), "planted")


def extras(model, offered, unit, other) -> dict[str, str]:
    """Every column that the form does not offer, by each name that it has."""
    sent = {}
    for column in model._meta.concrete_fields:
        if column.name not in offered:
            value = planted(column, unit, other)
            sent |= {column.name: value, column.attname: value, f"instance-{column.name}": value}
    return OF_ACCOUNTS | sent | {"pk": "1", "id": "1"}


def values_of(row) -> dict:
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def test_a_changed_record_keeps_what_its_form_does_not_offer(
    client_of, user, rows, other_community, make_user
):
    other = make_user(Role.COMMUNITY_STAFF, other_community)
    client, stored, sent_columns, broken = client_of(user), 0, 0, {}
    for slug in some(rows, 1):
        ledger, row = ledgers[slug], rows[slug]
        if not ledger.by_hand:
            continue
        with acting_as(user):
            form = bound_form(ledger, user, row)
            if form is None:
                continue
            offered, before = {*form.fields}, as_sent(form)
            was = values_of(type(row).objects.get(pk=row.pk))
        more = extras(type(row), offered, other_community, other)
        more = {name: value for name, value in more.items() if name not in before}
        answer = client.post(ledger.url("edit", row), more | before | {"_key": str(uuid.uuid4())})
        if answer.status_code != 302:
            continue
        stored, sent_columns = stored + 1, sent_columns + len(more)
        with acting_as(user):
            now = values_of(type(row).objects.get(pk=row.pk))
        changed = {
            name: (was[name], now[name])
            for name in was.keys() - {"version"}
            if was[name] != now[name] and (slug, name) not in WORKED_OUT
        }
        if changed:
            broken[slug] = changed
    print(f"{stored} records, {sent_columns} fields that no form offers")
    assert broken == {}
    assert stored > 25


def test_a_new_record_is_of_its_clerk_and_unit_and_overwrites_none(
    client_of, user, rows, community, other_community, make_user
):
    other = make_user(Role.COMMUNITY_STAFF, other_community)
    client, made, broken = client_of(user), 0, {}
    for slug in some(rows, 2):
        ledger, row, model = ledgers[slug], rows[slug], type(rows[slug])
        if not ledger.has_own_form or slug in SAME_FACT:
            continue
        with acting_as(user):
            form = bound_form(ledger, user, row)
            if form is None:
                continue
            offered, typed = {*form.fields}, as_sent(form)
            was = values_of(model.objects.get(pk=row.pk))
            known = {*model.objects.values_list("pk", flat=True)}
        more = extras(model, offered, other_community, other) | {"pk": row.pk, "id": row.pk}
        more = {name: value for name, value in more.items() if name not in offered}
        sent = more | typed | {"_key": str(uuid.uuid4())}
        answer = client.post(ledger.url("add"), sent)
        with acting_as(community, other_community):
            if values_of(model.objects.get(pk=row.pk)) != was:
                broken[slug] = "the other record was changed"
            fresh = model.objects.exclude(pk__in=known)
            for new in fresh if answer.status_code == 302 else ():
                made += 1
                told = (new.unit_id, new.recorded_by_id, new.deleted_at, new.deleted_by_id)
                if told != (community.pk, user.pk, None, None) or new.version > 2:
                    broken[slug] = told
    print(f"{made} new records")
    assert broken == {}
    assert made > 10


def test_no_form_of_a_ledger_offers_what_the_system_keeps():
    found = {
        ledger.slug: KEPT_BY_THE_SYSTEM & {*form_class_for(ledger).base_fields}
        for ledger in ledgers
        if ledger.by_hand and KEPT_BY_THE_SYSTEM & {*form_class_for(ledger).base_fields}
    }
    assert found == {}


def subclasses(of):
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_no_guided_act_asks_for_columns_of_the_system():
    assert get_resolver().url_patterns  # imports them all
    forms = [*subclasses(GuidedForm)]
    forbidden = KEPT_BY_THE_SYSTEM | {"is_superuser", "is_staff", "is_active", "version", "pk"}
    assert {form.__name__: forbidden & {*form.base_fields} for form in forms} == {
        form.__name__: set() for form in forms
    }
    assert len(forms) > 60


def test_an_account_is_renamed_and_nothing_else(client_of, make_user, street, community):
    manager = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    account = make_user(Role.COMMUNITY_STAFF, community)
    was = values_of(User.objects.get(pk=account.pk))
    client = client_of(manager)
    url = f"/accounts/{account.pk}/name/"
    versions = client.get(url).context["form"].shown_versions
    more = OF_ACCOUNTS | {
        "username": "planted",
        "must_change_password": "1",
        "disabled_from": "2001-02-03",
        "pk": manager.pk,
        "id": manager.pk,
    }
    sent = more | {"name": "李梅", "versions": versions, "_key": str(uuid.uuid4())}
    assert client.post(url, sent).status_code == 302
    now = values_of(User.objects.get(pk=account.pk))
    assert {name for name in was if was[name] != now[name]} == {"name", "version"}
    with as_command():
        assert RoleAssignment.objects.filter(user=account).count() == 1
