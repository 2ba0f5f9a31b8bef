from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "kumppani.domain.bodies"
    label = "bodies"
