"""What was imported and collected stays until the end: no search for garbage need look at it again.

Thousands of tests make short-lived objects beside a million that never die; going through those again
and again was a twelfth of all time. Of what a test makes, nearly all dies without a search; the longer
the searches wait, the less is left to go through: waiting for 400,000 objects takes 50 MB and spares
a tenth of the time that waiting for 50,000 takes.
"""

import gc

gc.disable()  # until all is collected: importing makes nothing but what stays


def pytest_collection_finish(session):
    gc.collect()
    gc.freeze()
    gc.set_threshold(400_000, 50, 1000)
    gc.enable()
