from django.apps import AppConfig


class SanitationConfig(AppConfig):
    name = "sanitation"
    verbose_name = "环境卫生"
