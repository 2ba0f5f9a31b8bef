from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "kumppani.domain.agreements"
    label = "agreements"
