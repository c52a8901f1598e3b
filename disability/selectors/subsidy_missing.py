"""应享未享: whom the table of kinds entitles to a subsidy that they do not draw."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from disability.enums.subsidies import SubsidyRule
from disability.models import Certificate, Subsidy, SubsidyFinding, SubsidyKind
from disability.selectors.subsidy_pieces import (
    TAGS,
    key_of,
    lasting,
    listed,
    spells_of_unit,
    tags_on,
    valid_on,
)
from residents.models import Application, CareTag
from residents.workflow import UNDECIDED


def due_kinds() -> list[SubsidyKind]:
    """The kinds that whoever is entitled ought to have, in their order."""
    kinds = SubsidyKind.objects.filter(is_due=True, is_retired=False, needs_certificate=True)
    return list(kinds.order_by("ordinal", "pk"))


def entitling(day) -> QuerySet:
    """Certificates that entitle somebody who is alive and has not left, with ``facts_key``."""
    asked = SubsidyKind.objects.filter(needs_tags__contains=listed(OuterRef("kind__code"), TAGS))
    tags = tags_on(day, OuterRef("resident")).filter(Exists(asked)).order_by()
    since = tags.values("resident").annotate(last=Max("starts_on")).values("last")
    alive = Q(resident__died_on__isnull=True) | Q(resident__died_on__gt=day)
    return (
        Certificate.objects.kept()
        .filter(valid_on(day), alive)
        .filter(~Exists(spells_of_unit()) | Exists(spells_of_unit().filter(lasting(day))))
        .annotate(
            tag_since=Subquery(since, output_field=DateField()),
            tag_name=Subquery(tags.order_by("-starts_on").values("kind__name")[:1]),
        )
        .annotate(facts_key=key_of("category", "level", "tag_since"))
    )


def tagged_with(codes, day) -> QuerySet:
    """The residents who have a tag of one of these kinds on the day."""
    tags = CareTag.objects.kept().filter(lasting(day), kind__code__in=codes)
    return tags.order_by().values("resident")


def missing_kind(kind: SubsidyKind, day) -> QuerySet:
    """Certificates whose holders ought to have the kind, have it not, have not applied for it, and
    about whom nobody has found out yet. Each condition is asked once of everybody, never by holder:
    asked by holder, a street of 300 took minutes."""
    rows = entitling(day)
    if kind.levels:
        also = Q(component__in=kind.also)
        rows = rows.alias(component=Concat("category", "level"))
        rows = rows.filter(Q(level__in=kind.levels) | also)
    if kind.needs_tags:
        rows = rows.filter(resident__in=tagged_with(kind.needs_tags, day))
    if kind.excluded_tags:
        rows = rows.exclude(resident__in=tagged_with(kind.excluded_tags, day))
    drawn = Subsidy.objects.kept().filter(lasting(day), kind=kind)
    asked = Application.objects.kept().filter(
        state__in=sorted(UNDECIDED), kind=f"{kind.code}_allowance"
    )
    settled = SubsidyFinding.objects.kept().filter(
        Q(again_on__isnull=True) | Q(again_on__gt=day),
        rule=SubsidyRule.MISSING,
        resident=OuterRef("resident"),
        kind=kind,
        facts_key=OuterRef("facts_key"),
        occurred_on__lte=day,
    )
    return (
        rows.exclude(resident__in=drawn.order_by().values("resident"))
        .exclude(resident__in=asked.order_by().values("resident"))
        .filter(~Exists(settled))
        .order_by()
    )


def missing(day) -> QuerySet:
    """Certificates whose holders miss out on some kind; ``kinds`` are its keys, ``names`` its names."""
    lacking = {kind: missing_kind(kind, day).values("pk") for kind in due_kinds()}
    found = Q(pk__in=Certificate.objects.none())
    for rows in lacking.values():
        found |= Q(pk__in=rows)
    return (
        entitling(day)
        .filter(found)
        .annotate(
            kinds=those_lacking(lacking, "pk", IntegerField()),
            names=those_lacking(lacking, "name", CharField()),
        )
    )


def those_lacking(lacking: dict, attribute: str, field):
    """Of each row the kinds that it lacks, told by an attribute of theirs."""
    of = ArrayField(field)
    each = [
        Case(When(pk__in=rows, then=Value(getattr(kind, attribute))), output_field=field)
        for kind, rows in lacking.items()
    ]
    if not each:
        return Value([], output_field=of)
    listing = Func(*each, template="ARRAY[%(expressions)s]", output_field=of)
    return Func(listing, Value(None), function="array_remove", output_field=of)


def told_missing(row) -> str:
    told = (
        f"持{row.get_category_display()}残疾{row.get_level_display()}残疾人证"
        f"（{row.occurred_on}发证）"
    )
    if row.tag_since:
        told += f"，{row.tag_since}起是{row.tag_name}对象"
    return f"{told}，没有在享记录，也没有在办的申请"
