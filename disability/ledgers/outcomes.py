"""The ledger of values on scales, each beside the person's baseline."""

from django.db.models import OuterRef, Subquery

from disability.forms.outcomes import OutcomeForm
from disability.ledgers.columns import sentence
from disability.models import OutcomeMeasure
from portal.ledgers import MORE, Column, column, register
from portal.numbers import trimmed
from residents.ledgers.about import AboutResident, person_columns, unit_column


def against_baseline(measure) -> str:
    """基线, or how far the value lies from it and which way that is."""
    if getattr(measure, "baseline_id", None) in (None, measure.pk):
        return "基线"
    change = measure.value - measure.baseline
    if not change:
        return "持平"
    better = (change < 0) == measure.lower_is_better
    return f"{'改善' if better else '下降'} {trimmed(abs(change))}"


@register
class OutcomeLedger(AboutResident):
    slug, title, icon, section = "outcomes", "效果评定", "chart-bar", "康复服务"
    quick = False
    model = OutcomeMeasure
    description = "量表分值；一位居民一个量表的第一次评定就是基线，以后各次与它比较。"
    columns = (
        "occurred_on",
        *person_columns(OutcomeMeasure),
        "scale",
        Column(
            "分值",
            lambda measure: trimmed(measure.value),
            field="value",
            sort="value",
            width=10,
            numeric=True,
        ),
        Column("与基线比", against_baseline, width=12),
        column(OutcomeMeasure, "assessor", sort=""),
        sentence(OutcomeMeasure, "note", 24, listed=False),
        unit_column(OutcomeMeasure),
    )
    form_class = OutcomeForm
    form_layout = (
        ("resident", "occurred_on"),
        ("scale", "value"),
        "assessor",
        *("note", "highlight"),
    )
    form_folds = {"note": MORE}
    kept_for_next = ("occurred_on", "scale")
    today, own_name = "occurred_on", "assessor"
    filters = ("scale",)
    identity = ("resident", "scale", "occurred_on")
    footer = (
        "disability.outcomes_measured",
        "disability.outcomes_improved",
        "disability.improvement_rate",
    )

    def readable(self, rows):
        first = (
            OutcomeMeasure.objects.kept()
            .filter(resident=OuterRef("resident"), scale=OuterRef("scale"), unit=OuterRef("unit"))
            .order_by("occurred_on", "pk")[:1]
        )
        return (
            super()
            .readable(rows)
            .annotate(
                baseline_id=Subquery(first.values("pk")), baseline=Subquery(first.values("value"))
            )
        )
