"""The one search box, on every page. Posted, so that no name or number stands in a URL."""

from django.shortcuts import redirect, render

from portal.finders import SHOWN, SHOWN_ON_PAGE, find, may_find
from portal.marks import repeatable, signed_in
from portal.scope import Denied
from portal.text import typed_words


@repeatable
@signed_in("finds only what the ledgers show the user")
def search(request):
    """Results as a page, or as the list under the box; a sole match of Enter opens at once."""
    if not may_find(request.user):
        raise Denied("您的角色不能查找居民等记录。")
    text = typed_words(request.POST.get("q", ""))
    groups = find(request.user, text, SHOWN if request.htmx else SHOWN_ON_PAGE)
    if len(groups) == 1 and len(groups[0].hits) == 1 and not request.htmx:
        return redirect(groups[0].hits[0].url)
    template = "portal/_search_results.html" if request.htmx else "portal/search.html"
    return render(request, template, {"groups": groups, "text": text})
