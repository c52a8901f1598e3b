"""Shorthand for the figures of sanitation work: by the community that a row is about, whoever keeps it."""

from functools import partial

from portal.figures.family import Family

_work = Family("sanitation")
ratio, average = _work.ratio, _work.average
# Of what communities or the street do themselves.
own_flow, own_stock = _work.flow, _work.stock
flow = partial(_work.flow, unit="community")
stock = partial(_work.stock, unit="community")
cumulative = partial(_work.cumulative, unit="community")
