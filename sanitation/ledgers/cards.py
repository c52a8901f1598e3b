"""警告牌 and 专项整改, as ledgers."""

import django_filters
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode

from portal.days import parse_date
from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.presenting import detail_groups
from portal.office.ledgers.base import Spells, long
from portal.scope import access_of
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from sanitation.enums.rectification import CardColour, CardStanding
from sanitation.forms.rectification import CardForm, ProgrammeForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column
from sanitation.ledgers.frozen import OfQuarter
from sanitation.ledgers.programme_page import days_of, programme_page
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import RectificationProgramme, WarningCard
from sanitation.resolving import COMMUNITY, COMMUNITY_LABEL, find_community
from sanitation.selectors.cards import of_standing, standing_of, told_ladder
from sanitation.workflow import EDIT

CARD_DAY, CARD_COLOUR = "警告牌日期", "警告牌颜色"
TONES = {
    CardStanding.STANDING: ("warn", "alert-triangle"),
    CardStanding.LATE: ("bad", "alert-triangle"),
    CardStanding.LIFTED: ("good", "circle-check"),
}
COLOURS = {CardColour.BLUE: "info", CardColour.YELLOW: "warn", CardColour.RED: "bad"}


def by_standing(rows, name, standing):
    return of_standing(rows, standing)


def look(card) -> dict:
    tone, icon = TONES[standing_of(card)]
    return {"badge": tone, "icon": icon}


def find_card(cells, user, unit):
    """The card of the community in the same row, by its day, and by its colour where two are of one day."""
    text = clean_text(cells.get(CARD_DAY) or "")
    if not text:
        return None
    rows = WarningCard.objects.kept().filter(
        community=find_community(cells, user, unit), occurred_on=parse_date(text)
    )
    if colour := clean_text(cells.get(CARD_COLOUR) or ""):
        known = {label: value for value, label in CardColour.choices}
        if colour not in known:
            raise ValidationError(f"牌色请填：{'、'.join(known)}。")
        rows = rows.filter(colour=known[colour])
    return only(
        rows,
        "没有这一天给这个社区（村）的警告牌，请先登记。",
        "这一天给这个社区（村）的警告牌不止一张，请填写警告牌颜色。",
    )


@register
class CardLedger(OfQuarter, AboutCommunityLedger):
    slug, title, icon = "warning-cards", "警告牌", "alert-triangle"
    section = INSPECTIONS
    model = WarningCard
    description = "上级给社区（村）出的蓝牌提醒、黄牌警告、红牌警告：依次升级，整改后经复查销牌。"
    quick = False
    columns = (
        column(WarningCard, "occurred_on", width=14),
        community_column(WarningCard),
        column(WarningCard, "colour", width=12, look=lambda card: {"badge": COLOURS[card.colour]}),
        column(WarningCard, "issuer", sort="", width=22),
        "rank",
        column(WarningCard, "reason", sort="", width=32),
        column(WarningCard, "basis", sort="", width=20, listed=False),
        column(WarningCard, "due_on", width=14),
        Column("销牌情况", lambda card: standing_of(card).label, width=20, look=look),
        column(WarningCard, "lifted_on", width=14),
        column(WarningCard, "lifted_for", sort="", width=24, listed=False),
        unit_column(WarningCard),
    )
    form_class = CardForm
    form_layout = (
        ("community", "occurred_on"),
        ("colour", "rank"),
        ("issuer", "due_on"),
        "reason",
        ("basis", "highlight"),
        ("lifted_on", "lifted_for"),
    )
    form_folds = {"basis": MORE, "lifted_on": "补录销牌"}
    later = frozenset({"lifted_on", "lifted_for"})
    filters = ("colour", "rank")
    more_filters = {
        "standing": django_filters.ChoiceFilter(
            label="销牌情况", choices=CardStanding.choices, method=by_standing, empty_label="全部"
        ),
    }
    search = ("issuer", "reason", "basis")
    search_hint = "出牌单位、原因或依据"
    identity = ("community", "occurred_on", "colour")
    footer = ("sanitation.cards", "sanitation.cards_standing")
    related = (("rectification-programmes", "warning"),)

    def label_of(self, record):
        return f"{record.community} {record.occurred_on} {record.get_colour_display()}"

    def hint_of(self, record):
        return record.issuer

    def actions(self, record, user):
        access, found = access_of(user), []
        if record.lifted_on is None and access.may(EDIT, record.unit_id):
            found.append(Action("销牌", reverse("warning-card-lift", args=[record.pk])))
        if access.may(EDIT, record.unit_id):
            query = urlencode({"warning": record.pk, "community": record.community_id})
            add = reverse("ledger-add", args=["rectification-programmes"])
            found.append(Action("登记专项整改", f"{add}?{query}"))
        return found

    def page(self, record, request):
        own, origin = detail_groups(self, record, request.user)
        own["items"].insert(0, {"label": "销牌情况", "value": standing_of(record).label})
        ladder = {"title": f"{record.community}的警告牌", "items": told_ladder(record.community)}
        return {"fields": [own, ladder, origin]}


@register
class ProgrammeLedger(Spells, AboutCommunityLedger):
    slug, title, icon = "rectification-programmes", "专项整改", "brush"
    section = INSPECTIONS
    model = RectificationProgramme
    description = "问题突出的社区（村）开展的专项整改：谁来做什么、历时几天、结果如何。"
    quick = False
    date = "starts_on"
    select_related = ("community", "warning", "warning__community")
    columns = (
        column(RectificationProgramme, "title", width=28),
        community_column(RectificationProgramme),
        Column(
            CARD_DAY,
            reader(RectificationProgramme, "warning.occurred_on"),
            field="warning",
            width=14,
            listed=False,
        ),
        Column(
            CARD_COLOUR,
            reader(RectificationProgramme, "warning.colour"),
            field="warning",
            width=12,
        ),
        "starts_on",
        "ends_on",
        Column("历时（天）", days_of, width=10, numeric=True),
        column(RectificationProgramme, "responsible", sort="", width=12),
        long(RectificationProgramme, "street_duty"),
        long(RectificationProgramme, "community_duty"),
        long(RectificationProgramme, "household_duty"),
        long(RectificationProgramme, "measures"),
        column(RectificationProgramme, "result", sort="", width=28),
        column(RectificationProgramme, "recheck_score", width=10),
        unit_column(RectificationProgramme),
    )
    form_class = ProgrammeForm
    form_layout = (
        ("community", "warning"),
        ("title", "responsible"),
        ("starts_on", "ends_on"),
        ("street_duty", "community_duty", "household_duty"),
        "measures",
        ("result", "recheck_score"),
    )
    form_folds = {"result": "整改结果"}
    today = "starts_on"
    search = ("title", "responsible", "measures", "result")
    search_hint = "名称、责任人、措施或结果"
    identity = ("title", "community", "starts_on")
    resolvers = {
        "community": COMMUNITY,
        "warning": Resolver((CARD_DAY, CARD_COLOUR), find_card, beside=(COMMUNITY_LABEL,)),
    }
    footer = ("sanitation.programmes", "sanitation.programmes_done", "sanitation.programme_days")
    detail_template = "sanitation/programme.html"

    def page(self, record, request):
        return programme_page(self, record)
