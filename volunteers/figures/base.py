"""Shorthand for the figures of volunteer work: their domain."""

from portal.figures.family import Family

_work = Family("volunteers")
flow, stock = _work.flow, _work.stock
ratio, average = _work.ratio, _work.average
