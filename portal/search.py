"""The one search box: finds people and opens their page. Posted, so no name stands in a URL."""

from django.shortcuts import redirect, render

from portal.ledgers.registry import ledgers
from portal.marks import needs, repeatable
from portal.text import typed_words

LEDGER = "residents"
SHOWN = 20


@repeatable
@needs("residents.view")
def search(request):
    """Results as a page, or as the list under the box; a sole match of Enter opens at once."""
    ledger = ledgers[LEDGER]
    text = typed_words(request.POST.get("q", ""))
    found = []
    if text:
        rows = ledger.found(ledger.queryset(request.user), text).order_by(*ledger.order)
        found = list(rows[: SHOWN + 1])
    if len(found) == 1 and not request.htmx:
        return redirect(ledger.url("detail", found[0]))
    results = [
        {
            "name": person.name,
            "masked_id": person.masked_id,
            "unit": str(person.unit),
            "address": person.address,
            "url": ledger.url("detail", person),
            "note": person.get_sex_display(),
        }
        for person in found[:SHOWN]
    ]
    context = {"results": results, "more": len(found) > SHOWN, "text": text}
    template = "portal/_search_results.html" if request.htmx else "portal/search.html"
    return render(request, template, context)
