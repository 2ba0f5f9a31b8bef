"""What holds for every answer below /api/, refusals included: any site may read it, and nobody can change anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from kumppani.kernel.text import _

METHODS = "GET, HEAD, OPTIONS"


class OpenDataMiddleware:
    """Open data is read by any site's scripts. HEAD is GET without its body, which the server leaves out; OPTIONS says what may be asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_open_data(request):
            return self.get_response(request)
        response = _options() if request.method == "OPTIONS" else self._answered(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Disposition"
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            return self.get_response(request)
        finally:
            request.method = asked

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Refuses whatever would not only read. Here the reader's language is known already."""
        if not is_open_data(request) or request.method == "GET":
            return None
        message = str(_("This interface is read only: {method} is not possible here.", method=str(request.method)[:20]))
        return JsonResponse({"code": "read-only", "message": message}, status=405, headers={"Allow": METHODS})


def is_open_data(request: HttpRequest) -> bool:
    """Whether an address belongs to the interface."""
    return request.path_info.startswith("/api/")


def _options() -> HttpResponse:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    response = HttpResponse(status=204, headers=headers)
    del response["Content-Type"]
    return response
