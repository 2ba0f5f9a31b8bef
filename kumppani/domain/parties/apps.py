from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "kumppani.domain.parties"
    label = "parties"
