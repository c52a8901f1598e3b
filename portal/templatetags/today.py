"""Numbers of today's work: each is a link to the page that shows exactly so many rows."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def numbered(count, url):
    """The number as a link; a plain 0, which opens nothing."""
    if not count:
        return "0"
    return format_html('<a class="nums" data-number="{}" href="{}">{}</a>', count, url, count)


@register.simple_tag
def counted(said):
    """The same of a {count, url}."""
    return numbered(said["count"], said["url"])
