"""Each request gets an id: in the answer's header, in the log lines and in the audit entries."""

from portal.request_ids import new_id

HEADER = "X-Request-ID"


class RequestId:
    """Before whatever logs or writes; an id that the browser sends is not believed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with new_id() as request.id:
            response = self.get_response(request)
            response[HEADER] = request.id
        return response
