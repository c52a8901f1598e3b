"""The worker folds marks into cells each minute."""

from procrastinate.contrib.django import app

from portal.figures.cells.folding import fold


@app.periodic(cron="* * * * *")
@app.task(name="fold-cells", queueing_lock="fold-cells", lock="fold-cells", pass_context=False)
def fold_cells(timestamp: int) -> dict[str, int]:
    return fold()
