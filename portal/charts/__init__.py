"""Pictures of numbers: one specification, drawn by the same library in the browser and behind the paper."""

from portal.charts.spec import Chart, Kind, Line, Series

__all__ = ["Chart", "Kind", "Line", "Series"]
