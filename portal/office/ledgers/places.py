"""设施、功能区、阅览室、公示栏、标语、购置."""

from portal.ledgers import Column, Sheet, column, register
from portal.office.forms.places import ReadingRoomForm
from portal.office.ledgers.base import (
    PLACES,
    Lasting,
    OfficeLedger,
    PartLedger,
    Spells,
    long,
    number,
    parent,
    plain,
    tail,
    unit,
)
from portal.office.models import (
    Facility,
    FacilityZone,
    Holding,
    NoticeBoard,
    Posting,
    Purchase,
    ReadingDay,
    Slogan,
)
from portal.office.services import store_facility, store_zone


@register
class FacilityLedger(OfficeLedger):
    slug, title, icon, section = "facilities", "设施", "building-community", PLACES
    model = Facility
    description = "服务和活动场所，面积填整个场所的；其中的功能区另行登记，不重复计算。"
    date, order = "", ("kind", "name", "pk")
    columns = (
        column(Facility, "name", width=24),
        "kind",
        "area",
        Column("状态", lambda facility: facility.state, width=10),
        plain(Facility, "address", 24),
        plain(Facility, "manager", listed=False),
        column(Facility, "planned_on", listed=False),
        "built_on",
        "opened_on",
        column(Facility, "closed_on", listed=False),
        *tail(Facility),
    )
    form_layout = (
        ("name", "kind", "area"),
        ("address", "manager"),
        ("planned_on", "built_on"),
        ("opened_on", "closed_on"),
        "domains",
    )
    filters = ("kind", "domains")
    search = ("name", "address")
    search_hint = "名称或地址"
    identity = ("name",)
    footer = ("office.facilities", "office.facility_area", "office.facilities_built_area")
    related = (
        ("facility-zones", "facility"),
        ("reading-holdings", "facility"),
        ("reading-days", "facility"),
    )

    def save(self, form, *, by):
        return store_facility(form.save(commit=False), by=by)


@register
class FacilityZoneLedger(PartLedger):
    slug, title, icon, section = "facility-zones", "功能区", "table", PLACES
    model = FacilityZone
    description = "设施内的各功能区；面积已含在设施面积内。"
    date, order = "", ("facility", "name", "pk")
    select_related = ("facility",)
    columns = (
        parent(FacilityZone, "facility", "设施", "name"),
        column(FacilityZone, "name", width=20),
        "area",
        plain(FacilityZone, "use", 28),
        unit(FacilityZone),
    )
    form_layout = (("facility", "name"), ("area", "use"))
    search = ("name", "facility__name")
    search_hint = "功能区或设施名称"
    identity = ("facility", "name")

    def save(self, form, *, by):
        return store_zone(form.save(commit=False), by=by)


@register
class HoldingLedger(Spells, PartLedger):
    slug, title, icon, section = "reading-holdings", "藏书报刊", "books", PLACES
    model = Holding
    description = "阅览室各类藏书报刊的现存数量；重新清点时给前一次填上更新日期，再登记新的数量。"
    order = ("facility", "kind", "-starts_on", "pk")
    select_related = ("facility",)
    columns = (
        parent(Holding, "facility", "阅览室", "name"),
        "kind",
        "quantity",
        "starts_on",
        "ends_on",
        unit(Holding),
    )
    form_class = ReadingRoomForm
    form_layout = (("facility", "kind"), ("quantity", "starts_on"), "ends_on")
    filters = ("kind",)
    search = ("facility__name",)
    search_hint = "阅览室名称"
    identity = ("facility", "kind", "starts_on")
    footer = ("office.reading_holdings",)

    def as_of(self, rows, day):
        """From the day of the new count on the former one counts no more."""
        return rows.exclude(ends_on__lte=day).filter(starts_on__lte=day)


