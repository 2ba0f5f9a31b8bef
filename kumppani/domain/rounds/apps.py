from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "kumppani.domain.rounds"
    label = "rounds"
