"""What every page needs: navigation, the unit's name, whether this is demo data."""

from django.conf import settings

from portal.finders import may_find
from portal.ledgers.quick import quick_adds
from portal.navigation import navigation_for
from portal.notifying.reading import unread_count
from portal.scope import access_of


def page(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO}
    access = access_of(user)
    home = access.home
    return {
        "demo": settings.DEMO,
        "may_search": may_find(user),
        "may_have_messages": not access.sees_own_alone,
        "unread_messages": lambda: unread_count(user),  # asked where the top bar is drawn
        "nav": navigation_for(access, request.path),
        "quick_adds": quick_adds(access),
        "unit_label": " · ".join(str(u) for u in (home.parent, home) if u) if home else "",
    }
