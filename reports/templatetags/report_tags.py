"""What the templates of summaries need beyond plain attributes."""

from itertools import zip_longest

from django import template

from reports.evidence import page

register = template.Library()


@register.filter
def of(mapping, key):
    """The value under a key, or an empty string."""
    return mapping.get(key, "")


@register.filter
def signed(number):
    """+2, −3."""
    return page.signed(number)


@register.filter
def headed(table, column_urls):
    """Pairs of a header and its page."""
    return _paired(table.headers, (column_urls or {}).get(table.title, ()))


@register.filter
def linked(table, cell_urls):
    """The rows, each a list of pairs of a cell and its page."""
    urls = (cell_urls or {}).get(table.title)
    rows = urls.rows if urls else ()
    return [_paired(row, of) for row, of in zip_longest(table.rows, rows, fillvalue=())]


@register.filter
def totalled(table, cell_urls):
    urls = (cell_urls or {}).get(table.title)
    return _paired(table.total, urls.total if urls else ())


def _paired(texts, urls):
    """The first cell names the row and has no page; what is missing has none."""
    return list(zip_longest(texts, ("", *urls)[: len(texts)], fillvalue=""))
