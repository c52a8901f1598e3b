"""What inspections found, as a ledger; on the phone it is recorded in ``views/field.py``."""

from django.core.exceptions import ValidationError

from portal.ledgers import MORE, Column, column, register
from portal.ledgers.columns import reader
from portal.numbers import trimmed
from residents.ledgers.about import unit_column
from sanitation.forms.findings import FindingForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import Finding
from sanitation.resolving import (
    CHECK_DAY_LABEL,
    CHECK_KIND_LABEL,
    FAULT,
    FAULT_LABEL,
    GRID,
    INSPECTION,
    ITEM_LABEL,
    POINT,
    POINT_LABEL,
)
from sanitation.services import findings as service
from sanitation.services.past import check_may_add
from sanitation.services.quarters import refuse_frozen


class PartLedger(AboutCommunityLedger):
    """What belongs to an inspection, and stands still once that is handed in."""

    resolvers = {"inspection": INSPECTION}

    def kept_by(self, record):
        try:
            check_may_add(record.inspection)
        except ValidationError as refusal:
            return refusal.messages[0]
        return ""

    def recycle(self, record, *, version, by):
        self._refuse_frozen(record)
        super().recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        self._refuse_frozen(record)
        super().restore(record, by=by)

    def _refuse_frozen(self, record):
        days = (record.inspection.occurred_on, getattr(record, "occurred_on", None))
        refuse_frozen(record.unit_id, *days)


@register
class FindingLedger(PartLedger):
    slug, title, icon, section = "findings", "检查发现的问题", "alert-triangle", INSPECTIONS
    quick = False
    model = Finding
    description = (
        "各次检查发现的问题、处数和扣分；现场用手机记，也可在这里补记。提交检查以后不再改。"
    )
    select_related = (
        "community",
        "grid",
        "point",
        "inspection__community",
        "inspection__unit",
        "fault__item",
    )
    columns = (
        column(Finding, "problem", width=18),
        community_column(Finding),
        column(Finding, "occurred_on", width=12),
        Column(
            CHECK_DAY_LABEL,
            reader(Finding, "inspection.occurred_on"),
            field="inspection",
            sort="inspection__occurred_on",
            width=12,
            listed=False,
        ),
        Column(CHECK_KIND_LABEL, reader(Finding, "inspection.kind"), field="inspection", width=12),
        Column(
            ITEM_LABEL, reader(Finding, "fault.item.title"), field="fault", width=28, listed=False
        ),
        Column(FAULT_LABEL, reader(Finding, "fault.title"), field="fault", width=18),
        column(Finding, "occurrences", width=8, numeric=True),
        Column(
            "扣分",
            lambda finding: trimmed(finding.points),
            sort="points",
            width=8,
            numeric=True,
        ),
        column(Finding, "is_serious", width=10),
        Column(POINT_LABEL, reader(Finding, "point.name"), field="point", width=18, listed=False),
        grid_column(Finding, listed=False),
        column(Finding, "place", sort="", width=20),
        column(Finding, "household", sort="", width=12, shown=False),
        column(Finding, "description", sort="", width=30, listed=False),
        column(Finding, "highlight", sort="", listed=False),
        unit_column(Finding),
    )
    form_class = FindingForm
    form_layout = (
        "inspection",
        ("fault", "occurrences"),
        ("problem", "is_serious"),
        ("point", "place"),
        "description",
        ("grid", "household"),
        ("occurred_on", "highlight"),
    )
    form_folds = {"grid": MORE}
    kept_for_next = ("inspection",)
    filters = ("problem", "is_serious")
    search = ("place", "description", "fault__title", "point__name", "community__name")
    search_hint = "位置、情况、扣分情形或社区（村）"
    identity = ("inspection", "fault", "problem", "point", "grid", "place", "description")
    footer = ("sanitation.findings", "sanitation.finding_spots")
    resolvers = PartLedger.resolvers | {
        "fault": FAULT,
        "point": POINT,
        "grid": GRID,
    }

    def save(self, form, *, by):
        finding = form.save(commit=False)
        if finding._state.adding:
            return service.add(finding.inspection, finding, by=by, past=True)
        return service.change(finding, by=by, past=True)

    def recycle(self, record, *, version, by):
        record.version = version
        service.drop(record, by=by, past=True)

    def restore(self, record, *, by):
        service.restore(record, by=by)
