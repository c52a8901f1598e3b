from django import template

from portal.running.working import is_silent

register = template.Library()


@register.inclusion_tag("running/_worker_note.html")
def worker_note():
    """For pages on which one waits for a job: says so when nobody does jobs."""
    return {"silent": is_silent()}
