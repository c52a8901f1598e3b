"""Keying of hauls, buy-back, targets and fees: what follows is not typed, what is wrong is said at its field."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from portal.ledgers import ledgers
from portal.roles import Role
from sanitation.models import Buyback, BuybackTarget, FeeCollection, WasteHaul
from sanitation.selectors.doubles import faults_of_collection, fee_span
from sanitation.services.alone import store_alone
from tests.factories import sanitation_waste as make

pytestmark = pytest.mark.django_db
HAUL = {
    "occurred_on": "2025-03-12",
    "vehicle": "清a·d6018 ",
    "station": "压缩站",
    "waste": "residual",
}


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def post(client_of, inspector, street, community):
    """``post(slug, pk=None, **fields)``: the errors of the form by field, {} where it was stored."""

    def sent(slug, pk=None, by=None, **fields):
        url = f"/ledger/{slug}/{f'{pk}/edit' if pk else 'add'}/"
        data = {"_key": str(uuid4()), "unit": street.pk, "community": community.pk} | fields
        answer = client_of(by or inspector).post(url, data)
        return {} if answer.status_code == 302 else dict(answer.context["form"].errors)

    return sent


@pytest.mark.parametrize(
    ("typed", "stored", "wrong"),
    [
        ({"gross": "11600", "tare": "7400"}, 4200, None),
        ({"gross": "11600", "tare": "7400", "net": "4200"}, 4200, None),
        ({"net": "4200"}, 4200, None),
        ({"gross": "11600", "net": "4200"}, 4200, None),
        ({"gross": "11600", "tare": "7400", "net": "4100"}, None, "net"),
        ({"gross": "7400", "tare": "11600"}, None, "tare"),
        ({"gross": "7400", "tare": "7400"}, None, "tare"),
        ({"gross": "11600"}, None, "net"),
        ({"net": "0"}, None, "net"),
        ({"net": "4.2吨"}, None, "net"),
    ],
)
def test_net_follows_from_gross_and_tare(post, acting, street, typed, stored, wrong):
    errors = post("waste-hauls", **HAUL, **typed)
    assert list(errors) == ([wrong] if wrong else [])
    with acting(street):
        rows = list(WasteHaul.objects.values_list("net", "vehicle"))
    assert rows == ([(stored, "清A·D6018")] if stored else [])


def test_a_changed_weight_takes_the_net_along(post, acting, street, community):
    with acting(street):
        row = make.haul(street, community, gross=11_600, tare=7_400)
    sent = HAUL | {"gross": "12000", "tare": "7400", "net": "4200", "version": row.version}
    assert post("waste-hauls", row.pk, **sent) == {}
    with acting(street):
        assert WasteHaul.objects.get().net == 4_600


def test_a_slip_is_keyed_once(post, acting, street):
    assert post("waste-hauls", **HAUL, net="4200", slip="A1") == {}
    errors = post("waste-hauls", **HAUL, net="4300", slip="A1")
    assert "已登记" in str(errors["slip"])
    assert post("waste-hauls", **HAUL | {"station": "另一处"}, net="4300", slip="A1") == {}


def test_a_days_slips_are_keyed_on_one_screen(
    client_of, inspector, acting, street, community, other_community
):
    data = {"_key": str(uuid4()), "lines": "10", "unit": street.pk} | {
        name: HAUL[name] for name in ("occurred_on", "station", "waste")
    }
    for number, about in enumerate((community, other_community)):
        line = {"community": about.pk, "vehicle": "清A·D6018", "slip": f"A{number}"}
        line |= {"gross": "11600", "tare": str(7400 - number)}
        data |= {f"l{number}-{name}": value for name, value in line.items()}
    client = client_of(inspector)
    twice = data | {"l1-slip": "A0"}
    assert client.post("/ledger/waste-hauls/add-many/", twice).status_code == 200
    with acting(street):
        assert not WasteHaul.objects.exists()
    data["_key"] = str(uuid4())
    assert client.post("/ledger/waste-hauls/add-many/", data).status_code == 302
    with acting(street):
        assert set(WasteHaul.objects.values_list("community", "net")) == {
            (community.pk, 4200), (other_community.pk, 4201),
        }  # fmt: skip


def test_a_community_keys_its_own_lines_and_empty_ones_are_none(
    client_of, make_user, acting, community
):
    """Each line begins with the community itself, and says nothing by that."""
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    data = {"_key": str(uuid4()), "lines": "10"} | {
        name: HAUL[name] for name in ("occurred_on", "station", "waste")
    }
    data |= {f"l{number}-community": community.pk for number in range(10)}
    data |= {"l3-vehicle": "清A·D6018", "l3-net": "4200"}
    assert client_of(clerk).post("/ledger/waste-hauls/add-many/", data).status_code == 302
    with acting(community):
        assert WasteHaul.objects.get().unit == community


@pytest.mark.parametrize(
    ("typed", "amount", "warned"),
    [
        ({"unit_price": "0.85"}, "10.63", False),
        ({"unit_price": "0.85", "amount": "10.63"}, "10.63", False),
        ({"unit_price": "0.85", "amount": "10.60"}, "10.60", True),
        ({"amount": "8"}, "8.00", False),
        ({"goods": "白醋"}, "0.00", False),
    ],
)
def test_the_amount_follows_from_the_price(
    client_of, inspector, acting, street, community, typed, amount, warned
):
    data = {"_key": str(uuid4()), "unit": street.pk, "community": community.pk, "weight": "12.5"}
    data |= {"occurred_on": "2025-03-12", "category": "glass"} | typed
    page = client_of(inspector).post("/ledger/buybacks/add/", data, follow=True)
    assert ("与填写的金额不同" in page.content.decode()) == warned
    with acting(street):
        row = Buyback.objects.get()
    assert row.amount == Decimal(amount)
    if typed == {"unit_price": "0.85"}:
        data |= {"weight": "20", "amount": "10.63", "version": row.version, "_key": str(uuid4())}
        client_of(inspector).post(f"/ledger/buybacks/{row.pk}/edit/", data)
        with acting(street):
            assert Buyback.objects.get().amount == Decimal("17.00")


def test_targets_of_a_community_never_overlap(post, acting, street, community):
    year = {"starts_on": "2025-01-01", "ends_on": "2025-12-31", "weight": "1200"}
    assert post("buyback-targets", **year) == {}
    assert "不能重叠" in str(
        post("buyback-targets", **year | {"starts_on": "2025-12-31", "ends_on": "2026-01-31"})[
            "starts_on"
        ]
    )
    assert post("buyback-targets", **{k: v.replace("2025", "2026") for k, v in year.items()}) == {}
    assert "大于零" in str(post("buyback-targets", **year | {"weight": "0"})["weight"])
    with acting(street):
        row = BuybackTarget.objects.get(starts_on=date(2025, 1, 1))
        twin = BuybackTarget(
            unit=street,
            community=community,
            starts_on=date(2025, 6, 1),
            ends_on=date(2025, 7, 1),
            weight=1,
        )
        with pytest.raises(ValidationError):
            store_alone(twin, ledgers["buyback-targets"].faults)
        assert ledgers["buyback-targets"].faults(row) == {}


# --- the fee: no household counts twice ------------------------------------------------------------
@pytest.mark.parametrize(
    ("there", "new", "wrong"),
    [
        (None, None, "community"),
        (None, 1, "grid"),
        (1, None, "grid"),
        (1, 1, "grid"),
        (1, 2, None),
    ],
)
def test_a_community_is_collected_in_as_a_whole_or_by_groups(
    acting, street, community, make_grid, there, new, wrong
):
    grids = {None: None, 1: make_grid(community, 1), 2: make_grid(community, 2)}
    with acting(street):
        rate = make.standard(street)
        make.collection(street, community, grid=grids[there], standard=rate)
        row = FeeCollection(
            unit=community, community=community, grid=grids[new], standard=rate,
            occurred_on=date(2025, 11, 2), due=10, paid=5,
        )  # fmt: skip
        assert list(faults_of_collection(row)) == ([wrong] if wrong else [])
        row.occurred_on = date(2026, 1, 2)
        assert faults_of_collection(row) == {}  # the next year is another payment
        row.occurred_on, row.standard = date(2025, 11, 2), make.standard(street, title="商户垃圾费")
        assert faults_of_collection(row) == {}


@pytest.mark.parametrize(
    ("per", "span"),
    [("户·年", "2025"), ("户·半年", "2025H2"), ("户·季", "2025Q4"), ("户·月", "2025-11")],
)
def test_what_one_payment_is_for_follows_from_the_standard(acting, street, per, span):
    with acting(street):
        assert fee_span(make.standard(street, per=per), date(2025, 11, 2)).key == span


def test_the_form_explains_the_rule_and_keeps_it(
    post, client_of, inspector, acting, street, community, make_grid
):
    with acting(street):
        rate = make.standard(street)
    page = client_of(inspector).get("/ledger/fee-collections/add/").content.decode()
    assert "没有一户算两次" in page
    said = {
        "occurred_on": "2025-05-20",
        "standard": rate.pk,
        "due": "300",
        "paid": "240",
        "amount": "14400",
    }
    assert post("fee-collections", **said) == {}
    assert "已在其中" in str(
        post("fee-collections", **said, grid=make_grid(community, 1).pk)["grid"]
    )
    assert "不能多于" in str(
        post("fee-collections", **said | {"paid": "301", "occurred_on": "2026-05-20"})["paid"]
    )
    early = said | {"occurred_on": "2024-05-20"}
    assert "没有执行" in str(post("fee-collections", **early)["standard"])


def test_a_community_reads_what_the_street_keeps_and_writes_only_its_own(
    post, client_of, make_user, acting, street, community, other_community
):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(street):
        row = make.haul(street, community)
        foreign = make.haul(street, other_community)
    client = client_of(clerk)
    assert client.get(f"/ledger/waste-hauls/{row.pk}/").status_code == 200
    assert client.get(f"/ledger/waste-hauls/{row.pk}/edit/").status_code == 403
    assert client.get(f"/ledger/waste-hauls/{foreign.pk}/").status_code == 404
    errors = post("waste-hauls", by=clerk, **HAUL, net="4200", community=other_community.pk)
    assert list(errors) == ["community"]
    assert post("waste-hauls", by=clerk, **HAUL, net="4200") == {}
