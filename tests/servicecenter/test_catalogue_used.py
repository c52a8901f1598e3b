"""What a case began with never changes, and what ends: versions in use, closed items."""

from datetime import date

import pytest

from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import ItemVersion, ServiceItem
from servicecenter.selectors.catalogue import version_on
from tests.factories import cases
from tests.servicecenter.catalogue_forms import material_cells, post, version_fields

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


# --- what a case began with ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"promised_days": "6"}, "promised_days"),
        ({"kind": "sent_up"}, "kind"),
        ({"fee": "10 元"}, "fee"),
        ({"conditions": "不同的条件"}, "conditions"),
        ({"starts_on": "2020-02-01"}, "starts_on"),
        (material_cells(("多要一样", "1", "1")), "material_rows"),
    ],
)
def test_a_version_that_a_case_began_with_stays_as_it_was(
    client_of, clerk, acting, community, former, changed, refused
):
    with acting(community):
        cases.case(community, item=former)
    fields = version_fields(former.item, starts_on="2020-01-01", legal_days="", version=1)
    answer = post(client_of(clerk), f"/ledger/item-versions/{former.pk}/edit/", **fields | changed)
    assert refused in answer.context["form"].errors
    with acting(clerk):
        former.refresh_from_db()
        assert former.version == 1


def test_phone_and_place_of_a_used_version_may_change(client_of, clerk, acting, community, former):
    with acting(community):
        cases.case(community, item=former)
    fields = version_fields(former.item, starts_on="2020-01-01", legal_days="", version=1)
    answer = post(
        client_of(clerk),
        f"/ledger/item-versions/{former.pk}/edit/",
        **fields | {"phone": "0731-85550101", "place": "二号窗口"},
    )
    assert answer.status_code == 302


def test_a_used_versions_material_is_neither_changed_nor_deleted_by_itself(
    client_of, clerk, acting, community, former
):
    with acting(community):
        cases.case(community, item=former)
        material = former.materials.first()
    client = client_of(clerk)
    url = f"/ledger/item-materials/{material.pk}/"
    fields = {
        "version_of_item": former.pk,
        "ordinal": 1,
        "name": "护照",
        "originals": 1,
        "copies": 1,
    }
    answer = post(client, f"{url}edit/", **fields, version=1)
    assert "version_of_item" in answer.context["form"].errors
    post(client, f"{url}delete/", version=1)
    with acting(clerk):
        material.refresh_from_db()
        assert (material.name, material.deleted_at) == ("身份证", None)


def test_a_version_does_not_end_before_its_last_case(client_of, clerk, acting, community, former):
    with acting(community):
        cases.case(community, item=former, occurred_on=date(2026, 2, 2))
    fields = version_fields(former.item, starts_on="2026-02-01")
    answer = post(client_of(clerk), "/ledger/item-versions/add/", **fields)
    assert "2026-02-02还有办件" in str(answer.context["form"].errors["starts_on"])


# --- closing ------------------------------------------------------------------------------------
def test_closing_an_item_ends_its_version_after_asking(client_of, clerk, acting, former):
    client, url = client_of(clerk), f"/servicecenter/items/{former.item_id}/close/"
    fields = {"closed_on": "2026-06-01", "versions": f"{former.item_id}:1"}

    asked = post(client, url, **fields)
    assert "受理到2026年6月1日为止" in asked.content.decode()
    with acting(clerk):
        assert ServiceItem.objects.get().closed_on is None
    post(client, url, **fields, step="confirm")

    with acting(clerk):
        former.refresh_from_db()
        assert (former.ends_on, former.item.closed_on) == (DAY, DAY)
        assert version_on(former.item, DAY) == former
        assert version_on(former.item, date(2026, 6, 2)) is None


def test_an_item_is_not_closed_before_a_version_or_a_case(
    client_of, clerk, acting, community, former
):
    with acting(community):
        cases.case(community, item=former, occurred_on=date(2026, 3, 3))
    url = f"/servicecenter/items/{former.item_id}/close/"
    fields = {"closed_on": "2026-03-02", "versions": f"{former.item_id}:1"}
    answer = post(client_of(clerk), url, **fields)
    assert "2026-03-03还有办件" in str(answer.context["form"].errors["closed_on"])


def test_the_kind_of_an_item_at_the_spot_takes_no_days(client_of, clerk, acting, item):
    fields = version_fields(item, kind="on_spot", promised_days="0", legal_days="")
    assert post(client_of(clerk), "/ledger/item-versions/add/", **fields).status_code == 302
    with acting(clerk):
        assert ItemVersion.objects.get().kind == CaseKind.ON_SPOT
