"""Every type of page, walked past once: no fault that axe calls serious or critical, no complaint in its
console, and on a telephone of 360 px it is read by scrolling down only."""

from contextlib import contextmanager

from django.conf import settings

from tests.browser.walk import walk

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
PHONE = {"width": 360, "height": 780}


# The frame of a page, told without what differs each time and changes nothing in it; its style sheets.
ABOUT = """() => [
    [...document.querySelectorAll('.sidebar, .topbar')]
        .map(part => part.outerHTML.replace(/ (aria-current|value)="[^"]*"/g, '')).join(),
    [...document.styleSheets].map(sheet => sheet.href).join(),
]"""


class Inspector:
    """Looks at each page, but once at each menu and at each set of style sheets: these are most of a page,
    and the same on many."""

    def __init__(self):
        self.frames, self.sheets = set(), set()

    def grave_findings(self, page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        frame, sheets = page.evaluate(ABOUT)
        context = {"include": [["html"]]}
        if frame and frame in self.frames:
            context["exclude"] = [[".sidebar"], [".topbar"]]
        options = {"resultTypes": ["violations"], "preload": sheets not in self.sheets}
        report = page.evaluate("asked => axe.run(...asked)", [context, options])
        self.frames.add(frame)
        self.sheets.add(sheets)
        return [
            f"{found['id']} at {node['target']}: {node['failureSummary']}"
            for found in report["violations"]
            if found["impact"] in GRAVE
            for node in found["nodes"]
        ]


def grave_findings(page) -> list[str]:
    """Those of one page by itself."""
    return Inspector().grave_findings(page)


def unexpected(stop) -> list[str]:
    """What the console said since the last stop, without the status of the page itself."""
    own = f"the server responded with a status of {stop.status} "
    said = [text for text in stop.desk.complaints if own not in text]
    stop.desk.complaints.clear()
    return said


@contextmanager
def as_phone(page):
    """What starts closed on a phone stays open here: it can only be wider."""
    desktop = page.viewport_size
    page.set_viewport_size(PHONE)
    yield
    page.set_viewport_size(desktop)


def test_every_page_is_free_of_grave_faults_quiet_and_fits_a_phone(desk, world):
    found, too_wide, inspector = {}, {}, Inspector()
    for stop in walk(desk, world):
        stop.photograph()
        if problems := unexpected(stop) + inspector.grave_findings(stop.desk.page):
            found[stop.name] = problems
        with as_phone(stop.desk.page):
            stop.photograph()
            width = stop.desk.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide[stop.name] = width
    assert (found, too_wide) == ({}, {})
