"""On a telephone of 360 px every type of page is read by scrolling down only."""

from tests.browser.walk import walk

WIDTH = 360


def test_no_page_scrolls_sideways_on_a_phone(desk, world):
    def phone(user=None):
        return desk(user, width=WIDTH)

    too_wide = {}
    for stop in walk(phone, world):
        stop.photograph()
        width = stop.desk.page.evaluate("document.documentElement.scrollWidth")
        if width > WIDTH:
            too_wide[stop.name] = width
    assert too_wide == {}
