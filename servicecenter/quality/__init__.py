"""What is wrong, undone or missing in the one-stop service agency."""

from servicecenter.quality import catalogue, reception, regimes, supervision, visits

__all__ = ["catalogue", "reception", "regimes", "supervision", "visits"]
