"""What was imported and collected stays until the end: no search for garbage need look at it again.

Thousands of tests make short-lived objects beside a million that never die; going through those again
and again was a twelfth of all time.
"""

import gc


def pytest_collection_finish(session):
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
