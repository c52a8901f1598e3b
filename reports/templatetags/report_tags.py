"""What the templates of summaries need beyond plain attributes."""

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
