"""How much memory a workbook would take that is opened for writing, found out before it is opened.

The guard of the upload measures what holds a value. openpyxl keeps more: every cell that has but a
look, and a cell for each place of a merged range, of a link's and of a note's.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from portal.imports.guarding import CHUNK, column_number

MOST_CELLS = 1_200_000
SPREADS = frozenset({"mergeCell", "hyperlink", "comment"})
AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def is_too_heavy(content: bytes) -> bool:
    """Of a workbook that passed the guard: whether it has more cells than may be opened."""
    cells = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if not part.filename.lower().endswith(".xml"):
                continue
            with archive.open(part) as source:
                for found in _cells(source):
                    cells += found
                    if cells > MOST_CELLS:
                        return True
    return False


def _cells(source) -> Iterator[int]:
    """How many cells each piece of the part adds."""
    found = 0

    def start(tag, attributes):
        nonlocal found
        tag = tag.rpartition(":")[2]
        if tag == "c":
            found += 1
        elif tag in SPREADS:
            found += _area(attributes.get("ref", ""))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    while chunk := source.read(CHUNK):
        parser.Parse(chunk, False)
        yield found
        found = 0


def _area(reference: str) -> int:
    """The places of a range; one that is written otherwise (a whole column) is taken for endless."""
    place = AREA.fullmatch(reference)
    if place is None:
        return MOST_CELLS
    left, top, right, bottom = place.groups()
    width = column_number(right or left) - column_number(left) + 1
    return max(width, 0) * max(int(bottom or top) - int(top) + 1, 0)
