"""Writes of the catalogue: versions with their materials, closing an item, the usual items."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.ledgers.services import recycle
from portal.scope import above, access_of
from servicecenter.catalogue_seed import SEEDS, STEPS, Seed
from servicecenter.models import Hall, ItemMaterial, ItemVersion, ServiceItem
from servicecenter.selectors.catalogue import is_used, last_case_day

MANAGE = "catalogue.manage"
DAY = timedelta(days=1)
USED = "已有办件按这个版本办理，不能再改；情况有变的，请制订新版本。"


@dataclass(frozen=True)
class MaterialRow:
    """One material as typed; ``pk`` of a stored one, 0 for a new one."""

    name: str
    originals: int = 1
    copies: int = 0
    source: str = ""
    sample: str = ""
    basis: str = ""
    may_follow: bool = False
    pk: int = 0


COPIED = tuple(name for name in MaterialRow.__dataclass_fields__ if name != "pk")


def rows_of(version: ItemVersion) -> list[MaterialRow]:
    """The version's materials, in order, as rows of the form."""
    return [
        MaterialRow(**{name: getattr(each, name) for name in COPIED}, pk=each.pk)
        for each in version.materials.kept().order_by("ordinal")
    ]


def open_former(item: ServiceItem, starts_on: date) -> ItemVersion | None:
    """The version that a new one from that day would end: begun before, without an end."""
    found = ItemVersion.objects.kept().filter(
        item=item, starts_on__lt=starts_on, ends_on__isnull=True
    )
    return found.first()


def refuse_before_cases(version: ItemVersion, last_day: date, field: str) -> None:
    """Raise ValidationError at the field where a case began with the version after its last day."""
    used = last_case_day(version)
    if used is not None and used > last_day:
        raise ValidationError(
            {field: f"{used}还有办件按{version.starts_on}起的版本受理，该版本不能在此之前失效。"}
        )


@transaction.atomic
def store_version(version: ItemVersion, rows: list[MaterialRow] | None, *, by) -> ItemVersion:
    """Store a new or changed version with its materials; None leaves the materials as they are.

    A new version ends the open former one on the day before and, where no materials are given, takes
    over its. Raises ValidationError where a case forbids that.
    """
    former = None
    if version._state.adding:
        version.recorded_by = by
        former = open_former(version.item, version.starts_on)
    if former is not None:
        refuse_before_cases(former, version.starts_on - DAY, "starts_on")
        former.ends_on = version.starts_on - DAY
        former.save(update_fields=["ends_on"])
    version.save()
    if rows is None and former is not None:
        rows = [MaterialRow(**asdict(row) | {"pk": 0}) for row in rows_of(former)]
    if rows is not None:
        store_materials(version, rows, by=by)
    return version


def store_materials(version: ItemVersion, rows: list[MaterialRow], *, by) -> None:
    """Make the version's materials just these, numbered from 1 in their order.

    Raises ValidationError where cases began with the version.
    """
    stored = {each.pk: each for each in version.materials.kept().order_by("ordinal")}
    if is_used(version) and rows != rows_of(version):
        raise ValidationError(USED)
    named = {row.pk for row in rows}
    for pk, material in stored.items():
        if pk not in named:
            recycle(material, version=material.version, by=by)
    for ordinal, row in enumerate(rows, start=1):
        material = stored.get(row.pk) or ItemMaterial(
            unit=version.unit, version_of_item=version, recorded_by=by
        )
        values = {name: getattr(row, name) for name in COPIED} | {"ordinal": ordinal}
        if material.pk and all(getattr(material, n) == v for n, v in values.items()):
            continue
        for name, value in values.items():
            setattr(material, name, value)
        material.save()


@transaction.atomic
def renew(version: ItemVersion, *, starts_on: date, published_on: date | None, by) -> ItemVersion:
    """A copy of the version with its materials, in force from that day; the former ends before it."""
    access_of(by).check(MANAGE, version.unit_id)
    if starts_on <= version.starts_on:
        raise ValidationError({"starts_on": f"须晚于现行版本的施行日期{version.starts_on}。"})
    copy = ItemVersion.objects.get(pk=version.pk)
    if copy.version != version.version:
        raise StaleRecord(f"{version._meta.label} {version.pk} was changed")
    copy.pk, copy._state.adding = None, True
    copy.version = ItemVersion._meta.get_field("version").get_default()
    copy.recorded_at = timezone.now()
    copy.starts_on, copy.ends_on, copy.published_on = starts_on, None, published_on
    rows = [MaterialRow(**asdict(row) | {"pk": 0}) for row in rows_of(version)]
    return store_version(copy, rows, by=by)


@transaction.atomic
def store_item(item: ServiceItem, *, by) -> ServiceItem:
    """Store an item; one that closes ends its open version on its last day.

    Raises ValidationError where a version begins only after that day, or a case began with one.
    """
    if item._state.adding:
        item.recorded_by = by
    item.save()
    if item.closed_on is None:
        return item
    versions = ItemVersion.objects.kept().filter(item=item)
    if ahead := versions.filter(starts_on__gt=item.closed_on).first():
        raise ValidationError(
            {"closed_on": f"{ahead.starts_on}起还有一个版本，请先删除那个版本，再登记停办。"}
        )
    for version in versions.filter(ends_on__isnull=True):
        refuse_before_cases(version, item.closed_on, "closed_on")
        version.ends_on = item.closed_on
        version.save(update_fields=["ends_on"])
    return item


def missing_seeds(unit) -> list[Seed]:
    """The usual items whose code neither the unit nor one above it keeps; one that it closed is kept."""
    kept = ServiceItem.objects.kept().filter(unit__in=[unit.pk, *above([unit.pk])])
    known = set(kept.values_list("code", flat=True))
    return [seed for seed in SEEDS if seed.code not in known]


@transaction.atomic
def take_seed(unit, *, by, starts_on: date | None = None) -> list[ServiceItem]:
    """Store the usual items that are missing, not yet public, in force from the year's first day
    unless told otherwise; places and phones are the hall's. Again it changes nothing."""
    access_of(by).check(MANAGE, unit.pk)
    hall = Hall.objects.kept().filter(unit=unit).first()
    told = {"place": hall.name, "hours": hall.hours, "phone": hall.phone} if hall else {}
    if hall:
        told["complaint_phone"] = hall.complaint_phone
    starts_on = starts_on or timezone.localdate().replace(month=1, day=1)
    return [_taken(unit, seed, starts_on, told, by) for seed in missing_seeds(unit)]


def _taken(unit, seed: Seed, starts_on: date, told: dict, by) -> ServiceItem:
    item = ServiceItem.objects.create(
        unit=unit, code=seed.code, name=seed.name, department=seed.department, recorded_by=by
    )
    version = ItemVersion(
        unit=unit,
        item=item,
        starts_on=starts_on,
        kind=seed.kind,
        level=seed.level,
        applies_to=seed.applies_to,
        conditions=seed.conditions,
        legal_days=seed.legal,
        promised_days=seed.days,
        basis=seed.basis,
        process="\n".join(STEPS[seed.kind]),
        **told,
    )
    store_version(version, [MaterialRow(**asdict(paper)) for paper in seed.materials], by=by)
    return item


@transaction.atomic
def publish(versions, day: date, *, by) -> int:
    """Make these versions public from that day; returns how many were not yet."""
    found = 0
    for version in versions.filter(published_on__isnull=True):
        access_of(by).check(MANAGE, version.unit_id)
        version.published_on = day
        version.save(update_fields=["published_on"])
        found += 1
    return found
