"""Cells are read in these tests, and asked anew each time which definitions were counted."""

import pytest

from portal.figures.cells import reading


@pytest.fixture(autouse=True)
def cells(settings, monkeypatch):
    settings.FIGURE_CELLS = True
    monkeypatch.setattr(reading, "ASKED_AGAIN_SECONDS", 0)
    monkeypatch.setattr(reading, "_known", reading._Known())
    return settings
