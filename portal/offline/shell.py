"""What the service worker keeps on a phone: programs, styles and one page without any data."""

import hashlib
import json
import re
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from portal.offline.declare import offline

CORE = ("js/offline-store.js", "js/offline-send.js")  # the service worker runs these too
SHELL = (*CORE, "js/offline-shell.js")
PAGES = (
    "js/ticks.js",
    "js/offline-run.js",
    "js/offline-box.js",
    "js/offline-photos.js",
    "js/offline-form.js",
)
WORKER = "js/offline-worker.js"


def page_scripts() -> list[str]:
    """The programs of all pages that a phone keeps, by their names."""
    return [*PAGES, *(script for kind in offline for script in kind.scripts)]


def addresses() -> dict[str, str]:
    """Where each of them lies now: kept pages name programs, the next release moves them."""
    return {name: static(name) for name in page_scripts()}


def page() -> str:
    """The page without data."""
    context = {"addresses": addresses(), "scripts": SHELL, "demo": settings.DEMO}
    return render_to_string("offline/shell.html", context)


def assets() -> list[str]:
    """What that page asks for, and the programs of the kept ones: whatever the skeleton of all pages names."""
    asked = re.findall(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"', page())
    return list(dict.fromkeys([*asked, *addresses().values()]))


def _source(name: str) -> str:
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def version() -> str:
    """Another one whenever anything of the shell changed: names tell it where they hold a hash, else the
    files themselves."""
    digest = hashlib.sha256((page() + _source(WORKER)).encode())
    for url in assets():
        digest.update(url.encode())
        if path := finders.find(url.removeprefix(settings.STATIC_URL)):
            with open(path, "rb") as file:
                digest.update(file.read())
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
