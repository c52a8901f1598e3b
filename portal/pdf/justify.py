"""Even right edges for Chinese text.

WeasyPrint justifies by widening spaces, and Chinese has none: its lines end up to two characters short.
Here, after the layout and before the drawing, the missing width of each line is shared out between its
characters. That needs WeasyPrint's private layout tree (pinned in requirements.lock, tested by measuring
lines); this module alone touches it. If the tree is not as expected, the lines stay ragged, a warning is
logged, and the document is printed all the same: hence the imports inside the functions.
"""

import logging
import re
from collections.abc import Iterator

from portal.pdf.linebreaks import strip

logger = logging.getLogger(__name__)

CLASS = "justify"  # class of the HTML elements whose lines are made even
MOST = (
    0.25  # of the font size; a line that needs wider gaps (before a long web address) stays short
)

# Numbers and foreign words keep their natural spacing; gaps open beside them and beside Han characters.
_SEGMENT = re.compile(r"[!-~]+|[^!-~]+")


def justify(document) -> None:
    """Make the lines of all ``class="justify"`` elements of a laid-out document equally long.

    The last line of a paragraph keeps its natural width; the last line on a page does not, if the
    paragraph goes on.
    """
    try:
        for page in document.pages:
            for block, line in _lines(page._page_box):
                _justify_line(block, line)
    # Whatever a new release renames or moves, a ragged page is better than none.
    except Exception:
        logger.warning("Lines stay ragged: WeasyPrint's layout tree has changed", exc_info=True)


def _lines(box) -> Iterator[tuple]:
    """(block, line) for every line that goes on in a next line of the same justified block."""
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.LineBox):
            yield from _lines(child)
        elif child.resume_at is not None and _is_justified(box):
            yield box, child


def _is_justified(block) -> bool:
    return block.element is not None and CLASS in block.element.get("class", "").split()


def _justify_line(block, line) -> None:
    texts = list(_texts(line))
    for text in texts:
        text.text = strip(
            text.text
        )  # the marks have done their work, and would count as characters
    segments = [segment for text in texts for segment in _SEGMENT.findall(text.text)]
    gaps = sum(1 if segment.isascii() else len(segment) for segment in segments) - 1
    if gaps < 1:
        return
    end = max(text.position_x + text.width for text in texts)
    room = block.content_box_x() + block.width - end
    size = line.style["font_size"]
    if 0 < room <= MOST * size * gaps:
        # A PDF counts gaps in thousandths of the font size, and the renderer cuts off what is less:
        # 27 cut gaps would be missing at the edge. A tenth more survives the cut.
        _widen(line, (round(1000 * room / gaps / size) + 0.1) * size / 1000, 0)


def _texts(box) -> Iterator:
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _widen(box, spacing: float, shift: float) -> float:
    """Add ``spacing`` after each segment inside ``box``, moving what follows; return the new shift."""
    from weasyprint.formatting_structure import boxes

    children = []
    for child in box.children:
        child_end = child.position_x + child.width
        if isinstance(child, boxes.TextBox):
            pieces = list(_pieces(child, child.position_x + shift, spacing))
            children += pieces
            if pieces:
                shift = pieces[-1].position_x + pieces[-1].width - child_end
            continue
        children.append(child)
        if isinstance(child, boxes.InlineBox):
            child.position_x += shift
            after = _widen(child, spacing, shift)
            child.width += after - shift
            shift = after
        else:
            child.translate(shift, 0)
    box.children = tuple(children)
    return shift


def _pieces(text, x: float, spacing: float) -> Iterator:
    """The segments of a text box, spaced out, as text boxes of their own from ``x`` on."""
    from weasyprint.text.line_break import split_first_line

    for segment in _SEGMENT.findall(text.text):
        piece = text.copy_with_text(segment)
        if not segment.isascii():
            piece.style = text.style.copy()
            piece.style["letter_spacing"] = spacing
        layout, _, _, width, _, _ = split_first_line(segment, piece.style, None, None, 0)
        piece.pango_layout, piece.position_x = layout, x
        piece.width = width + spacing if segment.isascii() else width
        x += piece.width
        yield piece
