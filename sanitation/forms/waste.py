"""Forms of hauls, buy-back and targets: what follows from what was typed is not typed again."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from portal.ledgers.fields import OfferedInput
from sanitation.forms.base import CommunityForm
from sanitation.models import WasteHaul

CENT = Decimal("0.01")
LOOKED_AT, OFFERED = 300, 30  # answers given before, the latest first


def money_of(weight: Decimal, price: Decimal) -> Decimal:
    return (weight * price).quantize(CENT, ROUND_HALF_UP)


def typed_before(user) -> dict[str, list[str]]:
    """Vehicles and stations of the latest hauls; asked once for all lines of a page, whose user object
    is one request's."""
    if not hasattr(user, "hauls_typed"):
        rows = WasteHaul.objects.visible_to(user).order_by("-occurred_on", "-pk")
        pairs = list(rows.values_list("vehicle", "station")[:LOOKED_AT])
        user.hauls_typed = {
            "vehicle": list(dict.fromkeys(vehicle for vehicle, _ in pairs))[:OFFERED],
            "station": list(dict.fromkeys(station for _, station in pairs))[:OFFERED],
        }
    return user.hauls_typed


class OnceForm(CommunityForm):
    """Of what may stand only once about a community: the ledger's ``faults`` at their fields."""

    def check_record(self):
        for name, message in self.ledger.faults(self.instance).items():
            self.add_error(name if name in self.fields else None, message)
        if not self.errors:
            super().check_record()


class HaulForm(CommunityForm):
    """``net`` follows where the weigh bridge gave gross and tare. Offers the vehicles and stations that
    were typed before."""

    def __init__(self, *args, unit=None, **kwargs):
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["net"].required = False
        self.fields["net"].help_text = "填了毛重和皮重的，可以不填。"
        if unit is None:  # on the screen
            for name, known in typed_before(self.user).items():
                self.fields[name].widget = OfferedInput(known, self.fields[name].widget.attrs)

    def judges_alone(self):
        return super().judges_alone()

    def check_record(self):
        """A slip is one trip's, whether the street or the community keyed it."""
        haul = self.instance
        if haul.slip:
            rows = WasteHaul.objects.visible_to(self.user)
            same = rows.filter(station=haul.station, slip=haul.slip).exclude(pk=haul.pk).first()
            if same is not None:
                told = f"这张磅单已登记：{same.occurred_on} {same.community} {same.net} 公斤。"
                self.add_error("slip", told)
                return
        super().check_record()

    def clean_vehicle(self):
        return self.cleaned_data["vehicle"].replace(" ", "").upper()

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"gross", "tare", "net"}:
            self._weigh(data)
        return data

    def _weigh(self, data):
        gross, tare, net = data.get("gross"), data.get("tare"), data.get("net")
        if gross is None or tare is None:
            if net is None:
                self.add_error("net", "请填写净重，或者毛重和皮重。")
        elif tare >= gross:
            self.add_error("tare", "皮重应当小于毛重。")
            return
        elif net is None or self._is_left_behind():
            data["net"] = net = gross - tare
        elif net != gross - tare:
            self.add_error("net", f"毛重减皮重是 {gross - tare} 公斤，请核对；净重也可以不填。")
        if net == 0:
            self.add_error("net", "净重应当大于零。")

    def _is_left_behind(self) -> bool:
        """The net weight as it was before another weight was changed."""
        changed = {*self.changed_data}
        return bool(self.instance.pk and "net" not in changed and changed & {"gross", "tare"})


class BuybackForm(CommunityForm):
    """``amount`` follows from weight and price where none was typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings = []
        amount = self.fields["amount"]
        amount.required = False
        amount.help_text = "填了单价的可以不填，按重量乘单价计算；只兑换物品的不填。"
        if not self.instance.pk:
            amount.initial = None

    def judges_alone(self):
        return super().judges_alone()

    def clean(self):
        data = super().clean()
        weight, price = data.get("weight"), data.get("unit_price")
        if weight is None or self.errors.keys() & {"unit_price", "amount"}:
            return data
        if data.get("amount") is None or self._followed():
            data["amount"] = money_of(weight, price) if price is not None else Decimal(0)
        elif price is not None and data["amount"] != money_of(weight, price):
            told = f"{money_of(weight, price):f}"
            self.warnings.append(
                f"重量乘单价是 {told} 元，与填写的金额不同，已按填写的保存，请核对。"
            )
        return data

    def _followed(self) -> bool:
        """The amount stands as it was, and then it was weight times price."""
        changed, old = {*self.changed_data}, self.initial
        if not self.instance.pk or "amount" in changed or not changed & {"weight", "unit_price"}:
            return False
        price, weight = old.get("unit_price"), old.get("weight")
        return price is not None and old.get("amount") == money_of(weight, price)


class TargetForm(OnceForm):
    """A new target begins as one of this calendar year."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            year = timezone.localdate().year
            self.initial.setdefault("starts_on", date(year, 1, 1))
            self.initial.setdefault("ends_on", date(year, 12, 31))

    def clean_weight(self):
        weight = self.cleaned_data["weight"]
        if weight == 0:
            self.add_error("weight", "任务应当大于零；没有任务的不登记。")
        return weight
