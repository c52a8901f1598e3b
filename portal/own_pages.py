"""Addresses that came with a request and say where to go on: only pages of this site are followed."""

from django.contrib.auth.views import RedirectURLMixin
from django.utils.http import url_has_allowed_host_and_scheme


def is_own_page(address: str) -> bool:
    """An absolute path of this site. What Django would take for the name of a view is none."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


class LeadsOn(RedirectURLMixin):
    """A view that leads to ``next`` only within this site, never back to itself."""

    def get_redirect_url(self):
        address = super().get_redirect_url()
        is_itself = address.partition("?")[0] == self.request.path
        return address if is_own_page(address) and not is_itself else ""
