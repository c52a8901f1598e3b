"""Shorthand for the agency's figures: their domain."""

from portal.figures.family import Family

_agency = Family("servicecenter")
flow, stock = _agency.flow, _agency.stock
ratio, average = _agency.ratio, _agency.average
