"""What the templates of summaries need beyond plain attributes."""

from django import template

register = template.Library()


@register.filter
def of(mapping, key):
    """The value under a key, or an empty string."""
    return mapping.get(key, "")
