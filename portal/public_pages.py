"""What all pages without sign-in say in the same words."""

from django.shortcuts import render

from portal.public_tries import TEN_MINUTES


def not_found(request):
    return render(request, "public/missing.html", status=404)


def too_often(request):
    """A calm answer to too many questions; it is the same whatever was asked."""
    response = render(request, "public/too_often.html", status=429)
    response["Retry-After"] = str(TEN_MINUTES)
    return response
