"""The one renderer of a process: WeasyPrint with our fonts, our fetcher and our two corrections."""

import atexit
import functools
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from portal.pdf import archive, justify, linebreaks
from portal.pdf.fetcher import AssetFetcher
from portal.pdf.fonts import Library, library
from portal.pdf.sfnt import read_face


class Engine:
    """Renders HTML with one set of fonts, loaded once (some 100 MB in the temporary folder)."""

    def __init__(self, fonts: Library, styles: Path):
        self._styles = {path.stem: f"css/{path.name}" for path in sorted(styles.glob("*.css"))}
        assets = {f"css/{p.name}": ("text/css", p.read_bytes) for p in styles.glob("*.css")}
        for face in fonts.faces:
            read = functools.partial(read_face, face.path, face.number)
            assets[face.asset] = ("font/sfnt", read)
        self._fetcher = AssetFetcher(assets)
        self._faces_css = fonts.stylesheet()
        self._parsed: dict[str, CSS] = {}
        # Pango's font map is shared by all documents and is not safe for two threads.
        self._lock = threading.Lock()
        self._configuration = FontConfiguration()

    def write(
        self, html: str, style: str, kept: Sequence[archive.Enclosure] | None = None
    ) -> bytes:
        """``html`` as PDF bytes with the stylesheet named ``style``; as PDF/A-3a with the files ``kept``
        inside it, unless that is None."""
        if style not in self._styles:
            raise ValueError(f"no stylesheet {style!r}, only {sorted(self._styles)}")
        options = {} if kept is None else archive.options_for(kept)
        with self._lock:
            page = HTML(string=html, base_url="asset:", url_fetcher=self._fetcher)
            linebreaks.mark_tree(page.etree_element)
            document = page.render(
                font_config=self._configuration, stylesheets=[self._faces, self._sheet(style)]
            )
            justify.justify(document)
            return document.write_pdf(
                pdf_tags=True, pdf_identifier=_identifier(html, kept or ()), **options
            )

    def prepare(self, style: str) -> None:
        """Parse what is ours before a process is forked; raises ValueError as ``write`` does."""
        if style not in self._styles:
            raise ValueError(f"no stylesheet {style!r}")
        self._sheet(style)

    @functools.cached_property
    def _faces(self) -> CSS:
        return self._css(string=self._faces_css)

    def _sheet(self, style: str) -> CSS:
        """The stylesheet, parsed once."""
        if style not in self._parsed:
            self._parsed[style] = self._css(url=f"asset:{self._styles[style]}")
        return self._parsed[style]

    def _css(self, **source) -> CSS:
        return CSS(**source, url_fetcher=self._fetcher, font_config=self._configuration)


def _identifier(html: str, kept: Sequence[archive.Enclosure]) -> str:
    digest = hashlib.sha256(html.encode())
    for enclosure in kept:
        digest.update(enclosure.content)
    return digest.hexdigest()[:32]


def engine() -> Engine:
    """The engine for the present settings, made on first use; raises FontMissing."""
    with _making:
        return _engine(str(settings.FONT_DIR), str(settings.BASE_DIR))


_making = threading.Lock()


@functools.lru_cache(maxsize=2)
def _engine(font_dir: str, base_dir: str) -> Engine:
    return Engine(library(), Path(base_dir) / "static" / "pdf")


# Dropping the engine removes its copies of the fonts from the temporary folder.
atexit.register(_engine.cache_clear)
