"""Outlines of units: a file is matched with the tree, looked at, stored whole; a bad one says why and stores
nothing."""

import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.charts.outlines import Outline
from portal.errors import OutOfScope
from portal.models import Unit, UnitOutline
from portal.roles import Role
from portal.scope import Denied
from portal.units import geojson, outlines
from portal.units.geojson import BOX, BYTES, FINE, LOOKS, RING, Place, _area, read, shapes
from portal.units.plans import SCHEMATIC, UPLOADED, outlines_of
from tests.portal.charts.making import found_community

pytestmark = pytest.mark.django_db


def square(x: float, y: float, side: float = 1) -> list:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(ring, kind="Polygon", **properties) -> dict:
    rings = [ring] if kind == "Polygon" else [[ring]]
    geometry = {"type": kind, "coordinates": rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


@pytest.fixture
def client(system, client_of):
    return client_of(system)


@pytest.fixture
def good(community, other_community):
    """By code and by name, whatever the properties are called."""
    return collection(
        feature(square(113.25, 23.1, 0.01), dm=int(community.code)),
        feature(square(113.26, 23.1, 0.01), "MultiPolygon", 名称="和平社区", 面积=3.5),
    )


def post(client, unit, data=None, **fields):
    body = {"_key": str(uuid.uuid4())} | fields
    if data is not None:
        body["file"] = SimpleUploadedFile("plan.geojson", data)
    return client.post(reverse("unit-plan", args=[unit.pk]), body)


def test_file_is_looked_at_then_stored_then_replaced_then_removed(client, street, good):
    shown = post(client, street, good)
    assert UnitOutline.objects.count() == 0
    assert [shown.context["preview"].categories, shown.status_code] == [
        ("明珠社区", "和平社区"),
        200,
    ]
    assert "预览" in shown.content.decode()
    stored = post(client, street, checked=shown.context["checked"])
    assert stored.status_code == 302
    assert UnitOutline.objects.count() == 2
    kept = json.dumps(list(UnitOutline.objects.values_list("polygons", flat=True)))
    assert "113." not in kept  # a shape, no place on earth
    again = post(client, street, good)
    post(client, street, checked=again.context["checked"])
    assert UnitOutline.objects.count() == 2
    page = client.get(reverse("unit-plan", args=[street.pk]))
    assert UPLOADED in page.content.decode()
    removed = reverse("unit-plan-remove", args=[street.pk])
    client.post(removed, {"_key": str(uuid.uuid4())})
    assert UnitOutline.objects.count() == 0
    told = client.post(removed, {"_key": str(uuid.uuid4())}, follow=True)
    assert "没有上传过轮廓。" in told.content.decode()


BAD = {
    "not JSON": (b"[", "不是有效的 GeoJSON"),
    "not UTF-8": ("社区".encode("gbk"), "不是 UTF-8"),
    "not a number": (b'{"type": NaN}', "不是有效的 GeoJSON"),
    "deep": (b"[" * 100_000, "不是有效的 GeoJSON"),
    "too large": (b" " * (BYTES + 1), "超过 2 MB"),
    "no collection": (b'{"type": "Polygon"}', "FeatureCollection"),
    "a list": (b"[1]", "FeatureCollection"),
    "empty": (collection(), "没有图形"),
    "many": (collection(*[feature(square(0, 0))] * 201), "图形超过 200 个"),
    "points": (
        collection(feature([[n, n % 2] for n in range(60_000)] + [[0, 9], [0, 0]], n="明珠社区")),
        "超过 60000 个",
    ),
    "no feature": (collection({"type": "Topology"}), "第 1 个图形不是 GeoJSON 的 Feature"),
    "a line": (
        collection(
            {"type": "Feature", "geometry": {"type": "LineString", "coordinates": square(0, 0)}}
        ),
        "不是面",
    ),
    "no geometry": (collection({"type": "Feature", "geometry": None}), "不是面"),
    "open": (collection(feature(square(0, 0)[:-1])), "没有闭合"),
    "short": (collection(feature([[0, 0], [1, 1], [0, 0]])), "不足 4 个点"),
    "flat": (collection(feature([[0, 0], [1, 1], [2, 2], [0, 0]])), "面积为零"),
    "words": (collection(feature([["a", 0], [1, 0], [1, 1], ["a", 0]])), "不是有效的数字"),
    "far": (collection(feature(square(1e300, 0))), "不是有效的数字"),
    "hollow": (
        collection(
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[], 3, {}]}}
        ),
        "不足 4 个点",
    ),
    "nameless": (collection(feature(square(0, 0))), "没有属性"),
    "unknown": (collection(feature(square(0, 0), name="无名村")), "读到：无名村"),
    "missing": (
        collection(feature(square(0, 0), name="明珠社区")),
        "还缺 1 个单位的轮廓：和平社区",
    ),
    "twice": (
        collection(*(feature(square(n, 0), name="明珠社区") for n in range(2))),
        "都是“明珠社区”",
    ),
    "two names": (
        collection(feature(square(0, 0), a="明珠社区", b="和平社区")),
        "属性里有几个单位",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_says_why_at_the_field_and_stores_nothing(
    client, street, community, other_community, case
):
    data, said = BAD[case]
    shown = post(client, street, data)
    assert shown.status_code == 200
    assert said in shown.context["form"].errors["file"][0]
    assert said in shown.content.decode()
    assert "preview" not in shown.context
    assert UnitOutline.objects.count() == 0


def test_no_file_and_an_empty_one_are_told(client, street, community):
    assert "file" in post(client, street).context["form"].errors
    assert "文件是空的" in post(client, street, b"").content.decode()


def test_what_was_looked_at_cannot_be_changed_or_kept_for_another(
    client, street, community, other_community, good, make_grid
):
    checked = post(client, street, good).context["checked"]
    for unit, sent in ((street, checked[:-1] + "x"), (street, ""), (community, checked)):
        shown = post(client, unit, checked=sent)
        assert "请重新上传" in shown.content.decode()
    found_community(street)
    shown = post(client, street, checked=checked)
    assert "下级单位已经变动" in shown.content.decode()
    assert UnitOutline.objects.count() == 0


@pytest.mark.parametrize("role", Role)
def test_only_who_manages_units_may_look_and_store(make_user, client_of, street, community, role):
    client = client_of(make_user(role, street))
    expected = 200 if role == Role.SYSTEM_ADMINISTRATOR else 403
    assert client.get(reverse("unit-plan", args=[street.pk])).status_code == expected
    assert post(client, street, b"[").status_code == expected
    answer = client.post(reverse("unit-plan-remove", args=[street.pk]), {"_key": str(uuid.uuid4())})
    assert answer.status_code == (302 if expected == 200 else 403)


def test_another_streets_plan_and_a_grids_are_missing(client, other_street, community, make_grid):
    grid = make_grid(community, 1)
    for unit in (other_street, grid):
        assert client.get(reverse("unit-plan", args=[unit.pk])).status_code == 404
        assert post(client, unit, b"[").status_code == 404


def test_services_refuse_whom_they_must(make_user, acting, street, other_street, community):
    given = {community.pk: Outline(((((0, 0), (1, 0), (1, 1), (0, 0)),),))}
    stranger = make_user(Role.SYSTEM_ADMINISTRATOR, other_street)
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(stranger), pytest.raises(OutOfScope):
        outlines.store_outlines(street, given, by=stranger)
    with acting(clerk), pytest.raises(Denied):
        outlines.remove_outlines(street, by=clerk)


def test_plan_is_drawn_by_outlines_only_where_each_unit_has_one(
    client, street, community, other_community, good
):
    both = [community.pk, other_community.pk]
    assert outlines_of(both)[1] == SCHEMATIC
    post(client, street, checked=post(client, street, good).context["checked"])
    drawn, note = outlines_of(both)
    assert note == UPLOADED
    assert drawn[0].bounds[2] == pytest.approx(
        drawn[1].bounds[0], abs=1
    )  # side by side, west first
    found_community(street)
    new = Unit.objects.get(code="440103001009")
    assert outlines_of([*both, new.pk])[1] == SCHEMATIC


COORDINATES = st.integers(-(10**6), 10**6)


@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=20, unique=True))
@settings(max_examples=40, deadline=None)
def test_shapes_of_any_ring_are_closed_in_the_box_and_have_fewer_points(points):
    ring = (*points, points[0])
    data = collection(feature([list(point) for point in ring], n="甲"))
    if not _area(ring):
        with pytest.raises(ValidationError, match="面积为零"):
            read(data)
        return
    places = read(data)
    [drawn] = shapes(places)
    [[kept]] = drawn.polygons
    assert kept[0] == kept[-1]
    assert 4 <= len(kept) <= max(len(ring), 5)
    left, bottom, right, top = drawn.bounds
    assert -1 <= left <= right <= BOX + 1
    assert -1 <= bottom <= top <= BOX + 1


