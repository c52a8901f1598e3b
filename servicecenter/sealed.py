"""Columns of bytes that hold sealed values: the files of letters."""

from portal.keys.declare import SealedColumn, always, declare
from servicecenter.models import Letter
from servicecenter.services.public import FILES

declare(SealedColumn(Letter, "files", always(FILES), raw=True))
