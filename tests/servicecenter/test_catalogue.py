"""The catalogue: versions that follow each other, materials in the same form, what a case began with."""

from datetime import date

import pytest

from servicecenter.models import ItemMaterial, ItemVersion
from servicecenter.selectors.catalogue import items_for, version_on, versions_for
from tests.factories import cases
from tests.servicecenter.catalogue_forms import material_cells, post, version_fields

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


# --- the form ---------------------------------------------------------------------------------
def test_a_version_and_its_materials_are_stored_by_one_form(client_of, clerk, acting, item):
    client = client_of(clerk)
    cells = material_cells(("申请表", "", ""), ("身份证", "1", "2"), ("", "", ""))

    answer = post(client, "/ledger/item-versions/add/", **version_fields(item), **cells)

    assert answer.status_code == 302
    with acting(clerk):
        version = ItemVersion.objects.get()
        rows = version.materials.kept().values_list("ordinal", "name", "originals", "copies")
        assert list(rows) == [(1, "申请表", 1, 0), (2, "身份证", 1, 2)]
        assert version.unit == item.unit


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        (
            {"promised_days": "0"},
            "promised_days",
            "请填写承诺时限，至少 1 个工作日；即办件才填 0。",
        ),
        ({"kind": "on_spot"}, "promised_days", "即办件当场办结，承诺时限填 0。"),
        ({"promised_days": "11"}, "promised_days", "承诺时限不能长于法定时限（10 个工作日）。"),
        ({"ends_on": "2025-12-31"}, "ends_on", "失效日期不能早于施行日期。"),
        (
            material_cells(("", "2", "")),
            "material_rows",
            "第 1 行：请填写材料名称。",
        ),
        (
            material_cells(("身份证", "零", "")),
            "material_rows",
            "第 1 行：原件（份）请填 0 至 99 的整数。",
        ),
        (
            material_cells(("身份证", "0", "0")),
            "material_rows",
            "第 1 行：原件和复印件至少填一份。",
        ),
        (
            material_cells(("证" * 81, "", "")),
            "material_rows",
            "第 1 行：材料名称最多 80 个字。",
        ),
    ],
)
def test_a_wrong_version_is_refused_at_its_field(
    client_of, clerk, acting, item, fields, field, message
):
    answer = post(client_of(clerk), "/ledger/item-versions/add/", **version_fields(item, **fields))

    assert answer.context["form"].errors == {field: [message]}
    with acting(clerk):
        assert not ItemVersion.objects.exists()


def test_typed_materials_stand_in_the_form_again_when_it_is_refused(client_of, clerk, item):
    cells = material_cells(("特别的申请表", "3", "4"))
    answer = post(
        client_of(clerk), "/ledger/item-versions/add/", **version_fields(item, kind=""), **cells
    )
    assert 'value="特别的申请表"' in answer.content.decode()


def test_changing_materials_keeps_the_rows_that_stay(client_of, clerk, acting, former):
    with acting(clerk):
        first, second = former.materials.order_by("ordinal")
    fields = version_fields(former.item, starts_on="2020-01-01", legal_days="", version=1)
    cells = material_cells(
        ("", "1", "1", first.pk), ("户口簿首页", "1", "1", second.pk), ("照片", "2")
    )

    answer = post(client_of(clerk), f"/ledger/item-versions/{former.pk}/edit/", **fields, **cells)

    assert answer.status_code == 302
    with acting(clerk):
        rows = former.materials.kept().order_by("ordinal")
        assert [(m.pk == second.pk, m.ordinal, m.name) for m in rows] == [
            (True, 1, "户口簿首页"),
            (False, 2, "照片"),
        ]
        assert ItemMaterial.objects.get(pk=first.pk).deleted_at is not None


def test_materials_of_another_version_are_not_taken_over(
    client_of, clerk, acting, community, former
):
    with acting(community):
        foreign = cases.version(community, cases.item(community, code="QT-01")).materials.first()
    fields = version_fields(former.item, starts_on="2020-01-01", legal_days="", version=1)
    answer = post(
        client_of(clerk),
        f"/ledger/item-versions/{former.pk}/edit/",
        **fields,
        **material_cells(("偷来的", "1", "1", foreign.pk)),
    )
    assert "material_rows" in answer.context["form"].errors
    with acting(clerk):
        assert ItemMaterial.objects.get(pk=foreign.pk).name == "身份证"


