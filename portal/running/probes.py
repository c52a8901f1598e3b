"""What programs ask: may work be sent here, and how does it stand."""

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from portal.marks import public
from portal.running import metrics
from portal.running.declare import Level
from portal.running.examining import for_serving, worst


@require_safe
@public("a probe: says good or bad for each check, and nothing of what lies behind")
def ready(request):
    """503 while a check that serving needs is bad; which one stands in the body, why in ``doctor``."""
    found = for_serving()
    level = worst(found)
    told = {check.name: finding.level.value for check, finding in found}
    body = {"ready": level is not Level.BAD, "checks": told}
    return JsonResponse(body, status=200 if body["ready"] else 503)


@require_safe
@public("numbers for the office's monitoring; asks for METRICS_TOKEN, without one it is not there")
def numbers(request):
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.METRICS_TOKEN
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
