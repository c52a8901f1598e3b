"""户变动 as a ledger: what was done to households, with the way back."""

from django.apps import apps
from django.urls import reverse

from portal.ledgers import Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.enums import ActKind
from residents.ledgers.about import unit_column
from residents.models import HouseholdAct


@register
class HouseholdActLedger(Ledger):
    slug, title, icon = "household-acts", "户变动", "history"
    model = HouseholdAct
    by_hand = False
    description = "分户、并户、迁居、变更户主等，从户的页面办理；没有后续改动的可以撤销。"
    order = ("-recorded_at", "-pk")
    select_related = ("household", "other", "undone_in")
    columns = (
        "occurred_on",
        "kind",
        Column("户编号", reader(HouseholdAct, "household.number"), width=14),
        Column("另一户", reader(HouseholdAct, "other.number"), width=14),
        Column("内容", lambda act: "".join(act.told), width=60),
        Column("撤销", lambda act: "已撤销" if is_undone(act) else "", width=8),
        column(HouseholdAct, "note", sort="", width=24, listed=False),
        Column("办理人", lambda act: act.recorded_by, width=10),
        unit_column(HouseholdAct),
    )
    form_layout = (("kind", "occurred_on"), ("household", "other"), "note")
    filters = ("kind",)
    search = ("household__number", "household__address", "told")
    search_hint = "户编号、地址或姓名"
    related = ()
    detail_template = "residents/act.html"

    def readable(self, rows):
        return super().readable(rows).select_related("recorded_by")

    def label_of(self, record):
        return str(record)

    def actions(self, record, user):
        may = access_of(user).may("residents.edit", record.unit_id)
        if not may or record.kind == ActKind.UNDO or is_undone(record):
            return []
        return [Action("撤销", reverse("household-act-undo", args=[record.pk]))]

    def page(self, record, request):
        return {"undone": is_undone(record), "rows": [row_told(e) for e in record.touched]}


def is_undone(act) -> bool:
    return hasattr(act, "undone_in")


def row_told(entry) -> dict:
    """One touched row for the page: its name and each column before and after."""
    model = apps.get_model(entry["model"])
    names = {f.attname: f for f in model._meta.concrete_fields}
    names |= {f.name: f for f in model._meta.concrete_fields}
    columns = []
    for name, value in (entry["before"] or {}).items():
        if name == "deleted_by_id":
            continue
        label = "移入回收站" if name == "deleted_at" else names[name].verbose_name
        columns.append({"label": label, "before": value, "after": entry["after"][name]})
    return {"name": entry["name"], "new": entry["before"] is None, "columns": columns}