@register
class ReadingDayLedger(PartLedger):
    slug, title, icon, section = "reading-days", "阅览室开放", "books", PLACES
    model = ReadingDay
    description = "阅览室哪天开放、来了多少人次，其中多少中老年人，借出多少册。"
    select_related = ("facility",)
    columns = (
        "occurred_on",
        parent(ReadingDay, "facility", "阅览室", "name"),
        "visits",
        column(ReadingDay, "elders", sort=""),
        column(ReadingDay, "lent", sort=""),
        column(ReadingDay, "opened_at", sort="", listed=False),
        column(ReadingDay, "closed_at", sort="", listed=False),
        plain(ReadingDay, "keeper"),
        unit(ReadingDay),
    )
    form_class = ReadingRoomForm
    form_layout = (
        ("facility", "occurred_on"),
        ("visits", "elders", "lent"),
        ("opened_at", "closed_at", "keeper"),
    )
    sheet = Sheet(
        "阅览室开放登记表",
        common=("facility", "keeper"),
        each={
            "occurred_on": 16,
            "opened_at": 12,
            "closed_at": 12,
            "visits": 12,
            "elders": 14,
            "lent": 12,
        },
    )
    today, own_name = "occurred_on", "keeper"
    search = ("facility__name", "keeper")
    search_hint = "阅览室或值守人"
    identity = ("facility", "occurred_on")
    footer = (
        "office.reading_days",
        "office.reading_visits",
        "office.reading_elders",
        "office.reading_lent",
    )


@register
class NoticeBoardLedger(Lasting):
    slug, title, icon, section = "notice-boards", "公示栏", "table", PLACES
    model = NoticeBoard
    description = "公开栏、宣传栏、电子屏，按位置登记。"
    columns = (
        column(NoticeBoard, "name", width=24),
        "kind",
        column(NoticeBoard, "place", width=24),
        plain(NoticeBoard, "keeper"),
        "starts_on",
        "ends_on",
        *tail(NoticeBoard),
    )
    form_layout = (("name", "kind"), ("place", "keeper"), ("starts_on", "ends_on"), "domains")
    filters = ("kind", "domains")
    search = ("name", "place")
    search_hint = "名称或位置"
    identity = ("name", "place")
    footer = ("office.boards",)
    related = (("postings", "board"),)


@register
class PostingLedger(PartLedger):
    slug, title, icon, section = "postings", "张贴公示", "clipboard", PLACES
    model = Posting
    description = "公示栏上张贴的内容，何时张贴、何时撤下。"
    select_related = ("board",)
    columns = (
        "occurred_on",
        column(Posting, "title", width=32),
        parent(Posting, "board", "公示栏", "name"),
        plain(Posting, "category"),
        "due_on",
        "removed_on",
        unit(Posting),
    )
    form_layout = (("title", "board"), ("occurred_on", "category"), ("due_on", "removed_on"))
    search = ("title", "category", "board__name")
    search_hint = "公示内容或公示栏"
    identity = ("board", "title", "occurred_on")
    footer = ("office.postings",)


@register
class SloganLedger(OfficeLedger):
    slug, title, icon, section = "slogans", "标语", "speakerphone", PLACES
    model = Slogan
    description = "横幅、墙面和电子屏标语，写明数量和地点。"
    columns = (
        "occurred_on",
        column(Slogan, "text", width=32),
        "kind",
        plain(Slogan, "place", 20),
        "quantity",
        plain(Slogan, "size", listed=False),
        "ends_on",
        *tail(Slogan),
        column(Slogan, "highlight", sort="", width=10, listed=False),
    )
    form_layout = (
        "text",
        ("kind", "quantity", "size"),
        ("place", "occurred_on", "ends_on"),
        "domains",
        "highlight",
    )
    filters = ("kind", "domains")
    search = ("text", "place")
    search_hint = "标语或地点"
    identity = ("text", "occurred_on", "place")
    footer = ("office.slogans",)


@register
class PurchaseLedger(OfficeLedger):
    slug, title, icon, section = "purchases", "购置", "coins", PLACES
    model = Purchase
    description = "购置的设备和物品，写明金额和资金来源。"
    columns = (
        "occurred_on",
        column(Purchase, "item", width=24),
        number(Purchase, "quantity"),
        plain(Purchase, "measure", 8),
        "amount",
        plain(Purchase, "funding", 18),
        plain(Purchase, "supplier", 20, listed=False),
        long(Purchase, "use"),
        *tail(Purchase),
        column(Purchase, "highlight", sort="", width=10, listed=False),
    )
    form_layout = (
        ("item", "occurred_on"),
        ("quantity", "measure", "amount"),
        ("funding", "supplier"),
        "use",
        "domains",
        "highlight",
    )
    search = ("item", "use", "funding")
    search_hint = "物品、用途或资金来源"
    identity = ("item", "occurred_on", "amount")
    footer = ("office.purchases", "office.purchase_amount")
