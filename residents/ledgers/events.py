"""人口变动: the ledger of all life events, and that of who came and who left."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from portal.errors import RuleBroken
from portal.ledgers import Column, column, register
from residents.event_forms import LifeEventForm, MoveForm
from residents.events import check_undoable, record_event, redo_event, undo_event
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.life_events import MOVES_IN, MOVES_OUT
from residents.models import LifeEvent

DETAILS = ("from_place", "to_place", "document_number", "note", "highlight")


class EventLedger(AboutResident):
    """What the two ledgers of life events have in common."""

    model = LifeEvent
    select_related = ("resident", "opened_spell")
    columns = (
        "occurred_on",
        *person_columns(LifeEvent),
        "kind",
        column(LifeEvent, "from_place", sort="", width=24),
        column(LifeEvent, "to_place", sort="", width=24),
        column(LifeEvent, "document_number", sort="", width=18),
        Column(
            "变动后居住状态",
            lambda event: event.opened_spell and event.opened_spell.get_residency_display(),
            field="residency",
            width=14,
            listed=False,
        ),
        column(LifeEvent, "note", sort="", width=24, listed=False),
        column(LifeEvent, "grid", field="", listed=False),
        column(LifeEvent, "highlight", sort="", width=10, listed=False),
        unit_column(LifeEvent),
    )
    form_layout = (
        ("resident", "kind", "occurred_on"),
        ("from_place", "to_place"),
        ("residency", "grid", "document_number"),
        "note",
        "highlight",
    )
    filters = ("kind",)
    identity = ("resident", "kind", "occurred_on")

    def save(self, form, *, by):
        event = form.save(commit=False)
        if event.pk:
            event.save()
            return event
        return record_event(
            event.resident,
            event.kind,
            on=event.occurred_on,
            by=by,
            unit=event.unit,
            residency=form.cleaned_data.get("residency") or "",
            grid=form.cleaned_data.get("grid"),
            **{name: getattr(event, name) for name in DETAILS},
        )

    def check_deletable(self, record):
        super().check_deletable(record)
        check_undoable(record)

    def recycle(self, record, *, version, by):
        undo_event(record, version=version, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        try:
            redo_event(record, by=by)
        except ValidationError as refusal:
            raise RuleBroken(refusal.messages[0]) from refusal


@register
class LifeEventLedger(EventLedger):
    slug, title, icon = "life-events", "人口变动", "history"
    description = (
        "出生、死亡、迁入迁出、婚姻、服役等，按发生的日期计入人口数；登记后在册时段随之起止。"
    )
    form_class = LifeEventForm
    footer = ("population.events", "population.births", "population.deaths")


@register
class MoveLedger(EventLedger):
    slug, title, icon = "moves", "迁入迁出", "map-pin"
    quick = False
    description = "谁从哪里来、到哪里去，按迁移的日期计数；补登的计入发生的那个月。"
    where = Q(kind__in=[*MOVES_IN, *MOVES_OUT])
    form_class = MoveForm
    footer = ("population.moved_in", "population.moved_out")
