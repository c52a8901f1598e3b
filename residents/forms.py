"""Forms of the register that ask for more than the model says."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import ledgers
from portal.ledgers.fields import DayField, RecordField
from portal.ledgers.forms import LedgerForm
from portal.observances import check_ordinal, days_from
from portal.text import clean_name, parse_phone
from residents.enums import Attendee, Bond, Relation, Sex
from residents.id_numbers import parse_id
from residents.models import CareKind, Resident
from residents.selectors import known_by_number

FOURTEEN = 14


def refuse_future(form, data, *names) -> None:
    """Add an error to each of the days that has not come yet."""
    for name in names:
        if data.get(name) and data[name] > timezone.localdate():
            form.add_error(name, f"{form.fields[name].label}不能晚于今天。")


def refuse_backwards(form, data, start, end) -> None:
    """Add an error where the last day lies before the first."""
    if data.get(start) and data.get(end) and data[end] < data[start]:
        labels = form.fields[end].label, form.fields[start].label
        form.add_error(end, "{}不能早于{}。".format(*labels))


class SpellForm(LedgerForm):
    """Something that lasts from ``starts_on`` to ``ends_on``."""

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "starts_on")
        refuse_backwards(self, data, "starts_on", "ends_on")
        self._refuse_after_death(data.get("resident"), data.get("starts_on"))
        return data

    def _refuse_after_death(self, resident, starts_on):
        if resident and starts_on and resident.died_on and starts_on > resident.died_on:
            self.add_error("starts_on", f"这位居民已于{resident.died_on}去世。")


class ResidencySpellForm(SpellForm):
    """A spell corrected by hand; who lives on is not in the register on the day of death."""

    def clean(self):
        data = super().clean()
        resident, ends_on = data.get("resident"), data.get("ends_on")
        if resident is None:
            return data
        if not data.get("residency"):
            data["residency"] = resident.residency
        if resident.died_on and not (ends_on and ends_on < resident.died_on):
            self.add_error("ends_on", f"这位居民已于{resident.died_on}去世，结束日期应在此之前。")
        return data


class BondField(forms.TypedChoiceField):
    """户籍 and residence as the one choice that clerks know."""

    def __init__(self, **kwargs):
        super().__init__(
            label="人户关系", choices=Bond.choices, coerce=Bond, required=False, **kwargs
        )


class MembershipForm(SpellForm):
    """A member, who may be registered in one household and live in another."""

    bond = BondField(empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("bond", self.instance.bond)

    def clean(self):
        data = super().clean()
        for name, value in (data.get("bond") or self.instance.bond).columns.items():
            setattr(self.instance, name, value)
        return data


class HouseholdForm(LedgerForm):
    """Address and grid follow from the dwelling, where one is chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].required = False

    def clean(self):
        data = super().clean()
        dwelling = data.get("dwelling")
        if dwelling is None:
            if not data.get("address") and "address" not in self.errors:
                self.add_error("address", "请填写地址，或选择房屋。")
            return data
        unit = data.get("unit") or self.instance.unit
        if dwelling.unit_id != unit.pk:
            self.add_error("dwelling", f"这套房屋由{dwelling.unit}登记，不属于所选的单位。")
        data["address"] = dwelling.address
        data["grid"] = dwelling.building.grid or data.get("grid")
        return data


class DwellingForm(SpellForm):
    """A dwelling is in a building of its own unit."""

    def clean(self):
        data = super().clean()
        building, unit = data.get("building"), data.get("unit") or self.instance.unit
        if building is not None and building.unit_id != unit.pk:
            self.add_error("building", f"这栋楼由{building.unit}登记，不属于所选的单位。")
        return data


