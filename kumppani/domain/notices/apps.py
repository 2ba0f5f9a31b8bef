from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kumppani.domain.notices"
    label = "notices"
