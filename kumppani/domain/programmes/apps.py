from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "kumppani.domain.programmes"
    label = "programmes"