# --- one version after the other ----------------------------------------------------------------
def test_a_new_version_ends_the_former_and_takes_over_its_materials(
    client_of, clerk, acting, former
):
    post(client_of(clerk), "/ledger/item-versions/add/", **version_fields(former.item))

    with acting(clerk):
        former.refresh_from_db()
        new = ItemVersion.objects.get(starts_on="2026-01-01")
        assert former.ends_on == date(2025, 12, 31)
        names = [list(v.materials.kept().values_list("name", flat=True)) for v in (former, new)]
        assert names == [["身份证", "户口簿"], ["身份证", "户口簿"]]
        assert version_on(former.item, date(2025, 12, 31)) == former
        assert version_on(former.item, date(2026, 1, 1)) == new


def test_the_copy_of_a_version_is_its_own_and_not_yet_public(client_of, clerk, acting, former):
    with acting(clerk):
        former.published_on = date(2025, 1, 1)
        former.conditions = "本社区居民"
        former.save()

    answer = post(
        client_of(clerk),
        f"/servicecenter/versions/{former.pk}/renew/",
        starts_on="2026-03-01",
        versions=f"{former.pk}:2",
    )

    with acting(clerk):
        new = ItemVersion.objects.get(starts_on="2026-03-01")
        assert answer["Location"] == f"/ledger/item-versions/{new.pk}/edit/"
        assert (new.conditions, new.published_on, new.version) == ("本社区居民", None, 1)
        assert new.recorded_by == clerk
        assert new.materials.kept().count() == 2
        former.refresh_from_db()
        assert former.ends_on == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "message"),
    [
        ("2019-05-01", "", "这个事项2020-01-01起已有一个版本。"),
        ("2019-05-01", "2020-01-01", "这个事项2020-01-01起已有一个版本。"),
        ("2020-01-01", "", "这个事项2020-01-01起已有一个版本。"),
    ],
)
def test_versions_do_not_overlap(client_of, clerk, former, starts_on, ends_on, message):
    fields = version_fields(former.item, starts_on=starts_on, ends_on=ends_on)
    answer = post(client_of(clerk), "/ledger/item-versions/add/", **fields)
    assert answer.context["form"].errors == {"starts_on": [message]}


def test_a_version_before_the_first_may_be_added(client_of, clerk, acting, former):
    fields = version_fields(former.item, starts_on="2019-05-01", ends_on="2019-12-31")
    assert post(client_of(clerk), "/ledger/item-versions/add/", **fields).status_code == 302
    with acting(clerk):
        former.refresh_from_db()
        assert former.ends_on is None


# --- whose items --------------------------------------------------------------------------------
def test_a_community_takes_its_own_items_and_the_streets(
    acting, street, community, other_community
):
    with acting(street, community, other_community):
        up = cases.version(street, cases.item(street, "MZ-01"))
        both = cases.version(street, cases.item(street, "MZ-02"))
        own = cases.version(community, cases.item(community, "MZ-02", "本社区的办法"))
        cases.version(other_community, cases.item(other_community, "MZ-03"))
        closed = cases.item(street, "MZ-04", closed_on=date(2026, 5, 31))
        cases.version(street, closed)
        cases.item(street, "MZ-05")  # no version
        late = cases.version(street, cases.item(street, "MZ-06"), starts_on=date(2026, 6, 2))

        assert set(items_for(community, DAY)) == {up.item, own.item}
        assert set(versions_for(community, DAY)) == {up, own}
        assert set(items_for(community, date(2026, 6, 2))) == {up.item, own.item, late.item}
        assert set(items_for(community, date(2026, 5, 31))) == {up.item, own.item, closed}
        assert both.item in items_for(other_community, DAY)


def test_a_community_reads_the_streets_items_and_changes_none(
    client_of, clerk, section, acting, street
):
    with acting(street):
        version = cases.version(street)
    client = client_of(clerk)
    assert client.get(f"/ledger/item-versions/{version.pk}/").status_code == 200
    assert client.get(f"/ledger/item-versions/{version.pk}/edit/").status_code == 403
    answer = post(client, "/ledger/item-versions/add/", **version_fields(version.item))
    assert answer.context["form"].errors == {
        "item": [f"“{version.item}”由春华街道维护，请由该单位登记。"]
    }
    url = f"/servicecenter/versions/{version.pk}/renew/"
    assert client.get(url).status_code == 403
    assert client_of(section).get(url).status_code == 200


def test_a_window_clerk_reads_but_keeps_nothing(client_of, window, former):
    client = client_of(window)
    assert client.get("/ledger/service-items/").status_code == 200
    for url in (
        "/ledger/service-items/add/",
        f"/ledger/item-versions/{former.pk}/edit/",
        "/servicecenter/items/seed/",
        "/servicecenter/items/publish/",
        f"/servicecenter/items/{former.item_id}/close/",
    ):
        assert client.get(url).status_code == 403, url
