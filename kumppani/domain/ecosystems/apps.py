from django.apps import AppConfig


class EcosystemsConfig(AppConfig):
    name = "kumppani.domain.ecosystems"
    label = "ecosystems"
