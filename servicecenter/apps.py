from django.apps import AppConfig


class ServiceCenterConfig(AppConfig):
    name = "servicecenter"
    verbose_name = "为民服务"
