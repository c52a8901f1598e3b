"""Shorthand for the agency's figures: their domain."""

from portal.figures.family import Family

_agency = Family("servicecenter")
flow, stock, ratio = _agency.flow, _agency.stock, _agency.ratio
