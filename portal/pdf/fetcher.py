"""What a document may load while it is rendered: our own named assets and data: URLs, nothing else."""

import logging
from collections.abc import Callable, Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = logging.getLogger(__name__)


class FetchDenied(ValueError):
    """The document asked for something that is not ours; no connection was made, no file opened."""


class AssetFetcher(URLFetcher):
    """Serves ``asset:<name>`` from a fixed table and decodes ``data:`` URLs; refuses the rest.

    ``assets`` maps a name to its media type and a function that reads it. A refused URL is logged as an
    error and the renderer goes on without it.
    """

    def __init__(self, assets: Mapping[str, tuple[str, Callable[[], bytes]]]):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._assets = assets

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition(":")
        if scheme.lower() == "data":
            return super().fetch(url, headers)
        if scheme == "asset" and name in self._assets:
            media_type, read = self._assets[name]
            return URLFetcherResponse(url, read(), {"Content-Type": media_type})
        # The URL may hold personal data: its beginning is enough to find the template at fault.
        logger.error("A document asked for %r, which is not one of our assets: refused", url[:40])
        raise FetchDenied("not one of our assets")
