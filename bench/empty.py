"""The floor: a Django project with the middleware that `startproject` gives a site without sessions, and one view that says nothing.

python -m bench.empty PORT
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from gunicorn.app.base import BaseApplication


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse()


urlpatterns = [path("", empty)]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class EmptyServer(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One synchronous worker, as the site is measured with."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        for name, value in {"bind": f"127.0.0.1:{self.port}", "workers": 1, "loglevel": "warning", "control_socket_disable": True}.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        settings.configure(SECRET_KEY="floor", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="bench.empty", MIDDLEWARE=MIDDLEWARE)  # noqa: S106 nothing is signed
        return get_wsgi_application()


if __name__ == "__main__":
    EmptyServer(int(sys.argv[1])).run()
