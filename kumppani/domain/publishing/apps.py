from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "kumppani.domain.publishing"
    label = "publishing"
