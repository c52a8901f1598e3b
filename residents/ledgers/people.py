"""The ledgers of the register: households, residents and what belongs to them."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portal import masks
from portal.ledgers import Action, Column, Doubt, Ledger, column, register
from portal.ledgers.columns import reader
from residents.enums import Bond
from residents.forms import (
    CareTagForm,
    HouseholdForm,
    MembershipForm,
    ResidencySpellForm,
    ResidentForm,
)
from residents.ledgers import offers, pages
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.ledgers.choosing import choosing_people
from residents.models import CareTag, Household, Membership, ResidencySpell, Resident
from residents.resolving import DWELLING, HOUSEHOLD, RESIDENT
from residents.selectors import members_without_head, search_residents
from residents.services import (
    ELSEWHERE,
    Newcomer,
    register_resident,
    register_residents,
    save_person,
)

MOVED_AWAY = "已迁出"
PRESENT = (
    "phone",
    "second_phone",
    "contact_name",
    "contact_phone",
    "employment",
    "workplace",
    "registered_address",
    "address",
    "residency",
    "grid",
    "note",
)


def if_here(path):
    """What a former unit no longer sees of somebody who moved away (DESIGN §3)."""
    read = reader(Resident, path)
    return lambda person: read(person) if person.is_here else MOVED_AWAY


def nothing(record):
    """The value of a column that only brings something in."""
    return None


def doubt_of_name(known: str, said: str) -> Doubt:
    """Of a row under the ID of somebody with another name; who shares no character is hardly the
    same person."""
    if set(known) & set(said):
        return Doubt("name", "与这个证件号码登记的姓名不同，导入后将改为这里的姓名，请核对。")
    return Doubt(
        "name",
        "这个证件号码登记的是另一个姓名，没有一个字相同：请核对号码和姓名，或选择是不是同一个人。",
        confirm="是同一个人，改为这里的姓名",
    )


def sealed_phone(label, name):
    """A further phone: masked, and left to page and export."""
    return Column(
        label,
        lambda person: masks.mask_phone(getattr(person, name)) if person.is_here else MOVED_AWAY,
        field=name,
        width=16,
        masked=True,
        listed=False,
        sealed=name,
    )


@register
class HouseholdLedger(Ledger):
    slug, title, icon = "households", "户", "home"
    model = Household
    description = "以户为单位登记住址和户主；一个人也是一户。"
    date = ""
    order = ("number",)
    columns = (
        "number",
        "kind",
        Column("楼栋", reader(Household, "dwelling.building.name"), field="dwelling", listed=False),
        Column("单元", reader(Household, "dwelling.entrance"), field="dwelling", listed=False),
        Column("房号", reader(Household, "dwelling.room"), field="dwelling", listed=False),
        "address",
        Column("户主", lambda household: household.head_name, width=12),
        column(Household, "grid", field=""),
        unit_column(Household),
    )
    form_class = HouseholdForm
    form_layout = (("number", "kind"), ("dwelling", "phone"), ("address", "grid"))
    select_related = ("grid", "dwelling__building")
    resolvers = {"dwelling": DWELLING}
    filters = ("kind",)
    search = ("number", "address")
    search_hint = "户编号或地址"
    identity = ("number",)
    footer = ("residents.households",)
    detail_template = "residents/household.html"

    def readable(self, rows):
        return super().readable(rows).with_head_name()

    def as_of(self, rows, day):
        return rows.with_members_on(day).with_head_name(day)

    def actions(self, record, user):
        return offers.acts_of_household(record, user)

    def page(self, record, request):
        return pages.household_page(record, request)

    def hint_of(self, record):
        return record.head_name or str(record.unit)


@register
class ResidentLedger(Ledger):
    slug, title, icon = "residents", "居民", "users"
    model = Resident
    description = "每个人只登记一次，其他台账都从这里选人。"
    date = ""
    order = ("pinyin", "pk")
    select_related = ("grid",)
    columns = (
        column(Resident, "name", sort="pinyin", width=12),
        column(Resident, "id_kind", sort=""),
        Column(
            "证件号码",
            lambda r: r.masked_id,
            field="id_number",
            width=22,
            masked=True,
            sealed="id_number",
        ),
        "sex",
        "born_on",
        Column("年龄", lambda r: r.age, sort="born_on", numeric=True, width=6),
        column(Resident, "ethnic_group", width=8),
        Column(
            "联系电话",
            if_here("masked_phone"),
            field="phone",
            width=16,
            masked=True,
            sealed="phone",
        ),
        Column("现居住地址", if_here("address"), field="address", sort="address", width=28),
        Column(
            "户籍地址",
            if_here("registered_address"),
            field="registered_address",
            sort="registered_address",
            width=28,
        ),
        Column("居住状态", if_here("residency"), field="residency", sort="residency"),
        column(Resident, "no_id_reason", sort=""),
        column(Resident, "note", sort="", width=24, listed=False),
        column(Resident, "former_name", sort="", width=12, listed=False),
        column(Resident, "nationality", listed=False),
        column(Resident, "education", listed=False),
        column(Resident, "marital_status", listed=False),
        column(Resident, "politics", listed=False),
        Column(
            "就业状况",
            if_here("employment"),
            field="employment",
            sort="employment",
            listed=False,
        ),
        Column("工作（就学）单位", if_here("workplace"), field="workplace", width=24, listed=False),
        sealed_phone("其他电话", "second_phone"),
        Column("紧急联系人", if_here("contact_name"), field="contact_name", width=12, listed=False),
        sealed_phone("紧急联系人电话", "contact_phone"),
        Column("户编号", nothing, field="household", shown=False),
        Column("与户主关系", nothing, field="relation", shown=False),
        Column("人户关系", nothing, field="bond", shown=False),
        Column("在册起始日期", nothing, field="lived_since", shown=False),
        unit_column(Resident),
    )
    form_class = ResidentForm
    form_layout = (
        ("name", "id_kind", "id_number"),
        ("sex", "born_on", "ethnic_group"),
        ("phone", "no_id_reason"),
        ("address", "registered_address"),
        ("residency", "grid"),
        ("household", "lived_since"),
        ("relation", "bond"),
        "note",
        ("former_name", "nationality", "marital_status"),
        ("education", "politics"),
        ("employment", "workplace"),
        ("second_phone", "contact_name", "contact_phone"),
    )
    form_folds = {
        "former_name": "更多身份资料",
        "employment": "就业与联系人",
    }
    filters = ("sex", "residency", "ethnic_group", "education", "marital_status", "employment")
    search = ("name",)
    search_hint = "姓名、拼音首字母、证件或电话（后四位也可）"
    identity = ("id_hash",)
    numbered_by = ("id_kind", "id_number", "no_id_reason")
    resolvers = {"household": HOUSEHOLD}
    refers_to = ("households",)
    footer = ("residents.registered",)
    detail_template = "residents/person.html"
    unmaskable = ("id_number", "phone", "second_phone", "contact_phone")
    has_portrait = True

    def concealed(self, record):
        return ((), "") if record.is_here else (PRESENT, MOVED_AWAY)

    def choosing_many(self, user, narrowed):
        return choosing_people(self, user, narrowed)

    def list_actions(self, user):
        return [Action("接收迁入居民", reverse("resident-take-over"))]

    def as_of(self, rows, day):
        return rows.filter(
            Exists(ResidencySpell.objects.in_force(day).filter(resident=OuterRef("pk")))
        )

    def actions(self, record, user):
        return offers.acts_of_person(record, user)

    def page(self, record, request):
        return pages.person_page(record, request)

    def identity_of(self, record):
        """The ID; of a person without one, name and birth date."""
        if record.id_hash or not record.name:
            return super().identity_of(record)
        return (None, record.name, record.born_on)

    def aliases(self, unit):
        merged = Resident.objects.filter(merged_into__unit=unit).select_related("merged_into")
        for record in merged.order_by("pk"):
            yield self.identity_of(record), record

    def doubts(self, record, said):
        """A number mistyped into one that somebody else has would rename that person."""
        if said.name and said.name != record.name:
            yield doubt_of_name(record.name, said.name)

    def survivor_of(self, pk, user):
        return self.queryset(user).filter(absorbed=pk).first()

    def bin(self, user):
        return super().bin(user).filter(merged_into__isnull=True)

    def found(self, rows, text):
        return search_residents(rows, text)

    def hint_of(self, record):
        return f"{record.masked_id or '无证件'} · {record.unit}"

    def save(self, form, *, by):
        person = form.save(commit=False)
        if person.pk:
            save_person(person)
            return person
        try:
            return register_resident(
                person,
                since=form.since,
                by=by,
                household=form.cleaned_data.get("household"),
                relation=form.cleaned_data.get("relation"),
                bond=form.cleaned_data.get("bond", Bond.BOTH),
            )
        except ValidationError as error:
            if getattr(error, "code", "") == ELSEWHERE:
                form.offer_take_over()
            raise

    def save_many(self, drafts, *, by):
        newcomers = [
            Newcomer(
                person,
                cleaned.get("lived_since") or timezone.localdate(),
                cleaned.get("household"),
                cleaned.get("relation") or "",
                cleaned.get("bond", Bond.BOTH),
            )
            for person, cleaned in drafts
        ]
        return register_residents(newcomers, by=by)

    @property
    def identity_columns(self):
        return ("id_hash", "name", "born_on")

    def found_afterwards(self, keys):
        brought = Membership.objects.kept().filter(resident__in=keys)
        brought = brought.select_related("household").order_by("resident")
        for member, message in members_without_head(brought):
            yield member.resident_id, "relation", message


@register
class MembershipLedger(AboutResident):
    slug, title, icon = "memberships", "户成员", "users"
    model = Membership
    in_menu = False
    date = "starts_on"
    order = ("household", "relation", "pk")
    select_related = ("resident", "household")
    columns = (
        Column("户编号", reader(Membership, "household.number"), field="household"),
        *person_columns(Membership),
        "relation",
        Column("人户关系", lambda member: member.bond.label, field="bond"),
        "starts_on",
        "ends_on",
    )
    form_class = MembershipForm
    form_layout = (("household", "resident"), ("relation", "bond"), ("starts_on", "ends_on"))
    filters = ("relation",)
    identity = ("household", "resident", "starts_on")
    resolvers = {"resident": RESIDENT, "household": HOUSEHOLD}

    def found_afterwards(self, keys):
        brought = Membership.objects.filter(pk__in=keys).select_related("household").order_by("pk")
        for member, message in members_without_head(brought):
            yield member.pk, "relation", message


@register
class ResidencySpellLedger(AboutResident):
    slug, title, icon = "residency-spells", "在册时段", "calendar"
    model = ResidencySpell
    in_menu = False
    description = "居民在本单位的起止日期；人数按这些日期计算。"
    date = "starts_on"
    order = ("-starts_on", "-pk")
    columns = (
        *person_columns(ResidencySpell),
        "starts_on",
        column(ResidencySpell, "began_by", field=""),
        "residency",
        "ends_on",
        "ended_by",
    )
    form_class = ResidencySpellForm
    form_layout = (("resident", "residency"), ("starts_on", "ends_on", "ended_by"))
    filters = ("residency", "began_by", "ended_by")
    identity = ("resident", "starts_on")


@register
class CareTagLedger(AboutResident):
    slug, title, icon = "care-tags", "关爱对象", "heart"
    quick = False
    model = CareTag
    description = "低保、特困、孤寡老人等认定，有起止日期。"
    date = "starts_on"
    order = ("-starts_on", "-pk")
    select_related = ("resident", "kind")
    columns = (
        *person_columns(CareTag),
        column(CareTag, "kind", sort="kind__ordinal"),
        "starts_on",
        "ends_on",
        "note",
        unit_column(CareTag),
    )
    form_class = CareTagForm
    form_layout = (("resident", "kind"), ("starts_on", "ends_on"), "note")
    filters = ("kind",)
    identity = ("resident", "kind", "starts_on")
    footer = ("residents.cared_for",)
