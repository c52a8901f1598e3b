"""Forms of programmes and of the people enrolled in them."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from disability.enums import Category
from disability.enums.programmes import ProgrammeKind
from disability.forms.people import PersonForm
from disability.models import DisabilityFile, Enrolment
from disability.models.programmes import OVERLAP
from portal.ledgers.forms import LedgerForm

SUNSHINE_AGES = 16, 35  # 阳光之家; other programmes say theirs


class ApartForm(LedgerForm):
    """Spells that must not overlap: the refusal stands at the first day."""

    def judges_alone(self):
        return True

    def _update_errors(self, errors):
        told = getattr(errors, "error_dict", {})
        general = told.get(NON_FIELD_ERRORS, [])
        overlaps = [error for error in general if error.code == OVERLAP]
        if overlaps:
            told[NON_FIELD_ERRORS] = [error for error in general if error.code != OVERLAP]
            if not told[NON_FIELD_ERRORS]:
                del told[NON_FIELD_ERRORS]
        if told or not overlaps:
            super()._update_errors(errors)
        for error in overlaps:
            self.add_error("starts_on", error)


class ProgrammeForm(LedgerForm):
    """A 阳光之家 takes people of 16 to 35 years unless it says otherwise."""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        unsaid = (data.get("youngest"), data.get("oldest")) == (None, None)
        unsaid = unsaid and not {"youngest", "oldest"} & set(self.errors)
        if data.get("kind") == ProgrammeKind.SUNSHINE and unsaid:
            data["youngest"], data["oldest"] = SUNSHINE_AGES
        youngest, oldest = data.get("youngest"), data.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", "最大年龄不能小于最小年龄。")
        return data


class OfProgramme(LedgerForm):
    """A record of a programme belongs to the programme's unit, which is not asked for again."""

    def programme_of(self, data):
        return data.get("programme")

    def _ask_unit(self):
        super()._ask_unit()
        self.fields.pop("unit", None)

    def clean(self):
        data = super().clean()
        programme = self.programme_of(data)
        if programme is not None:
            self._follow(programme)
        return data

    def _follow(self, programme):
        if self.instance.unit_id is None:
            self.instance.unit = programme.unit
        elif self.instance.unit_id != programme.unit_id:
            self.add_error(
                None, f"{programme.name}由{programme.unit}登记，请由该单位登记这条记录。"
            )

    def refuse_before(self, data, name, programme) -> None:
        """The day is not before the programme began."""
        if data.get(name) and programme is not None and data[name] < programme.starts_on:
            began = f"{programme.name}{programme.starts_on}开办"
            self.add_error(name, f"{began}，{self.fields[name].label}不能在此之前。")


class PartOfProgrammeForm(OfProgramme, ApartForm):
    """Closures and interest groups: what lasts within a programme."""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        self.refuse_before(data, "starts_on", self.programme_of(data))
        return data


class EnrolmentForm(OfProgramme, ApartForm, PersonForm):
    """Age is a rule and refuses; category and capacity are looked up, and warn."""

    days = ()
    plans = ("starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def judges_alone(self):
        programme = self.cleaned_data.get("programme")
        asks = programme is None or programme.categories or programme.capacity is not None
        return not asks

    def clean(self):
        data = super().clean()
        programme, person, day = (data.get(n) for n in ("programme", "resident", "starts_on"))
        if data.get("ends_on") and not data.get("end_reason"):
            self.add_error("end_reason", "请选择离托原因。")
        if data.get("end_reason") and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "选了离托原因的，请填写离托日期。")
        if programme and day:
            self._check_programme(programme, data)
        if programme and person and day:
            self._check_person(programme, person, day)
        if self.instance.pk:
            self._keep_marks(data)
        return data

    def _check_programme(self, programme, data):
        self.refuse_before(data, "starts_on", programme)
        if programme.ends_on and data["starts_on"] > programme.ends_on:
            self.add_error("starts_on", f"{programme.name}已于{programme.ends_on}停办。")

    def _check_person(self, programme, person, day):
        if refusal := programme.refusal_of_age(person, day):
            self.add_error("resident", refusal)
        elif person.born_on is None and programme.ages:
            self.warnings.append(f"{person.name}没有出生日期，无法核对年龄，请补填。")
        if programme.categories:
            self._warn_of_category(programme, person)
        if programme.capacity is not None:
            self._warn_of_capacity(programme, day)

    def _warn_of_category(self, programme, person):
        files = DisabilityFile.objects.kept().filter(resident=person, closed_on__isnull=True)
        known = {code[0] for file in files for code in file.components}
        words = "、".join(Category(code).label for code in programme.categories)
        if not known:
            self.warnings.append(f"{person.name}没有在用的残疾人档案，请先建档。")
        elif not programme.admits(known):
            self.warnings.append(f"{programme.name}接收{words}残疾人，与{person.name}的档案不符。")

    def _warn_of_capacity(self, programme, day):
        others = Enrolment.objects.in_force(max(day, timezone.localdate()))
        taken = others.filter(programme=programme).exclude(pk=self.instance.pk).count()
        if taken >= programme.capacity:
            self.warnings.append(
                f"{programme.name}容纳 {programme.capacity} 人，连同这一位已有 {taken + 1} 人。"
            )

    def _keep_marks(self, data):
        """Attendance and medication that was noted must stay within the enrolment."""
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        for model_name in ("attendances", "medication_logs"):
            noted = getattr(self.instance, model_name).kept()
            what = noted.model._meta.verbose_name
            if starts_on and noted.filter(occurred_on__lt=starts_on).exists():
                self.add_error("starts_on", f"入托日期之前已有{what}记录，请先核对。")
            if ends_on and noted.filter(occurred_on__gt=ends_on).exists():
                self.add_error("ends_on", f"离托日期之后还有{what}记录，请先核对。")