class CareTagForm(SpellForm):
    """Of the kinds in use; one that was retired meanwhile stays with its tags."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Q(is_retired=False) | Q(pk=self.instance.kind_id)
        self.fields["kind"].queryset = CareKind.objects.filter(offered)


class ConsentForm(LedgerForm):
    """A guardian speaks for who is under 14 (个人信息保护法第三十一条) or cannot judge."""

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "withdrawn_on")
        resident, day = data.get("resident"), data.get("occurred_on")
        age = resident.age_on(day) if resident and day else None
        if age is not None and age < FOURTEEN and not data.get("guardian_name"):
            self.add_error("guardian_name", "不满十四周岁的，由监护人同意，请填写监护人。")
        return data


class ResidentForm(LedgerForm):
    """Sex and birth date are suggested by the ID; a typed one that differs is kept and warned of."""

    lived_since = DayField(label="在册起始日期", required=False, help_text="不填为今天。")
    relation = forms.ChoiceField(
        label="与户主关系", required=False, choices=[("", "—"), *Relation.choices]
    )
    bond = BondField(
        initial=Bond.BOTH, empty_value=Bond.BOTH, help_text="户籍和居住是否都在这一户。"
    )

    def __init__(self, *args, **kwargs):
        self.warnings = []
        self.remedies = []  # (words, address) of pages that help on
        super().__init__(*args, **kwargs)
        self.fields["sex"].required = False
        if self.instance.pk:
            del self.fields["lived_since"], self.fields["relation"], self.fields["bond"]
        else:
            self.fields["household"] = RecordField(
                ledger=ledgers["households"],
                user=self.user,
                label="所属户",
                required=False,
                help_text="没有的先登记户。",
            )
        self.helper.layout = self._layout()

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])

    def clean_former_name(self):
        return clean_name(self.cleaned_data["former_name"])

    def clean_contact_name(self):
        return clean_name(self.cleaned_data["contact_name"])

    def clean_phone(self):
        return self._phone("phone")

    def clean_second_phone(self):
        return self._phone("second_phone")

    def clean_contact_phone(self):
        return self._phone("contact_phone")

    def _phone(self, name):
        return parse_phone(self.cleaned_data[name]) if self.cleaned_data[name] else ""

    def clean(self):
        data = super().clean()
        self._check_id(data)
        refuse_future(self, data, "born_on")
        if not self.instance.pk:
            refuse_future(self, data, "lived_since")
            self._warn_of_namesake(data)
        if data.get("household") and not data.get("relation"):
            self.add_error("relation", "请选择与户主关系。")
        return data

    def _warn_of_namesake(self, data):
        """Without a number nothing but the name tells that a person is registered already."""
        if data.get("id_number") or not data.get("name"):
            return
        if Resident.objects.visible_to(self.user).filter(name=data["name"]).exists():
            self.warnings.append(f"已有同名居民“{data['name']}”，请核对是否重复登记。")

    def _check_id(self, data):
        number = data.get("id_number")
        if not number:
            if "id_number" not in self.errors and not data.get("no_id_reason"):
                self.add_error("id_number", "请填写证件号码；确实没有的，请填写无证件原因。")
            return
        try:
            parsed = parse_id(data.get("id_kind"), number)
        except ValidationError as error:
            self.add_error("id_number", error)
            return
        data["id_number"], data["id_kind"] = parsed.number, parsed.kind
        self.instance.id_converted = parsed.converted or (
            self.instance.id_converted and "id_number" not in self.changed_data
        )
        if parsed.converted:
            self.warnings.append("15 位旧号码已换算为 18 位，请核对。")
        self._suggest(data, parsed)

    def _suggest(self, data, parsed):
        if parsed.birth:
            if not data.get("born_on"):
                data["born_on"] = parsed.birth
            elif data["born_on"] != parsed.birth:
                self.warnings.append("出生日期与证件号码不一致，已按填写的保存，请核对。")
        if parsed.sex:
            if data.get("sex") in (None, "", Sex.UNKNOWN):
                data["sex"] = parsed.sex
            elif int(data["sex"]) != parsed.sex:
                self.warnings.append("性别与证件号码不一致，已按填写的保存，请核对。")

    def clean_sex(self):
        value = self.cleaned_data.get("sex")
        return Sex.UNKNOWN if value in (None, "") else value

    def check_record(self):
        self.instance.derive()
        self._refuse_known_id()
        if not self.errors:
            super().check_record()

    def judges_alone(self):
        """An ID once is the database's rule; without one, namesakes are looked for."""
        return bool(self.cleaned_data.get("id_number"))

    def _refuse_known_id(self):
        """By a record in sight: named, and linked to. Out of sight the database refuses (services)."""
        if not self.instance.id_hash:
            return
        other = known_by_number(self.user, self.instance.id_hash, besides=self.instance.pk)
        if other is not None:
            self.add_error("id_number", f"这个证件号码已登记给 {other.name}（{other.unit}）。")
            page = ledgers["residents"].url("detail", other)
            self.remedies.append((f"打开已登记的“{other.name}”", page))
            if other.unit_id != self.instance.unit_id:
                self.offer_take_over()

    def offer_take_over(self):
        """Somebody of another unit is taken over, not typed again."""
        self.remedies.append(("接收迁入居民", reverse("resident-take-over")))

    @property
    def since(self):
        return self.cleaned_data.get("lived_since") or timezone.localdate()


class ActivityForm(LedgerForm):
    """A theme day is told with its right ordinal; one long before or after the event is warned of."""

    NEAR = 15

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        day = data.get("occurred_on")
        if day is None:
            return data
        for name in ("title", "slogan", "content"):
            for message in check_ordinal(data.get(name) or "", day.year):
                self.add_error(name, message)
        code = data.get("theme_day")
        if code and (gap := days_from(code, day)) is not None and gap > self.NEAR:
            told = dict(self.fields["theme_day"].choices)[code]
            self.warnings.append(f"活动日期离当年的{told}有 {gap} 天，请核对日期和主题日。")
        return data


class ParticipationForm(LedgerForm):
    """The day follows from the activity, so that it is typed once."""

    def judges_alone(self):
        return True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["occurred_on"].required = False
        self.fields["occurred_on"].help_text = "不填则与活动日期相同。"

    def clean(self):
        data = super().clean()
        if data.get("activity") and not data.get("occurred_on"):
            data["occurred_on"] = data["activity"].occurred_on
        if data.get("attendee") == Attendee.SELF and data.get("family_name"):
            self.add_error("family_name", "本人参加的不填家属姓名；家属参加的，参加者请选“家属”。")
        return data