def test_a_long_straight_border_is_kept_in_few_points():
    long = [(n / 100, 0.0) for n in range(1000)] + [(10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    [drawn] = shapes([Place(1, (), ((tuple(long),),))])
    assert len(drawn.polygons[0][0]) <= 6
    assert FINE < 2


FEW = 50_000


def comb(teeth: int, wide: float, high: float) -> list:
    """A ring whose upper border goes up and down once a tooth."""
    border = [[n * wide, high if n % 2 else 0] for n in range(2 * teeth)]
    return [*border, [2 * teeth * wide, -1], [0, -1], [0, 0]]


@pytest.fixture
def measured(monkeypatch):
    """One entry for each distance that was measured; fewer than usual are allowed."""
    seen, off = [], geojson._off
    monkeypatch.setattr(geojson, "LOOKS", FEW)

    def counting(*points):
        seen.append(None)
        return off(*points)

    monkeypatch.setattr(geojson, "_off", counting)
    return seen


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        (comb(29_990, 1, 60_000), "一个环合并相近的点后还有 5"),
        (comb(1_450, 1, 1_000), "无法简化"),
    ],
)
def test_a_border_like_a_comb_is_refused_before_it_is_measured_through(measured, ring, said):
    places = read(collection(feature(ring, n="甲社区")))
    with pytest.raises(ValidationError, match=said) as refusal:
        shapes(places)
    assert "第 1 个图形（甲社区）" in refusal.value.messages[0]
    assert len(measured) <= FEW < LOOKS <= 2_000_000


def test_the_work_is_bounded_for_all_rings_of_a_file_together(measured):
    few = [feature(comb(150, 1, 300), n=f"{n}") for n in range(2)]
    shapes(read(collection(few[0])))
    assert 0 < len(measured) < FEW
    measured.clear()
    with pytest.raises(ValidationError, match=r"第 2 个图形.*无法简化"):
        shapes(read(collection(*few)))
    assert len(measured) <= FEW


def test_points_that_lie_close_are_thinned_and_the_shape_stays(measured):
    """A comb of 60,000 points whose teeth nobody sees is a straight border."""
    fine = comb(29_990, 1, 0.01)
    [drawn] = shapes(read(collection(feature(fine, n="甲"))))
    assert drawn.bounds == (0, 0, BOX, pytest.approx(0, abs=FINE))
    assert len(drawn.polygons[0][0]) < 10
    assert len(measured) < RING
