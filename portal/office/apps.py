from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The office's own facts; a part of ``portal`` for the direction of imports."""

    name = "portal.office"
    label = "office"
    verbose_name = "综合事务"
