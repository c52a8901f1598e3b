"""办事事项, 事项版本, 申请材料: what people may come with, and what it takes."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from portal.imports.resolving import Resolver, Unresolved
from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.forms import recording_units
from portal.office.ledgers.base import Spells, long, plain, unit
from portal.scope import Denied, above, access_of
from portal.text import clean_text
from servicecenter.forms.catalogue import ItemForm, MaterialForm, VersionForm
from servicecenter.ledgers.sections import GUIDE
from servicecenter.models import ItemMaterial, ItemVersion, ServiceItem
from servicecenter.selectors.catalogue import is_used, version_on
from servicecenter.services.catalogue import MANAGE, USED, missing_seeds, store_item, store_version


class CatalogueLedger(Ledger):
    """Kept by who may manage the catalogue; units below read it."""

    section, quick = GUIDE, False
    edit_permission = MANAGE


def keeping_unit(user):
    """The unit that the user keeps a catalogue for: the own one, else the first; None for nobody."""
    units = recording_units(user, MANAGE)
    home = access_of(user).home
    return (units.filter(pk=home.pk).first() if home else None) or units.first()


def find_item(cells, user, unit):
    """By the code where the row has one, else by the whole name: the unit's own first, then the
    street's."""
    code = clean_text(cells.get("事项编码") or "")
    name = clean_text(cells.get("事项") or cells.get("事项名称") or "")
    if not code and not name:
        return None
    named = Q(code=code) if code else Q(name=name)
    rows = ServiceItem.objects.visible_to(user).filter(named)
    for units in ([unit.pk], above([unit.pk])):
        found = list(rows.filter(unit__in=units).order_by("code", "pk")[:20])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unresolved("有几个事项都叫这个名称，请写明事项编码。", found)
    raise ValidationError("没有这个事项，请先在“办事事项”中登记。")


def find_version(cells, user, unit):
    """The item's version that begins on the day named, else the one in force today."""
    item = find_item(cells, user, unit)
    if item is None:
        return None
    day = clean_text(cells.get("施行日期") or "")
    versions = ItemVersion.objects.visible_to(user).filter(item=item)
    if day:
        found = next((v for v in versions if str(v.starts_on) == day[:10]), None)
    else:
        found = version_on(item, timezone.localdate())
    if found is None:
        raise ValidationError("这个事项没有这一天起施行的版本，请先登记事项版本。")
    return found


ITEM = Resolver(("事项编码", "事项"), find_item)
VERSION = Resolver(("事项编码", "事项", "施行日期"), find_version)


@register
class ItemLedger(CatalogueLedger):
    slug, title, icon = "service-items", "办事事项", "clipboard-list"
    model = ServiceItem
    description = "群众可以来办哪些事；每个事项要什么材料、几天办好，写在它的版本里。"
    date, order = "", ("department", "code", "pk")
    select_related = ("station",)
    columns = (
        column(ServiceItem, "code", width=12),
        column(ServiceItem, "name", width=30),
        column(ServiceItem, "department", width=12),
        Column(
            "承办站所",
            reader(ServiceItem, "station.name"),
            field="station",
            sort="station__name",
            width=18,
        ),
        Column("版本数", lambda item: len(item.kept_versions), width=8, numeric=True),
        column(ServiceItem, "closed_on", width=14),
        unit(ServiceItem),
    )
    form_class = ItemForm
    form_layout = (("code", "name"), ("department", "station"), "closed_on")
    form_folds = {"closed_on": MORE}
    filters = ("department",)
    search = ("code", "name")
    search_hint = "事项编码或名称"
    identity = ("code",)
    footer = ("servicecenter.items",)
    related = (("item-versions", "item"),)

    def readable(self, rows):
        kept = Prefetch("versions", ItemVersion.objects.kept(), to_attr="kept_versions")
        return super().readable(rows).prefetch_related(kept)

    def hint_of(self, record):
        return f"{record.code} · {record.unit}"

    def as_of(self, rows, day):
        return rows.exclude(closed_on__lt=day)

    def save(self, form, *, by):
        return store_item(form.save(commit=False), by=by)

    def actions(self, record, user):
        found, version = [], version_on(record, timezone.localdate())
        if version is not None:
            found.append(Action("办事指南", reverse("service-guide", args=[version.pk])))
        if access_of(user).may(MANAGE, record.unit_id) and not record.closed_on:
            found.append(Action("停办", reverse("service-item-close", args=[record.pk])))
        return found

    def list_actions(self, user):
        kept_for = keeping_unit(user)
        if kept_for is None:
            return ()
        found = [Action("批量公开", reverse("item-versions-publish"))]
        if missing_seeds(kept_for):
            found.insert(0, Action("装入常用事项", reverse("service-items-seed")))
        return found


