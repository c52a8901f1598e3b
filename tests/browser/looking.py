"""A picky pair of eyes for one loaded page: axe, three widths, large text, high contrast, and pictures.

A page is loaded once; it is looked at by being resized. What ``Eyes.look`` returns is empty for a good page.
"""

import os
from collections import defaultdict
from time import perf_counter

from django.conf import settings

from tests.browser.alike import LOOK, TWICE, places_alike

AXE = (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()
PICTURES = settings.BASE_DIR / "var" / "pictures"
GRAVE = {"serious", "critical"}
DESK, TABLET, PHONE = (1440, 900), (768, 1024), (360, 780)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {
        "target-size": {"enabled": False}
    },  # SMALL asks, and knows what a list that scrolls cuts
    "resultTypes": ["violations"],
    "preload": False,  # only rules that we do not ask for read the style sheets
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
    "preload": False,
}

# What a person who cannot see finds the way by (GB/T 37668: 标题, 地标; WCAG 1.3.1, 2.4.1, 3.1.1).
ORDER = """() => {
    const seen = part => part.checkVisibility();
    const said = [];
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen).map(h => +h.tagName[1]);
    if (levels.filter(level => level === 1).length !== 1) said.push('h1: ' + levels);
    levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) said.push('headings skip: ' + levels); });
    if (document.querySelectorAll('main').length !== 1) said.push('not one main');
    if (document.documentElement.lang !== 'zh-CN') said.push('lang');
    const skip = document.querySelector('a[href="#content"]');
    if (document.querySelector('a, button, input, summary') !== skip) said.push('the skip link is not first');
    document.querySelectorAll('main table th').forEach(th => {
        if (!th.hasAttribute('scope') && th.textContent.trim()) said.push('th without scope: ' + th.textContent.trim());
    });
    return [...new Set(said)];
}"""

# Too wide: the page, and what makes it so: parts that reach beyond it, or whose words do, innermost first.
ROOM = """() => {
    const width = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
    if (wide <= width) return [];
    const scrolls = part => {
        for (let box = part; box && box !== document.body; box = box.parentElement)
            if (getComputedStyle(box).overflowX !== 'visible') return true;
        return false;
    };
    const beyond = [...document.body.querySelectorAll('*')].filter(part => {
        const box = part.getBoundingClientRect();
        const reach = Math.max(box.right, box.left + part.scrollWidth);
        return box.width > 1 && reach > width + 1 && part.checkVisibility() && !scrolls(part);
    });
    const inner = beyond.filter(part => !beyond.some(other => other !== part && part.contains(other)));
    return [`${wide} px wide`, ...inner.slice(0, 5).map(part => part.outerHTML.slice(0, 100))];
}"""
SMALL = """() => {
    const asked = 'a[href], button, input:not([type=hidden]), select, summary, [role=option]';
    const seen = {visibilityProperty: true, opacityProperty: true};
    const targets = [...document.querySelectorAll(asked)]
        .filter(part => part.checkVisibility(seen) && !part.disabled)
        .map(part => ({part, style: getComputedStyle(part), box: part.getBoundingClientRect()}))
        .filter(({box, style}) => box.width > 1 && box.height > 1)
        .filter(({style}) => style.display !== 'inline' && style.clipPath === 'none');
    const away = (x, y, box) => Math.hypot(Math.max(box.left - x, 0, x - box.right),
        Math.max(box.top - y, 0, y - box.bottom));
    const crowded = one => {
        const x = one.box.left + one.box.width / 2, y = one.box.top + one.box.height / 2;
        return targets.some(other => other !== one && away(x, y, other.box) < 12
            && !other.part.contains(one.part) && !one.part.contains(other.part));
    };
    return targets.filter(one => (one.box.height < 24 || one.box.width < 24) && crowded(one)).slice(0, 5)
        .map(({part, box}) => `small: ${part.outerHTML.slice(0, 90)} ${box.width | 0}×${box.height | 0}`);
}"""


class Eyes:
    """Looks at pages; parts that are alike (alike.py) are looked at once."""

    def __init__(self):
        self.seen = set()
        self.spent = defaultdict(float)

    def at(self, desk):
        """``desk``, whose windows bring axe along to every page."""

        def opened(*user, **how):
            window = desk(*user, **how)
            window.context.add_init_script(AXE)
            return window

        return opened

    def look(self, page, name: str, *, closely: bool = False) -> list[str]:
        """Everything, with the page left at the width of a desk. ``closely``: also in high contrast with large
        text."""
        page.wait_for_load_state()  # a press leads on before the next page is there
        page.locator("main").wait_for(state="attached")
        said = self._timed("axe", self.grave_findings, page)
        said += page.evaluate(ORDER) + page.evaluate(SMALL)
        self._picture(page, name, "1440")
        if closely:
            _show(page, contrast="more", text="larger")
            said += [
                "high contrast: " + found
                for found in self._timed("colours", self._axe, page, COLOURS)
            ]
            self._picture(page, name, "1440-contrast")
            _show(page)
        for size, text in ((TABLET, ""), (PHONE, ""), (PHONE, "largest")):
            label = f"{size[0]}{text and '-' + text}"
            self._timed("resize", page.set_viewport_size, {"width": size[0], "height": size[1]})
            _show(page, text=text)
            said += [f"{label}: {found}" for found in self._timed("room", page.evaluate, ROOM)]
            if label == "360":
                said += self._timed("small", page.evaluate, SMALL)
            self._picture(page, name, label)
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        _show(page)
        return said

    def grave_findings(self, page) -> list[str]:
        """What axe calls serious or critical of WCAG 2.2 A and AA."""
        return self._axe(page, RULES, "html") + page.evaluate(TWICE)

    def _axe(self, page, options, within="main") -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        alike = self._timed("alike", places_alike, page, self.seen)
        report = page.evaluate(LOOK, [alike, {"include": [[within]]}, options])
        return [
            f"{found['id']} at {node['target']}: {node['failureSummary']}"
            for found in report
            if found["impact"] in GRAVE
            for node in found["nodes"]
        ]

    def _picture(self, page, name, label):
        """For people who look closely: the whole page, sharp."""
        if not os.environ.get("PICTURES"):
            return
        target = PICTURES / label
        target.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target / f"{name}.png", full_page=True)

    def _timed(self, what, act, *values):
        began = perf_counter()
        result = act(*values)
        self.spent[what] += perf_counter() - began
        return result


def _show(page, **choices):
    """As display.js would after a press on the buttons of 显示."""
    page.evaluate(
        """chosen => {
            for (const name of ['text', 'contrast']) {
                if (chosen[name]) document.documentElement.dataset[name] = chosen[name];
                else delete document.documentElement.dataset[name];
            }
            const sheet = document.getElementById('contrast');
            if (sheet) sheet.media = chosen.contrast ? 'all' : '(prefers-contrast: more)';
        }""",
        choices,
    )


def grave_findings(page) -> list[str]:
    """Those of one page by itself, whose window did not bring axe along."""
    return Eyes().grave_findings(page)
