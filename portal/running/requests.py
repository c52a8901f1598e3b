"""Each request measured: one line of log and the numbers of ``/metrics/``; and the probe ``/health/``."""

import logging
import time

from django.http import HttpResponse

from portal.running.metrics import REQUESTS, SECONDS

log = logging.getLogger("portal.requests")
HEALTH = "/health/"
SLOW_SECONDS = 3.0
KNOWN = ("GET", "HEAD", "POST")


class Measured:
    """The outermost layer, so that it sees every answer. The line names the page, never the address:
    addresses of links hold codes. ``/health/`` says that the process answers; it asks nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == HEALTH:
            return HttpResponse("ok\n", content_type="text/plain")
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        page = name_of(request)
        method = (
            request.method if request.method in KNOWN else "other"
        )  # each name is kept for ever
        REQUESTS.labels(page, method, str(response.status_code)).inc()
        SECONDS.labels(page).observe(took)
        tell(request, response, page, took)
        return response


def name_of(request) -> str:
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"


def tell(request, response, page: str, took: float) -> None:
    level = logging.INFO
    if response.status_code >= 500 or took > SLOW_SECONDS:
        level = logging.WARNING
    if not log.isEnabledFor(level):
        return
    facts = {
        "page": page,
        "method": request.method,
        "status": response.status_code,
        "ms": round(took * 1000),
        "request_id": getattr(request, "id", ""),
    }
    message = "%(method)s %(page)s %(status)s %(ms)s ms"
    log.log(level, message, facts, extra=facts)
