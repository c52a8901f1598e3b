"""System check: every column that decides what a figure with cells counts is watched by a trigger.

``facts`` finds them in the compiled SQL; here they are found a second time, in Django's tree of the query.
"""

from django.core.checks import Error, Tags, register
from django.db.models.expressions import Col
from django.db.models.sql import Query

from portal.figures.cells.facts import Stored, compiled, facts, stored


@register(Tags.models)
def every_column_is_watched(app_configs=None, **kwargs):
    watched = {(fact.table, column) for fact in facts() for column in fact.columns}
    for fact in facts():
        watched |= {(code, column) for code, of in fact.codes.items() for column in of}
    return [error for each in stored().values() for error in _errors(each, watched)]


def _errors(each: Stored, watched: set[tuple[str, str]]) -> list[Error]:
    key = each.figure.model._meta.pk.column
    unwatched = read_columns(compiled(each.figure)) - watched - {(each.fact, key)}
    return [
        Error(
            f"The figure {each.figure.code} reads {table}.{column}, whose changes mark no cell.",
            hint="See portal/figures/cells/facts.py.",
            id="portal.figures.E001",
        )
        for table, column in sorted(unwatched)
    ]


def read_columns(query: Query) -> set[tuple[str, str]]:
    """(table, column) of all that the query names, its joins' columns too."""
    used = {alias: query.alias_map[alias] for alias, n in query.alias_refcount.items() if n}
    found = set()
    for join in used.values():
        for ours, theirs in getattr(join, "join_cols", None) or ():
            found |= {(used[join.parent_alias].table_name, ours), (join.table_name, theirs)}
    pending = [query.where, *query.select, *query.annotation_select.values()]
    pending += query.group_by if isinstance(query.group_by, tuple) else ()
    while pending:
        node = pending.pop()
        if isinstance(node, Col):
            found.add((query.alias_map[node.alias].table_name, node.target.column))
        pending += getattr(node, "children", ())
        pending += [each for each in _sources(node) if each is not None]
    return found


def _sources(node) -> list:
    if hasattr(node, "get_source_expressions"):
        return node.get_source_expressions()
    return [getattr(node, side) for side in ("lhs", "rhs") if hasattr(node, side)]
