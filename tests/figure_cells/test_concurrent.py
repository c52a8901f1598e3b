"""Whatever writers do beside each other and beside a fold, cells and marks tell what the records tell.

Three connections write, keep their transactions open, commit and roll back in any order, in both isolation
levels; a fold is held, before it counts or after, while others commit. After every step each number that
the cells tell is compared with the count of the rows, within one moment.
"""

import threading
import time
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.figures import engine, figures
from portal.figures.cells import reading
from portal.figures.cells.folding import fold
from portal.isolation import read_one_moment
from portal.models import FigureMark
from portal.periods import Period
from tests.conftest import acting_as, new_community, new_district, new_street
from tests.database import connection_beside

PERIODS = [Period.parse(key) for key in ("2025", "2025-02", "2025-01-15..2025-03-10")]
FIGURE = "sampleapp.umbrellas"
WRITERS, EXAMPLES = range(3), 6
DAYS = st.dates(date(2024, 12, 20), date(2025, 4, 10))
NUMBERS = st.integers(0, 6)
# A fold is held where it asks for the cells, before it counts, or after, before it takes the marks away.
HOLD = 5402036
HELD_BEFORE = "BEGIN; LOCK TABLE portal_figurecell IN SHARE MODE"
HELD_AFTER = f"BEGIN; SELECT pg_advisory_xact_lock({HOLD})"
IT_WAITS = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
    f" AND (relation = 'portal_figurecell'::regclass OR objid = {HOLD}))"
)
STOPS = f"""
    CREATE FUNCTION hold_fold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared({HOLD}); RETURN NULL; END $$;
    CREATE TRIGGER held AFTER INSERT ON portal_figurecell
        FOR EACH STATEMENT EXECUTE FUNCTION hold_fold();
"""
STOPS_NO_MORE = "DROP FUNCTION hold_fold() CASCADE"
INSERT = (
    "INSERT INTO sampleapp_loan (version, unit_id, recorded_at, occurred_on, highlight, borrower, umbrellas)"
    " SELECT 1, unit, now(), day, false, '黄文发', number"
    " FROM unnest(%s::bigint[], %s::date[], %s::integer[]) AS new (unit, day, number)"
)
SOME = " WHERE id IN (SELECT id FROM sampleapp_loan ORDER BY (id * %s) %% 7 LIMIT %s FOR UPDATE SKIP LOCKED)"


class Worker(threading.Thread):
    """Folds on a connection of its own."""

    def __init__(self):
        super().__init__()
        self.error = None

    def run(self):
        try:
            fold()
        except Exception as error:
            self.error = error
        finally:
            connection.close()


