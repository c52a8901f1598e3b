"""What is like something seen before is not looked at again; what differs in anything that matters is."""

import pytest

from tests.browser.alike import places_alike
from tests.browser.looking import Eyes

ROW = (
    '<tr class="row"><td><a class="plain" href="/{0}/">走访{0}</a></td><td class="plain">{0} 人</td>'
    '<td><label for="n{0}">人次</label><input id="n{0}" name="n{0}" aria-describedby="h{0}">'
    '<span id="h{0}">整数</span></td></tr>'
)
STYLE = """.plain { color: #222; background: #fff } .faint { color: #ccc; background: #fff } tr { height: 4em }
    .dark { background: #333 } .dark .plain { background: none } [data-state=late] { color: #ccc }
    .low { height: 2em; overflow-y: auto; display: block }"""


def page_of(rows, inside="main", menu=""):
    return (
        f'<!doctype html><html lang="zh-CN"><title>页</title><style>{STYLE}</style><body>'
        f'<nav class="sidebar"><ul>{menu}</ul></nav>'
        f"<{inside}><h1>页</h1><table><tbody>{''.join(rows)}</tbody></table></main></body></html>"
    )


def rows_like(row=ROW, many=30):
    return [row.format(n) for n in range(many)]


@pytest.fixture
def looked(page):
    """``looked(rows)``: what is found on a page of those rows, by eyes that have seen a good one."""
    eyes = Eyes()
    page.set_content(page_of(rows_like()))
    assert eyes.grave_findings(page) == []

    def at(rows, **how):
        page.set_content(page_of(rows, **how))
        return eyes.grave_findings(page)

    return at


def test_more_of_the_same_is_not_looked_at_again(page):
    seen = set()
    page.set_content(page_of(rows_like()))
    places_alike(page, seen)
    new = len(seen)
    page.set_content(page_of(rows_like(many=200)))
    places_alike(page, seen)
    assert len(seen) - new < 12  # what holds the rows


def test_the_page_is_as_it_was_when_it_has_been_looked_at(page):
    eyes = Eyes()
    for _ in range(2):
        page.set_content(page_of(rows_like()))
        page.locator("#n7").fill("12")
        before = page.content()
        eyes.grave_findings(page)
        assert page.content() == before
        assert page.evaluate("document.activeElement.id + document.activeElement.value") == "n712"


@pytest.mark.parametrize(
    ("better", "worse", "rule"),
    [
        ('class="plain">27', 'class="faint">27', "color-contrast"),
        ('class="plain">27', 'data-state="late">27', "color-contrast"),
        ('<tr class="row">', '<tr class="dark">', "color-contrast"),
        ("走访27", "", "link-name"),
        ("27 人", '<img src="data:,">', "image-alt"),
        ("27 人", '<input type="text">', "label"),
        ("27 人", '<button aria-label=""></button>', "button-name"),
        ("27 人", '<span class="low">27<br>人<br>次<br>共</span>', "scrollable-region-focusable"),
        ('for="n27"', 'for="n99"', "label"),
        (">人次</label>", "></label>", "label"),
        ('id="n27"', 'id="n26"', "twice:"),
        ('id="h27"', 'id="h26"', "twice:"),
    ],
)
def test_one_that_differs_among_many_is_found(looked, better, worse, rule):
    rows = rows_like()
    assert better in rows[27]
    rows[27] = rows[27].replace(better, worse)
    assert rule in {each.split()[0] for each in looked(rows)}


def test_a_fault_of_the_very_first_page_is_found(page):
    page.set_content(page_of(rows_like(ROW.replace('"plain">', '"faint">'))))
    assert "color-contrast" in {each.split()[0] for each in Eyes().grave_findings(page)}


def test_the_same_on_another_ground_is_looked_at(looked):
    assert looked(rows_like(many=2)) == []
    found = looked(rows_like(many=2), inside='main class="dark"')
    assert "color-contrast" in {each.split()[0] for each in found}


def test_a_new_fault_in_a_menu_seen_before_is_found(looked):
    menu = "".join(f'<li><a class="plain" href="/{n}/">台账{n}</a></li>' for n in range(50))
    assert looked(rows_like(), menu=menu) == []
    found = looked(rows_like(), menu=menu.replace("台账27", ""))
    assert [each.split()[0] for each in found] == ["link-name"]
