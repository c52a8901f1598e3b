"""Rating a case by its link, without signing in: once, while the link is good."""

from django.conf import settings
from django.views.decorators.debug import sensitive_post_parameters

from portal.marks import anonymous, counted, repeatable
from portal.public_pages import too_often
from portal.public_tries import TEN_MINUTES, address_of, may_try
from servicecenter.enums.ratings import WORST_GOOD
from servicecenter.forms.rating_public import RateForm
from servicecenter.services import ratings
from servicecenter.views.public import page

LONGEST_TOKEN = 64


@sensitive_post_parameters()
@counted
@repeatable
@anonymous("whoever holds the link of a case rates it, once; limited")
def rate(request, token):
    """Unknown, used, revoked and expired links get one and the same page."""
    if not may_try("rate", address_of(request), settings.PUBLIC_TRIES, TEN_MINUTES):
        return too_often(request)
    token = token.replace("\0", "")[:LONGEST_TOKEN]
    offer = ratings.offer(token)
    if offer is None:
        return page(request, "rate_closed", status=404)
    form = RateForm(request.POST or None)
    if not form.is_valid():
        return page(request, "rate", {"form": form, "offer": offer})
    level = form.cleaned_data["level"]
    if not ratings.rate_by_token(token, level, comment=form.cleaned_data["comment"]):
        return page(request, "rate_closed", status=404)
    return page(request, "rated", {"is_bad": level < WORST_GOOD})
