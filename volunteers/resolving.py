"""Which volunteer or organisation the cells of an imported row mean; nobody is created."""

from django.core.exceptions import ValidationError

from portal.imports.resolving import Resolver
from portal.text import clean_name, clean_text
from residents.resolving import only
from volunteers.models import Volunteer, VolunteerOrg

NUMBER = "志愿者编号"
NAME = "姓名"
ORG_NAME = "志愿服务组织"


def named(rows, name: str):
    """Volunteers of this name, be it the register's or their own record's."""
    return rows.filter(name=name) | rows.filter(resident__name=name)


def find_volunteer(cells, user, unit):
    """By the number, in sight of the user; without one by a name that only one of the unit has, those
    who are volunteers still before those who left."""
    number = clean_text(cells.get(NUMBER) or "").upper()
    name = clean_name(cells.get(NAME) or "")
    rows = Volunteer.objects.visible_to(user).select_related("resident", "unit")
    if number:
        found = only(
            rows.filter(serial_number__iexact=number),
            "没有这个编号的志愿者，请先登记志愿者。",
            "这个编号对应不止一名志愿者，请联系街道核对。",
        )
        if name and name != found.called:
            raise ValidationError("姓名与这个志愿者编号登记的姓名不一致。")
        return found
    if not name:
        raise ValidationError("请填写志愿者编号或姓名。")
    here = named(rows.filter(unit=unit), name)
    still = here.filter(left_on=None)
    return only(
        still if still.exists() else here,
        "本单位没有这个姓名的志愿者，请先登记志愿者。",
        "本单位有同名的志愿者，请选择是哪一位，或补填志愿者编号。",
    )


def find_volunteer_if_named(cells, user, unit):
    """As above; a row that names nobody is about nobody."""
    told = any(clean_text(cells.get(label) or "") for label in (NUMBER, NAME))
    return find_volunteer(cells, user, unit) if told else None


def org_finder(label: str):
    """One of the unit, else one of the units above, by the name in the column of this label."""

    def find(cells, user, unit):
        name = clean_text(cells.get(label) or "")
        if not name:
            return None
        rows = VolunteerOrg.objects.visible_to(user).filter(name=name)
        own = rows.filter(unit=unit)
        rows = own if own.exists() else rows
        still = rows.filter(ended_on=None)
        return only(
            still if still.exists() else rows,
            "没有这个名称的志愿服务组织，请先登记组织。",
            "有几个组织都叫这个名称，请写全称。",
        )

    return find


def org_by(label: str) -> Resolver:
    """The organisation named in the column of this label."""
    return Resolver((label,), org_finder(label))


VOLUNTEER = Resolver((NUMBER, NAME), find_volunteer, names=NAME)
BY_NUMBER = Resolver((NUMBER,), find_volunteer_if_named)  # where 姓名 is somebody else's
ORG = org_by(ORG_NAME)
