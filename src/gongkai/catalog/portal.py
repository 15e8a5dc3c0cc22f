"""What the public sees."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseNotFound("404")


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError("500")
