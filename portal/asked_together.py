"""The constraints of a row, asked of the database in one question.

Django asks one by one, each in a savepoint of its own: most of the time of an import went there.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import EmptyResultSet, FieldError, ValidationError
from django.db import DatabaseError, connection
from django.db.models import (
    BooleanField,
    CheckConstraint,
    Exists,
    F,
    Q,
    QuerySet,
    UniqueConstraint,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import PostgresOperatorLookup
from django.db.models.sql import Query


def all_hold(instance, exclude) -> bool:
    """Whether no constraint is broken. When in doubt False: Django then finds out which, and says so."""
    model = type(instance)
    if any(parent._meta.constraints for parent in model._meta.all_parents):
        return False
    against = instance._get_field_expression_map(meta=model._meta, exclude=exclude)
    broken = []
    try:
        for constraint in model._meta.constraints:
            if _is_asked_as_django_does(constraint):
                broken += _broken(constraint, instance, exclude or (), against)
            else:
                constraint.validate(model, instance, exclude=exclude)
        return not broken or not _is_any(broken, against)
    except (DatabaseError, FieldError, ValidationError):
        return False


def _is_asked_as_django_does(constraint) -> bool:
    """Neither one that judges in its own way, nor one whose question is of another shape."""
    ask = type(constraint).validate
    if ask is UniqueConstraint.validate:
        plain = constraint.fields and constraint.nulls_distinct is None
        return bool(plain and constraint.condition)
    return ask is CheckConstraint.validate or (
        ask is ExclusionConstraint.validate and bool(constraint.condition)
    )


def _broken(constraint, instance, exclude, against) -> list[Q]:
    """The condition under which it is broken; none where a column left out keeps it from being asked."""
    condition = Q(constraint.condition)
    asked = {name for name, *_ in instance._get_expr_references(condition)}
    if isinstance(constraint, ExclusionConstraint):
        rows = _excluding(constraint, instance, exclude, against)
    elif asked - against.keys():
        return []
    elif isinstance(constraint, UniqueConstraint):
        rows = _equal(constraint, instance, exclude)
    else:
        return [~_true_or_unknown(condition)]
    if rows is None:
        return []
    return [_true_or_unknown(condition & Exists(rows.filter(condition)))]


def _true_or_unknown(condition: Q) -> Q:
    return Q(Coalesce(condition, True, output_field=BooleanField()))


def _equal(constraint: UniqueConstraint, instance, exclude) -> QuerySet | None:
    """Other rows with the same values; None where one of them is empty, or left out."""
    fields = [instance._meta.get_field(name) for name in constraint.fields]
    if any(field.generated for field in fields):
        raise FieldError(f"{constraint.name} is about a column that the database generates")
    values = {field.name: getattr(instance, field.attname) for field in fields}
    if None in values.values() or values.keys() & set(exclude):
        return None
    return _others(instance).filter(**values)


def _excluding(constraint: ExclusionConstraint, instance, exclude, against) -> QuerySet | None:
    """Other rows that may not stand beside this one; None where a column of it is left out."""
    values = {F(name): value for name, value in against.items()}
    lookups = []
    for expression, operator in constraint.expressions:
        theirs = F(expression) if isinstance(expression, str) else expression
        if constraint._expression_refs_exclude(type(instance), theirs, exclude):
            return None
        ours = theirs.replace_expressions(values)
        if hasattr(theirs, "get_expression_for_validation"):
            theirs = theirs.get_expression_for_validation()
        if hasattr(ours, "get_expression_for_validation"):
            ours = ours.get_expression_for_validation()
        lookup = PostgresOperatorLookup(lhs=theirs, rhs=ours)
        lookup.postgres_operator = operator
        lookups.append(lookup)
    return _others(instance).filter(*lookups)


def _others(instance) -> QuerySet:
    rows = type(instance)._default_manager.all()
    return rows if instance._state.adding else rows.exclude(pk=instance.pk)


def _is_any(broken: list[Q], against) -> bool:
    query = Query(None)
    for name, value in against.items():
        query.add_annotation(value, name, select=False)
    query.add_annotation(Value(1), "_broken")
    query.add_q(Q(*broken, _connector=Q.OR))
    try:
        return _has_answer(*query.get_compiler(using=connection.alias).as_sql())
    except EmptyResultSet:
        return False


def _has_answer(question: str, params) -> bool:
    """Whether the question has a row. Its savepoint travels along: three trips for each row of an
    import were two too many."""
    with connection.cursor() as cursor:
        if not connection.in_atomic_block:
            cursor.execute(question, params)
            return cursor.fetchone() is not None
        try:
            cursor.execute(f"SAVEPOINT asked; {question}; RELEASE SAVEPOINT asked", params)
        except DatabaseError:
            cursor.execute("ROLLBACK TO SAVEPOINT asked")
            cursor.execute("RELEASE SAVEPOINT asked")
            raise
        cursor.nextset()
        return cursor.fetchone() is not None
