"""What summaries tell of the one-stop service agency, by idea."""

from servicecenter.summaries import outlines

__all__ = ["outlines"]
