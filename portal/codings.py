"""Text comes in UTF-8, whatever a request says of itself.

Django reads parameters and forms by any codec that the Content-Type names, and fails on some
before a middleware could answer; so this stands around the whole application.
"""

from http import HTTPStatus

from django.utils.http import parse_header_parameters

UTF_8 = {"utf-8", "utf8"}
REFUSAL = "请使用 UTF-8 编码。".encode()


def utf8_only(application):
    """The WSGI application; a request that names another coding is answered 415."""

    def answer(environ, start_response):
        _, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if parameters.get("charset", "utf-8").lower() in UTF_8:
            return application(environ, start_response)
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(REFUSAL))),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [REFUSAL]

    return answer
