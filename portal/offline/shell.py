"""What the service worker keeps on a phone: programs, styles and one page without any data."""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from portal.offline.declare import offline

CORE = ("js/offline-store.js", "js/offline-send.js")  # the service worker runs these too
SHELL = ("js/display.js", *CORE, "js/offline-shell.js")
PAGES = (
    "vendor/js/tabler.min.js",
    "js/portal.js",
    "js/ticks.js",
    "js/offline-run.js",
    "js/offline-pages.js",
    "js/offline-box.js",
    "js/offline-photos.js",
    "js/offline-form.js",
)
STYLES = (
    "vendor/css/tabler.min.css",
    "css/portal.css",
    "css/layout.css",
    "css/components.css",
    "css/tables.css",
    "css/forms.css",
    "css/icons.css",
    "css/field.css",
)
ICON = "mark.svg"
WORKER = "js/offline-worker.js"


def page_scripts() -> list[str]:
    """The programs of all pages that a phone keeps, by their names."""
    return [*PAGES, *(script for kind in offline for script in kind.scripts)]


def addresses() -> dict[str, str]:
    """Where each of them lies now: kept pages name programs, the next release moves them."""
    return {name: static(name) for name in page_scripts()}


def assets() -> list[str]:
    names = dict.fromkeys([*SHELL, *page_scripts(), *STYLES, ICON])
    return [static(name) for name in names]


def _source(name: str) -> str:
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def version() -> str:
    """Another one whenever anything of the shell changed."""
    digest = hashlib.sha256()
    for name in dict.fromkeys([*SHELL, *page_scripts(), *STYLES, WORKER]):
        digest.update(name.encode() + _source(name).encode())
    return digest.hexdigest()[:16]


def worker() -> str:
    """The program of the service worker, with what it keeps in its first lines."""
    told = {
        "version": version(),
        "shell": reverse("offline-shell"),
        "assets": assets(),
        "slow": [reverse("phone"), *(kind.url for kind in offline)],
    }
    core = ", ".join(json.dumps(static(name)) for name in CORE)
    head = f"self.SHELL = {json.dumps(told)};\nimportScripts({core});\n"
    return head + _source(WORKER)


@cache
def _worker_once() -> str:
    return worker()


def worker_text() -> str:
    """Made once; anew at each question where the files may change meanwhile."""
    return worker() if settings.DEBUG else _worker_once()
