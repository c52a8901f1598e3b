"""Charts as SVG, drawn on the server by the library that draws them in the browser.

V8 runs in this process behind one lock: a context is made when the first chart is drawn (about 0.15 s),
after gunicorn has forked, and a chart then takes some milliseconds. It sees one JSON text and returns one
text: it has no file, no network, no clock. What runs longer than SECONDS, while others wait at the lock,
or takes too much memory is given up with its context.
"""

import hashlib
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from py_mini_racer import DEFAULT_V8_FLAGS, JSEvalException, MiniRacer, init_mini_racer

from portal.charts.spec import WIDTH, Chart, Kind
from portal.charts.svg import tidied
from portal.charts.theme import PRINT, SCREEN

SECONDS, MEMORY = 2, 512 * 1024 * 1024
PAPER = 589  # CSS pixels: the type area of GB/T 9704-2012
PAPER_SIZE, SCREEN_SIZE = 14, 13
# With memory protection keys only threads begun by the one that woke V8 may make a context; others crash.
FROM_ANY_THREAD = "--no-memory-protection-keys"
# On the screen the option is laid out for half a page; the browser stretches it to what there is.
WIDTHS = {Kind.SPARK: 160}
SCRIPTS = ("vendor/js/echarts.min.js", "js/chart-spec.js")
DRAW = """
function drawChart(text, width, height, colours) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  try {
    chart.setOption(chartSpec.prepared(echarts, JSON.parse(text), (name) => colours[name], width));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
"""


class DrawingFailed(RuntimeError):
    """V8 refused, ran out of time or memory; the next chart gets a new context."""


class _Drawer:
    """One context of V8 and who may use it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._engine: MiniRacer | None = None
        self._process = 0

    def draw(self, text: str, width: int, height: int, colours: dict) -> str:
        with self._lock:
            try:
                return self._context().call(
                    "drawChart", text, width, height, colours, timeout_sec=SECONDS
                )
            except JSEvalException as error:
                self._engine = None
                raise DrawingFailed(str(error)[:300]) from error

    def _context(self) -> MiniRacer:
        if self._engine is None or self._process != os.getpid():
            init_mini_racer(flags=(*DEFAULT_V8_FLAGS, FROM_ANY_THREAD), ignore_duplicate_init=True)
            engine = _outside_any_loop(MiniRacer)
            engine.set_hard_memory_limit(MEMORY)
            for name in SCRIPTS:
                engine.eval(Path(settings.BASE_DIR, "static", name).read_text())
            engine.eval(DRAW)
            self._engine, self._process = engine, os.getpid()
        return self._engine


def _outside_any_loop(make):
    """What ``make`` makes in a thread of its own: V8 binds itself to the asyncio loop it finds running,
    whose owner it would then wait for; without one it brings its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make).result()


_drawer = _Drawer()


def svg(chart: Chart, *, families: str = "") -> str:
    """The chart for the screen: colours of the page, letters of the page unless ``families`` names them.

    The same chart is the same text, kept for the next time it is asked for. Raises DrawingFailed, and
    ValueError for a chart that is empty.
    """
    return _drawn(chart, WIDTHS.get(chart.kind, WIDTH), SCREEN_SIZE, False, families)


def paper_svg(chart: Chart, *, families: str = "") -> str:
    """The chart for paper: dark on white, as wide as the type area; its title tells it in words, which is
    all that a PDF keeps for who does not see it. Raises as ``svg``."""
    return _drawn(chart, PAPER, PAPER_SIZE, True, families)


def paper_size(chart: Chart) -> tuple[int, int]:
    """Width and height on paper, CSS pixels."""
    return PAPER, chart.spec(size=PAPER_SIZE, width=PAPER)["height"]


def _drawn(chart: Chart, width: int, size: int, paper: bool, families: str) -> str:
    if chart.is_empty:
        raise ValueError("an empty chart is told in words")
    spec = chart.spec(size=size, width=width)
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    if not paper:
        width = max(width, spec.get("least", 0))
    words = (f"{chart.title}。{chart.told}", "") if paper else (chart.title, chart.told)
    return _kept(text, width, spec["height"], size, paper, families, *words)


@lru_cache(maxsize=256)
def _kept(text, width, height, size, paper, families, title, told) -> str:
    raw = _drawer.draw(text, width, height, PRINT if paper else SCREEN)
    mark = hashlib.sha256(f"{paper}{text}".encode()).hexdigest()[:8]
    return tidied(raw, mark=mark, size=size, families=families, title=title, told=told)
