"""No type of page has a fault that axe calls serious or critical, or a complaint in its console."""

from django.conf import settings

from tests.browser.walk import walk

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


def grave_findings(page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']} at {node['target']}: {node['failureSummary']}"
        for found in report["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def unexpected(stop) -> list[str]:
    """What the console said since the last stop, without the status of the page itself."""
    own = f"the server responded with a status of {stop.status} "
    said = [text for text in stop.desk.complaints if own not in text]
    stop.desk.complaints.clear()
    return said


def test_axe_finds_nothing_serious_and_the_console_stays_quiet(desk, world):
    found = {}
    for stop in walk(desk, world):
        stop.photograph()
        if problems := unexpected(stop) + grave_findings(stop.desk.page):
            found[stop.name] = problems
    assert found == {}
