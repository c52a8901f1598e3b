"""Tests marked ``xdist_group`` share a process, so that what is dear to make is made once.

pytest-xdist tells its scheduler the group as ``@name`` behind a test's id. Since pytest 9.2 an id is a
value of its own, which that assignment no longer reaches: tests of a group were dealt to both workers.
"""

import pytest
from _pytest.nodeid import NodeId


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if not config.getoption("loadgroup", default=False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and not item.nodeid.endswith(ending := f"@{mark.args[0]}"):
            item._id = NodeId.parse(f"{item.nodeid}{ending}")
