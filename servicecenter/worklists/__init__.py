"""What is due in the one-stop service agency."""

from servicecenter.worklists import reception

__all__ = ["reception"]
