from django.apps import AppConfig


class DisabilityConfig(AppConfig):
    name = "disability"
    verbose_name = "残疾人工作"
