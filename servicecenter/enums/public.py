"""Pick-lists of what residents send in without signing in."""

from django.db.models import TextChoices


class LetterKind(TextChoices):
    APPLICATION = "application", "网上申请"
    QUESTION = "question", "网上提问"
