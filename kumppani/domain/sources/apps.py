from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "kumppani.domain.sources"
    label = "sources"
