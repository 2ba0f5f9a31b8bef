from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kumppani.domain.documents"
    label = "documents"