@register
class VersionLedger(Spells, CatalogueLedger):
    slug, title, icon = "item-versions", "事项版本", "file-text"
    model = ItemVersion
    description = (
        "一个事项从哪天到哪天要什么、承诺几天；已有办件的版本不再改，情况有变就制订新版本。"
    )
    order = ("item__department", "item__code", "-starts_on", "-pk")
    select_related = ("item",)
    columns = (
        Column(
            "事项编码", reader(ItemVersion, "item.code"), field="item", sort="item__code", width=12
        ),
        Column("事项", reader(ItemVersion, "item.name"), field="item", sort="item__name", width=30),
        "starts_on",
        column(ItemVersion, "ends_on", listed=False),
        column(ItemVersion, "kind", width=10),
        column(ItemVersion, "level", width=12),
        column(ItemVersion, "applies_to", listed=False),
        long(ItemVersion, "conditions"),
        column(ItemVersion, "legal_days", width=12, numeric=True),
        column(ItemVersion, "promised_days", width=12, numeric=True),
        Column("材料数", lambda version: len(version.kept_materials), width=8, numeric=True),
        plain(ItemVersion, "fee", listed=False),
        long(ItemVersion, "basis"),
        long(ItemVersion, "process"),
        plain(ItemVersion, "phone", 16, listed=False),
        plain(ItemVersion, "complaint_phone", 16, listed=False),
        plain(ItemVersion, "place", 20, listed=False),
        plain(ItemVersion, "hours", 20, listed=False),
        column(ItemVersion, "published_on", width=12),
        unit(ItemVersion),
    )
    form_class = VersionForm
    form_layout = (
        ("item", "starts_on"),
        ("kind", "level", "applies_to"),
        ("promised_days", "legal_days", "fee"),
        "material_rows",
        "conditions",
        "process",
        ("place", "hours"),
        ("phone", "complaint_phone"),
        "basis",
        ("published_on", "ends_on"),
    )
    form_folds = {"basis": MORE}
    filters = ("kind", "level")
    search = ("item__name", "item__code")
    search_hint = "事项名称或编码"
    identity = ("item", "starts_on")
    footer = (
        "servicecenter.items_published",
        "servicecenter.items_published_rate",
        "servicecenter.speed_up_rate",
    )
    resolvers = {"item": ITEM}
    related = (("item-materials", "version_of_item"),)

    def readable(self, rows):
        kept = ItemMaterial.objects.kept().order_by("ordinal")
        return (
            super()
            .readable(rows)
            .prefetch_related(Prefetch("materials", kept, to_attr="kept_materials"))
        )

    def label_of(self, record):
        return f"{record.item}（{record.starts_on}起）"

    def hint_of(self, record):
        return f"{record.get_kind_display()} · {record.unit}"

    def save(self, form, *, by):
        record = form.save(commit=False)
        return store_version(record, form.cleaned_data.get("material_rows"), by=by)

    def actions(self, record, user):
        guide = Action("办事指南", reverse("service-guide", args=[record.pk]))
        if not access_of(user).may(MANAGE, record.unit_id) or record.item.closed_on:
            return [guide]
        return [guide, Action("制订新版本", reverse("item-version-renew", args=[record.pk]))]


@register
class MaterialLedger(CatalogueLedger):
    slug, title, icon = "item-materials", "申请材料", "folder"
    model = ItemMaterial
    description = "各事项版本要的材料；一般在事项版本里一并填写，成批的可从这里导入。"
    date = ""
    order = ("version_of_item__item__code", "-version_of_item__starts_on", "ordinal", "pk")
    select_related = ("version_of_item__item",)
    columns = (
        Column(
            "事项编码",
            reader(ItemMaterial, "version_of_item.item.code"),
            field="version_of_item",
            sort="version_of_item__item__code",
            width=12,
        ),
        Column(
            "事项",
            reader(ItemMaterial, "version_of_item.item.name"),
            field="version_of_item",
            width=28,
        ),
        Column(
            "施行日期",
            reader(ItemMaterial, "version_of_item.starts_on"),
            field="version_of_item",
            width=12,
        ),
        column(ItemMaterial, "ordinal", width=8, numeric=True),
        column(ItemMaterial, "name", width=28),
        column(ItemMaterial, "originals", width=10, numeric=True),
        column(ItemMaterial, "copies", width=10, numeric=True),
        plain(ItemMaterial, "source", 20),
        plain(ItemMaterial, "sample", 24, listed=False),
        plain(ItemMaterial, "basis", 24, listed=False),
        column(ItemMaterial, "may_follow", width=10),
        unit(ItemMaterial),
    )
    form_class = MaterialForm
    form_layout = (
        ("version_of_item", "ordinal"),
        ("name", "source"),
        ("originals", "copies", "may_follow"),
        ("sample", "basis"),
    )
    filters = ("may_follow",)
    search = ("name", "version_of_item__item__name")
    search_hint = "材料或事项名称"
    identity = ("version_of_item", "ordinal")
    resolvers = {"version_of_item": VERSION}

    def check_deletable(self, record):
        super().check_deletable(record)
        if is_used(record.version_of_item):
            raise Denied(USED)
