"""Which resident, household or activity the cells of an imported row mean; nobody is created."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db.models import Q

from portal.crypto import keyed_hash
from portal.imports.resolving import Resolver, Unresolved
from portal.pinyin import name_keys
from portal.text import clean_name, clean_text
from residents.id_numbers import normalise, parse_id
from residents.models import Activity, Building, Dwelling, Household, JobInfo, Resident
from residents.selectors import with_merged

SHOWN = 20  # candidates to choose from


def only(records, missing: str, several: str):
    """The single record; raises ValidationError with the remedy otherwise."""
    return sole(list(records.order_by("pk")[:SHOWN]), missing, several)  # the same order every time


def sole(found: list, missing: str, several: str):
    """The one record of those found; raises ValidationError with the remedy otherwise."""
    if not found:
        raise ValidationError(missing)
    if len(found) > 1:
        raise Unresolved(several, found)
    return found[0]


def typed_number(cell: str) -> str:
    """The number as the register keeps it: a 15-digit one in 18 digits. One that fails its check
    finds nobody, and says so."""
    try:
        return parse_id(None, cell).number
    except ValidationError:
        return normalise(cell)


def find_resident(cells, user, unit):
    """By ID number; without one by a name that only one resident of the unit has."""
    name = clean_name(cells.get("姓名") or "")
    number = typed_number(cells.get("证件号码") or "")
    rows = Resident.objects.visible_to(user)
    if number:
        number_hash = keyed_hash(number, "id")
        person = only(
            with_merged(rows, Q(id_hash=number_hash)),
            "本单位居民中没有这个证件号码，请先登记居民。",
            "这个证件号码对应不止一人，请联系街道核对。",
        )
        if name and name not in names_of(person, number_hash):
            raise ValidationError("姓名与这个证件号码登记的姓名不一致。")
        return person
    if not name:
        raise ValidationError("请填写姓名和证件号码。")
    here = rows.filter(unit=unit)
    try:
        return only(
            with_merged(here, Q(name=name)),
            NOBODY,
            "本单位有同名居民，请选择是哪一位，或补填证件号码。",
        )
    except Unresolved:
        raise
    except ValidationError:
        sounds_alike = here.filter(pinyin=name_keys(name).pinyin)[:SHOWN]
        raise Unresolved(NOBODY, sounds_alike) from None


NOBODY = "本单位居民中没有这个姓名，请先登记居民或补填证件号码。"


def names_of(person, number_hash: str) -> set[str]:
    """The person's name, and the one that a record merged into theirs had with this number."""
    if person.id_hash == number_hash:
        return {person.name}
    merged = person.absorbed.filter(id_hash=number_hash)
    return {person.name, *merged.values_list("name", flat=True)}


def find_residents(many, user, unit):
    """Of many rows at once, the residents that find_resident() would find."""
    numbered, named = {}, {}
    for cells in many:
        try:
            name = clean_name(cells.get("姓名") or "")
            number = typed_number(cells.get("证件号码") or "")
        except ValidationError:
            continue  # said when the row itself asks; several names in a cell are asked one by one
        if number:
            numbered[tuple(cells.values())] = (keyed_hash(number, "id"), name)
        elif name:
            named[tuple(cells.values())] = name
    rows = Resident.objects.visible_to(user)
    by_hash = _alone(
        rows.filter(id_hash__in={digest for digest, _ in numbered.values()}), "id_hash"
    )
    by_name = _alone(rows.filter(unit=unit, name__in=set(named.values())), "name") if named else {}
    found = {texts: by_name[name] for texts, name in named.items() if name in by_name}
    for texts, (digest, name) in numbered.items():
        person = by_hash.get(digest)
        if person is not None and (not name or person.name == name):
            found[texts] = person
    return found


def _alone(rows, key: str) -> dict:
    """The records that no other shares the key with."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return {value: same[0] for value, same in found.items() if len(same) == 1}


def find_resident_if_named(cells, user, unit):
    """As above; a row that names nobody is about nobody."""
    named = any(clean_text(cells.get(name) or "") for name in ("姓名", "证件号码"))
    return find_resident(cells, user, unit) if named else None


def find_job_info(cells, user, unit):
    """The newest of the unit's posts with this employer and post."""
    employer = clean_text(cells.get("用人单位") or "")
    post = clean_text(cells.get("岗位") or "")
    rows = JobInfo.objects.visible_to(user).filter(unit=unit, employer=employer, post=post)
    found = rows.order_by("-occurred_on", "-pk").first()
    if found is None:
        raise ValidationError("没有这个用人单位和岗位的招聘信息，请先登记招聘信息。")
    return found


def find_household(cells, user, unit):
    number = clean_text(cells.get("户编号") or "")
    if not number:
        return None
    return only(
        Household.objects.visible_to(user).filter(unit=unit, number=number),
        "没有这个户编号，请先登记户。",
        "这个户编号对应不止一户。",
    )


def find_activity(cells, user, unit):
    title = clean_text(cells.get("活动名称") or "")
    if not title:
        return None
    return only(
        Activity.objects.visible_to(user).filter(unit=unit, title=title),
        "没有这个名称的活动，请先登记活动。",
        "有几次活动都叫这个名称，请在活动名称中写明以便区分。",
    )


def find_building(cells, user, unit):
    name = clean_text(cells.get("楼栋") or "")
    if not name:
        return None
    return only(
        Building.objects.visible_to(user).filter(unit=unit, name=name),
        "没有这个名称的楼栋，请先登记楼栋。",
        "有几栋楼都叫这个名称。",
    )


def find_dwelling(cells, user, unit):
    """By building, entrance and room; without a room no dwelling is meant."""
    building = find_building(cells, user, unit)
    room = clean_text(cells.get("房号") or "")
    if building is None or not room:
        return None
    entrance = clean_text(cells.get("单元") or "")
    return only(
        Dwelling.objects.visible_to(user).filter(building=building, entrance=entrance, room=room),
        "这栋楼没有这个单元和房号，请先登记房屋。",
        "这栋楼有几套房屋都是这个单元和房号。",
    )


BUILDING = Resolver(("楼栋",), find_building)
DWELLING = Resolver(("楼栋", "单元", "房号"), find_dwelling)
RESIDENT = Resolver(("姓名", "证件号码"), find_resident, find_residents, names="姓名")
HOUSEHOLD = Resolver(("户编号",), find_household)
ACTIVITY = Resolver(("活动名称",), find_activity)
OPTIONAL_RESIDENT = Resolver(("姓名", "证件号码"), find_resident_if_named, names="姓名")
JOB_INFO = Resolver(("用人单位", "岗位"), find_job_info)
