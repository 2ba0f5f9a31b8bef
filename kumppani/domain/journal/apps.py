from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "kumppani.domain.journal"
    label = "journal"