class Writing(RuleBasedStateMachine):
    units: list = []
    holder = None
    writers: list = []
    told = None

    @initialize()
    def begin(self):
        self.open, self.folding = set(), None
        with acting_as(*self.units), connection.cursor() as cursor:
            cursor.execute("DELETE FROM sampleapp_loan")
        fold()

    def _write(self, number, sql, parameters):
        """Within its open transaction, or in one of its own."""
        writer = self.writers[number]
        try:
            if number in self.open:
                writer.execute(sql, parameters)
            else:
                with writer.transaction():
                    self._announce(writer)
                    writer.execute(sql, parameters)
        except psycopg.errors.SerializationFailure:
            self._ended(number, "ROLLBACK")

    def _announce(self, writer):
        keys = ",".join(str(unit.pk) for unit in self.units)
        writer.execute(
            "SELECT set_config('app.scope', %s, true), set_config('app.actor', 'command:test', true)",
            [keys],
        )

    def _ended(self, number, how):
        if number in self.open:
            self.writers[number].execute(how)
            self.open.discard(number)

    @rule(
        number=st.sampled_from(WRITERS),
        level=st.sampled_from(["READ COMMITTED", "REPEATABLE READ"]),
    )
    def opens(self, number, level):
        if number not in self.open:
            self.writers[number].execute(f"BEGIN ISOLATION LEVEL {level}")
            self._announce(self.writers[number])
            self.open.add(number)

    @rule(number=st.sampled_from(WRITERS), commits=st.booleans())
    def ends(self, number, commits):
        self._ended(number, "COMMIT" if commits else "ROLLBACK")

    @rule(
        number=st.sampled_from(WRITERS),
        rows=st.lists(st.tuples(st.sampled_from([0, 1]), DAYS, NUMBERS), min_size=1, max_size=4),
    )
    def inserts(self, number, rows):
        units, days, numbers = zip(*rows, strict=True)
        values = [self.units[unit].pk for unit in units], list(days), list(numbers)
        self._write(number, INSERT, values)

    @rule(
        number=st.sampled_from(WRITERS),
        mix=st.integers(1, 6),
        rows=st.integers(1, 3),
        change=st.one_of(
            st.tuples(st.just("occurred_on = %s"), DAYS),
            st.tuples(st.just("umbrellas = %s"), NUMBERS),
            st.tuples(st.just("unit_id = %s"), st.sampled_from([0, 1])),
            st.tuples(st.just("deleted_at = CASE WHEN %s THEN now() END"), st.booleans()),
        ),
    )
    def updates(self, number, mix, rows, change):
        what, value = change
        value = self.units[value].pk if what.startswith("unit_id") else value
        self._write(number, f"UPDATE sampleapp_loan SET {what}{SOME}", [value, mix, rows])

    @rule(number=st.sampled_from(WRITERS), mix=st.integers(1, 6), rows=st.integers(1, 3))
    def deletes(self, number, mix, rows):
        self._write(number, f"DELETE FROM sampleapp_loan{SOME}", [mix, rows])

    @precondition(lambda self: self.folding is None)
    @rule()
    def folds(self):
        fold()

    @precondition(lambda self: self.folding is None)
    @rule(held=st.sampled_from([HELD_BEFORE, HELD_AFTER]))
    def a_fold_takes_its_moment(self, held):
        self.holder.execute(held)
        self.folding = Worker()
        self.folding.start()
        while self.folding.is_alive():
            [(waits,)] = self.holder.execute(IT_WAITS).fetchall()
            if waits:
                break
            time.sleep(0.002)

    @precondition(lambda self: self.folding is not None)
    @rule()
    def the_fold_goes_on(self):
        self.holder.execute("COMMIT")
        self.folding.join(30)
        error, self.folding = self.folding.error, None
        assert error is None, error

    @invariant()
    def cells_tell_what_the_records_tell(self):
        figure, units = figures[FIGURE], [unit.pk for unit in self.units]
        with transaction.atomic():
            read_one_moment()
            with acting_as(*self.units):
                whole = reading.values([figure], units, PERIODS)
                each = reading.values([figure], units, PERIODS, each=True)
                assert whole
                assert each
                for place, period in enumerate(PERIODS):
                    rows = engine.evidence(FIGURE, units, period)
                    live = engine.grouped(figure, rows, period, figure.unit)
                    assert whole[figure][None][place] == sum(live.values())
                    for unit in units:
                        found = each[figure].get(unit, [0] * len(PERIODS))
                        assert found[place] == live.get(unit, 0)
                self.told["compared"] += 1
                self.told["marked"] += FigureMark.objects.exists()
                self.told["other than nought"] += any(whole[figure][None])

    def teardown(self):
        if self.folding is not None:
            self.the_fold_goes_on()
        for number in list(self.open):
            self._ended(number, "ROLLBACK")


@contextmanager
def connections_beside(alias, count):
    opened = [connection_beside(alias, connection.settings_dict["NAME"]) for _ in range(count)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


@pytest.mark.django_db(transaction=True)
def test_cells_are_exact_beside_writers_rollbacks_and_folds(request):
    street = new_street(new_district())
    units = [new_community(street), street]
    told = dict.fromkeys(("compared", "marked", "other than nought"), 0)
    with connections_beside("default", 3) as writers, connections_beside("owner", 1) as [holder]:
        holder.execute(STOPS)
        known = {"units": units, "writers": writers, "holder": holder, "told": told}
        try:
            run_state_machine_as_test(
                type("Case", (Writing,), known),
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                    database=None,
                ),
            )
        finally:
            holder.execute(STOPS_NO_MORE)
    assert told["compared"] > 10 * EXAMPLES
    assert told["marked"]
    assert told["other than nought"]
