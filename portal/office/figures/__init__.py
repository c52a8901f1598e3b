"""指标 of the office's own facts."""

from portal.office.figures import organisation, papers, places, plans, publicity, units

__all__ = ["organisation", "papers", "places", "plans", "publicity", "units"]
