"""The form of a volunteer: a resident of the register, or a person from outside, in one."""

from django.core.exceptions import ValidationError

from portal.crypto import keyed_hash
from portal.ledgers.forms import Fold, LedgerForm
from portal.scope import access_of
from portal.text import clean_name, parse_phone
from residents.outside_forms import JudgesPersons
from residents.resolving import names_of
from residents.selectors import known_by_number
from volunteers.enums.volunteers import JoiningManner
from volunteers.models import Volunteer
from volunteers.services.volunteers import check_leaving, faults, repointed, twin_of

OWN = ("name", "id_kind", "number", "sex", "born_on", "phone")
SEES = "residents.view"


def sees_residents(user) -> bool:
    return access_of(user).may(SEES)


class VolunteerForm(JudgesPersons, LedgerForm):
    """Of a resident, name, ID and phone stand in the register alone. Who does not see residents (a team
    leader) enters people from outside only, and leaves a resident's record a resident's."""

    whole = True  # False: a register brought in whole may know less

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings = []
        self.fields[
            "manner"
        ].required = False  # a file may lack it; clean() asks for it on the screen
        self.fields["manner"].help_text = "必填；志愿服务须出于本人自愿。"
        self.fields["evidence"].help_text = f"必填。{self.fields['evidence'].help_text}"
        if "resident" in self.fields:
            self.fields["resident"].help_text = "不在居民册中的人不选，打开下面第一项填写。"

    def _set_pickers(self):
        if not sees_residents(self.user):
            del self.fields["resident"]
            if self.instance.resident_id:
                for name in OWN:
                    del self.fields[name]
        super()._set_pickers()

    def _rows(self, layout):
        """Without residents to choose from, the fields of people from outside are not folded away."""
        rows = super()._rows(layout)
        if "resident" in self.fields:
            return rows
        first = next((row for row in rows if isinstance(row, Fold)), None)
        place = rows.index(first)
        return [*rows[:place], *first.fields, *rows[place + 1 :]]

    # --- checking -------------------------------------------------------------------------------

    def clean(self):
        data = super().clean()
        if self.whole and not data.get("manner") and "manner" not in self.errors:
            self.add_error("manner", "请选择加入方式；志愿服务须出于本人自愿。")
        for name in ("phone", "guardian_phone"):
            self.judge(name, parse_phone)
        for name in ("name", "guardian_name"):
            self.judge(name, clean_name)
        self.judge_number(data)
        if "resident" in self.fields and not data.get("resident"):
            self._find_resident(data)
        if self._resident(data):
            self._leave_to_the_register(data)
        elif "name" in self.fields and not data.get("name") and "name" not in self.errors:
            at = "resident" if "resident" in self.fields else "name"
            self.add_error(at, "请选择居民；不在居民册中的人，填写姓名。")
        return data

    def _resident(self, data):
        return data.get("resident") if "resident" in self.fields else self.instance.resident

    def _find_resident(self, data):
        """A number that the register has means that resident."""
        if not data.get("number") or "number" in self.errors:
            return
        number_hash = keyed_hash(data["number"], "id")
        person = known_by_number(self.user, number_hash)
        if person is None:
            return
        if self.whole:
            self.add_error("number", "这是居民册中的人，请在“居民”中选择，不另填姓名和证件。")
        elif data.get("name") not in names_of(person, number_hash):
            self.add_error("name", "姓名与这个证件号码登记的姓名不一致。")
        else:
            data["resident"] = person

    def _leave_to_the_register(self, data):
        resident = self._resident(data)
        typed = data.get("name")
        if typed and typed != resident.name and "name" not in self.errors:
            self.add_error("name", "已选择居民，姓名以居民册为准，请删去这里的姓名。")
        for name in OWN:
            if name in self.fields:
                data[name] = None if name in ("sex", "born_on") else ""

    def check_record(self):
        self.instance.derive()
        found = faults(self.instance, whole=self.whole)
        if self.instance.pk:
            found |= repointed(self.instance)
        for name, message in found.items():
            self.add_error(name if name in self.fields else None, message)
        self._judge_leaving()
        twin = twin_of(self.instance) if not self.instance.left_on else None
        if twin:
            name = "resident" if self.instance.resident_id else "number"
            message = f"已是志愿者，编号 {twin.serial_number}。"
            self.add_error(name if name in self.fields else None, message)
        if not self.errors:
            super().check_record()

    def _judge_leaving(self):
        """A day of leaving that is typed anew."""
        day = self.instance.left_on
        if (
            not (self.instance.pk and day)
            or day == Volunteer.objects.get(pk=self.instance.pk).left_on
        ):
            return
        try:
            check_leaving(self.instance, day)
        except ValidationError as error:
            self.add_error("left_on" if "left_on" in self.fields else None, error.messages)


def of_a_file(form_class):
    """The form for a register brought in whole: the way of joining, its evidence and the guardian's
    consent may be missing, and are then on the worklist; a row without a number means the volunteer
    with the same ID, or with the same name and day of joining."""

    class VolunteerOfFile(form_class):
        whole = False

        def clean(self):
            data = super().clean()
            if not data.get("manner"):
                data["manner"] = JoiningManner.PAPER
                self.warnings.append("文件中没有加入方式，按“本人书面申请”登记，请补填凭据。")
            if self.instance.pk is None and not data.get("serial_number"):
                data["serial_number"] = self._known_as(data)
            return data

        def _known_as(self, data) -> str:
            probe = Volunteer(
                unit=self.instance.unit,
                resident=self._resident(data),
                name=data.get("name") or "",
                number=data.get("number") or "",
            )
            same = twin_of(probe)
            if same is None and probe.name and not probe.number:
                rows = Volunteer.objects.kept().filter(unit=probe.unit, name=probe.name)
                same = rows.filter(joined_on=data.get("joined_on")).first()
            return same.serial_number if same else ""

    return VolunteerOfFile
