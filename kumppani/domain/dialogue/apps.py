from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "kumppani.domain.dialogue"
    label = "dialogue"
