"""Everything that the demo made, told so that two builds can be compared."""

from collections import defaultdict

from django.apps import apps

from portal.intake.models import Intake
from portal.models import Attachment, Unit, User
from portal.models.groups import UnitGroup
from portal.models.units import UnitKind
from portal.records import Kept
from portal.scope import scope_of_units
from reports.models import Summary
from sanitation.models import QuarterRun, QuarterScore, ScoreLine
from volunteers.models import ServiceCertificate

KEPT = [model for model in apps.get_models() if issubclass(model, Kept) and model.wall]
REAL = "440103000000"  # a unit that no demo made


def street_scope():
    return scope_of_units(Unit.objects.filter(kind=UnitKind.DISTRICT), "command:test")


def rows_of(model):
    rows = model._default_manager.order_by("pk")
    return rows.exclude(code=REAL) if model is Unit else rows


def snapshot() -> dict[str, list[tuple]]:
    """Everything that was made. Keys are told by their rank, as sequences go on after a rollback."""
    ranks = defaultdict(dict)
    for model in [Unit, User, *KEPT]:
        pks = rows_of(model).values_list("pk", flat=True)
        ranks[model] = {pk: rank for rank, pk in enumerate(pks)}

    def told(field, value):
        if field.is_relation:
            return ranks[field.related_model].get(value, value)
        if field.name in {"unit_ids", "members"}:
            return [ranks[Unit][pk] for pk in value]
        return value

    def fields(model):
        # Images of rows name keys, and so may what the database derives.
        skipped = {
            "password",
            "password_set_at",
            "last_login",
            "touched",
            "before",
            "moved",
            "versions",
        }
        if model is Attachment:  # a file's name is drawn, its subject is told by a key
            skipped |= {"name", "subject_id"}
        if issubclass(model, Intake):  # refers by keys to what the public role may not see
            skipped |= {"item_key", "became_key"}
        if model in (QuarterScore, ScoreLine):  # what it comes from is named by its key
            skipped |= {"inputs", "subject_id"}
        if model is QuarterRun:
            skipped |= {"ranking"}
        if model is ServiceCertificate:  # its records are named by their keys, its code by its own
            skipped |= {"certified", "code_hash"}
        if model in (Summary, UnitGroup):  # made by the steps of an office, now
            skipped |= {"recorded_at"}
        return [
            f
            for f in model._meta.concrete_fields
            if not f.primary_key and not f.generated and f.name not in skipped
        ]

    return {
        model.__name__: [
            tuple(told(f, f.value_from_object(row)) for f in fields(model))
            for row in rows_of(model)
        ]
        for model in [Unit, User, *KEPT]
    }
