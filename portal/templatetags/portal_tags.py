"""Template tags of every page."""

import uuid

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context):
    """The hidden key that makes a POST safe to send twice; a rejected form keeps its own."""
    request = context.get("request")
    key = request.POST.get("_key") if request is not None else None
    try:
        key = uuid.UUID(key or "")
    except ValueError:
        key = uuid.uuid4()
    return format_html('<input type="hidden" name="_key" value="{}">', key)