def enrolment_on(enrolment, day) -> Enrolment | None:
    """The same person's enrolment in the same programme that the day lies in."""
    if enrolment.covers(day):
        return enrolment
    rows = Enrolment.objects.in_force(day)
    return rows.filter(resident=enrolment.resident_id, programme=enrolment.programme_id).first()


class GroupMembershipForm(OfProgramme, ApartForm):
    """Only people of the group's programme, within their enrolment: of somebody who left and came
    back, the one that the first day lies in."""

    _meant = None

    def judges_alone(self):
        return self._meant == self.cleaned_data.get("enrolment")

    def programme_of(self, data):
        return data["group"].programme if data.get("group") else None

    def clean(self):
        data = super().clean()
        group, enrolment = data.get("group"), data.get("enrolment")
        self._meant = enrolment
        if enrolment and data.get("starts_on"):
            enrolment = enrolment_on(enrolment, data["starts_on"]) or enrolment
            data["enrolment"] = enrolment
        if group and enrolment:
            if enrolment.programme_id != group.programme_id:
                self.add_error("enrolment", f"这个人不在{group.programme.name}中。")
            else:
                self._check_days(data, group, enrolment)
        return data

    def _check_days(self, data, group, enrolment):
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and starts_on < group.starts_on:
            self.add_error("starts_on", f"{group.name}{group.starts_on}才成立。")
        elif starts_on and not enrolment.covers(starts_on):
            until = f"至{enrolment.ends_on}" if enrolment.ends_on else "起"
            self.add_error("starts_on", f"入组日期不在入托期间（{enrolment.starts_on}{until}）。")
        if enrolment.ends_on and (ends_on is None or ends_on > enrolment.ends_on):
            self.add_error("ends_on", f"这个人{enrolment.ends_on}离托，离组日期不能晚于这一天。")


class IncidentForm(OfProgramme, PersonForm):
    """With or without a person; one who was not enrolled that day is warned of."""

    days = ("occurred_on", "closed_on")

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def judges_alone(self):
        return self.cleaned_data.get("resident") is None

    def clean(self):
        data = super().clean()
        programme, person, day = (data.get(n) for n in ("programme", "resident", "occurred_on"))
        self.refuse_before(data, "occurred_on", programme)
        if programme and person and day:
            enrolled = Enrolment.objects.in_force(day).filter(programme=programme, resident=person)
            if not enrolled.exists():
                self.warnings.append(f"{person.name}当天不在{programme.name}的入托名单中，请核对。")
        return data


class PlacementForm(ApartForm, PersonForm):
    """In one institution at a time, which is chosen or named."""

    days = ()
    plans = ("starts_on", "ends_on")

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        if "provider" in self.errors:
            return data
        if not data.get("provider") and not data.get("institution"):
            self.add_error("institution", "请选择服务机构，或填写其他机构名称。")
        elif data.get("provider") and data.get("institution"):
            self.add_error("institution", "已选服务机构的，不再填写其他机构名称。")
        return data
