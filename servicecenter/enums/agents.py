"""Pick-lists of those who carry cases to their end."""

from django.db.models import TextChoices


class AgentKind(TextChoices):
    AGENT = "agent", "代办员"
    HANDLER = "handler", "承办人"
