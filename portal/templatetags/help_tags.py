"""Parts of help on other pages: the welcome of the home page, and the step of a tour."""

from django import template

from portal.help import services
from portal.help.news import newer_than
from portal.help.tours import steps_for
from portal.models import Shown
from portal.scope import access_of

register = template.Library()


@register.inclusion_tag("help/_welcome.html", takes_context=True)
def welcome(context):
    """The first tour, or what is new, until the user has put it away."""
    user = context["request"].user
    shown = dict(Shown.objects.filter(user=user).values_list("key", "at"))
    if services.TOUR not in shown:
        steps = steps_for(access_of(user))
        return {"request": context["request"], "first": _address(steps, 1), "count": len(steps)}
    since = max(shown[services.TOUR], shown.get(services.NEWS, shown[services.TOUR]))
    return {"request": context["request"], "news": newer_than(since)}


@register.inclusion_tag("help/_tour.html", takes_context=True)
def tour_here(context):
    """The step of the tour that the address asks for (``?tour=3``), where it is this page's."""
    request = context.get("request")
    number = request.GET.get("tour", "") if request is not None else ""
    if not (number.isascii() and number.isdigit() and request.user.is_authenticated):
        return {}
    steps, number = steps_for(access_of(request.user)), int(number[:3])
    if not 1 <= number <= len(steps) or steps[number - 1].address() != request.path:
        return {}
    return {
        "request": request,
        "step": steps[number - 1],
        "number": number,
        "count": len(steps),
        "before": _address(steps, number - 1),
        "after": _address(steps, number + 1),
    }


def _address(steps, number: int) -> str:
    if not 1 <= number <= len(steps):
        return ""
    return f"{steps[number - 1].address()}?tour={number}"
