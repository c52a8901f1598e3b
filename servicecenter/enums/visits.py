"""Pick-lists of 民情走访."""

from django.db.models import TextChoices


class ChecklistGroup(TextChoices):
    """四知、四清、四掌握: what a visit is to find out; the items of each are a unit's own."""

    KNOWN = "known", "四知"
    CLEAR = "clear", "四清"
    GRASPED = "grasped", "四掌握"
