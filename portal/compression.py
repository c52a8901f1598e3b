"""Pages leave compressed (ADR 57). Static files are already, and files that a page hands out keep their length."""

from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """HTML alone. Django pads each page by a random length, so that its size tells no secret in it."""

    def process_response(self, request, response):
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page:
            return response
        return super().process_response(request, response)
