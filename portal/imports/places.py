"""Where the pages around an import lie."""

from django.urls import reverse

WORKBOOK = "整本工作簿"


def pages_of(ledger) -> dict:
    """Title and addresses of the pages around an import; ``ledger`` None is a whole workbook."""
    if ledger is None:
        return {
            "title": WORKBOOK,
            "parent_title": "首页",
            "urls": {
                "list": reverse("home"),
                "import_": reverse("import-workbook"),
                "template": reverse("import-workbook-template"),
            },
        }
    return {
        "title": ledger.title,
        "parent_title": ledger.title,
        "urls": {
            "workbook": reverse("import-workbook"),
            "list": ledger.url(),
            "import_": ledger.url("import"),
            "template": ledger.url("import-template"),
        },
    }
