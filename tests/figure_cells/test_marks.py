"""What is written leaves marks: old and new unit and month of what matters, and nothing else does."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from disability.models import DeviceKind
from portal.errors import OutOfScope
from portal.figures import engine, figures
from portal.figures.cells import reading
from portal.figures.cells.checks import every_column_is_watched, read_columns
from portal.figures.cells.facts import Stored, compiled, facts, stored
from portal.figures.cells.folding import fold
from portal.figures.declare import Flow
from portal.models import CellDefinition, FigureCell, FigureMark, WholeMark
from portal.periods import Period
from portal.running import folding as running
from tests.conftest import acting_as
from tests.database import owner_connection
from tests.sampleapp.models import Loan

CODE = "sampleapp.umbrellas"
YEAR = Period.parse("2025")
FACT = "sampleapp_loan"


def lend(unit, day=date(2025, 3, 5), umbrellas=2, **more):
    return Loan.objects.create(
        unit=unit, occurred_on=day, borrower="黄文发", umbrellas=umbrellas, **more
    )


def marks() -> set:
    return set(FigureMark.objects.filter(fact=FACT).values_list("unit", "month"))


@pytest.fixture
def loan(community, other_community):
    with acting_as(community):
        loan = lend(community)
    fold()
    return loan


@pytest.mark.django_db
def test_a_row_marks_where_it_was_and_where_it_is(loan, community, other_community, street):
    march, june = date(2025, 3, 1), date(2025, 6, 1)
    with acting_as(street):
        assert marks() == set()
        Loan.objects.update(borrower="单小梅", highlight=True)
        assert marks() == set()
        Loan.objects.update(occurred_on=date(2025, 6, 30))
        assert marks() == {(community.pk, march), (community.pk, june)}
        FigureMark.objects.all().delete()
        Loan.objects.update(unit=other_community)
        assert marks() == {(community.pk, june), (other_community.pk, june)}
        FigureMark.objects.all().delete()
        Loan.objects.update(umbrellas=7)
        assert marks() == {(other_community.pk, june)}
        FigureMark.objects.all().delete()
        Loan.objects.all().delete()
        assert marks() == {(other_community.pk, june)}


@pytest.mark.django_db
def test_many_rows_of_one_statement_leave_one_mark_for_each_month(loan, community):
    with acting_as(community):
        days = [date(2025, 5, 1), date(2025, 5, 31), date(2025, 4, 30), date(2025, 5, 2)]
        Loan.objects.bulk_create(
            [Loan(unit=community, occurred_on=day, borrower="黄文发", umbrellas=3) for day in days]
        )
        assert FigureMark.objects.filter(fact=FACT).count() == 2
        assert marks() == {(community.pk, date(2025, 4, 1)), (community.pk, date(2025, 5, 1))}
        assert engine.read(CODE, {community.pk}, YEAR).value == 14


@pytest.mark.django_db
def test_a_reading_adds_clean_cells_and_marked_rows(loan, community, other_community, street):
    figure = figures[CODE]
    with acting_as(street):
        lend(community, date(2025, 4, 1), 5)
        lend(other_community, date(2025, 3, 31), 11)
        units, parts = {community.pk, other_community.pk}, Period.parse("2025-03-05..2025-04-02")
        whole, first, inside = YEAR, Period.parse("2025-03"), parts
        found = reading.values([figure], units, [whole, first, inside])
        assert found == {figure: {None: [18, 13, 18]}}
        by_unit = reading.values([figure], units, [whole, first, inside], each=True)
        assert by_unit == {figure: {community.pk: [7, 2, 7], other_community.pk: [11, 11, 11]}}
        with pytest.raises(OutOfScope):
            reading.values([figure], {street.parent_id}, [whole])


@pytest.mark.django_db
def test_a_definition_reads_its_own_cells_alone(loan, community, monkeypatch):
    figure = figures[CODE]
    with acting_as(community):
        FigureCell.objects.filter(unit=community).update(value=99)
        assert engine.read(CODE, {community.pk}, YEAR).value == 99  # it is the cells that tell
        CellDefinition.objects.filter(fact=FACT).delete()
        assert reading.values([figure], {community.pk}, [YEAR]) == {}
        assert engine.read(CODE, {community.pk}, YEAR).value == 2
    fold()
    with acting_as(community):
        assert reading.values([figure], {community.pk}, [YEAR]) == {figure: {None: [2]}}


@pytest.mark.django_db
def test_an_emptied_table_and_a_changed_code_make_all_cells_of_it_doubtful(
    loan, community, settings
):
    figure = figures["disability.cane_fitted"]
    with acting_as(community):
        assert reading.values([figure], {community.pk}, [YEAR])
        kind = DeviceKind.objects.order_by("pk").first()
        DeviceKind.objects.filter(pk=kind.pk).update(name=f"{kind.name}（新）")
        assert not WholeMark.objects.exists()
        others = DeviceKind.objects.exclude(use=kind.use).values_list("use", flat=True)
        DeviceKind.objects.filter(pk=kind.pk).update(use=others[0])
        assert set(WholeMark.objects.values_list("fact", flat=True)) == {
            fact.table for fact in facts() if "disability_devicekind" in fact.codes
        }
        assert not reading.values([figure], {community.pk}, [YEAR])
    fold()
    with acting_as(community):
        assert reading.values([figure], {community.pk}, [YEAR])
        assert not WholeMark.objects.exists()


@pytest.mark.django_db
def test_a_removed_code_makes_all_cells_of_it_doubtful(community):
    with acting_as(community):
        DeviceKind.objects.create(name="多余", family=DeviceKind.objects.first().family).delete()
        assert WholeMark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_truncated_table_is_marked_whole(community):
    with acting_as(community):
        lend(community)
    fold()
    with owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("TRUNCATE sampleapp_loan")
    with acting_as(community):
        assert list(WholeMark.objects.values_list("fact", flat=True)) == [FACT]
        assert engine.read(CODE, {community.pk}, YEAR).value == 0
    fold()
    with acting_as(community):
        assert reading.values([figures[CODE]], {community.pk}, [YEAR]) == {
            figures[CODE]: {None: [0]}
        }


@pytest.mark.django_db
def test_nobody_reads_marks_or_cells_of_a_foreign_unit(loan, community, other_community):
    with acting_as(community):
        lend(community)
        assert FigureMark.objects.count() == 1
        assert FigureCell.objects.exists()
    with acting_as(other_community):
        assert not FigureMark.objects.exists()
        assert not FigureCell.objects.exists()


@pytest.mark.django_db
def test_the_database_knows_of_no_further_column_that_a_cell_depends_on():
    """PostgreSQL itself names the columns: those that a view of the figure's query depends on."""
    watched = {fact.table: set(fact.columns) for fact in facts()}
    for fact in facts():
        for code, columns in fact.codes.items():
            watched.setdefault(code, set()).update(columns)
    assert len(stored()) > 400
    with connection.cursor() as cursor:
        for number, each in enumerate(stored().values()):
            sql, parameters = compiled(each.figure).sql_with_params()
            cursor.execute(f"CREATE TEMP VIEW asked{number} AS {sql}", parameters)
        cursor.execute(
            "SELECT v.relname, t.relname, a.attname FROM pg_depend d"
            " JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass"
            " JOIN pg_class v ON v.oid = r.ev_class AND v.relname ~ '^asked[0-9]+$'"
            " JOIN pg_class t ON t.oid = d.refobjid AND t.oid <> v.oid"
            " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
        )
        found = cursor.fetchall()
    assert len({view for view, _, _ in found}) == len(stored())
    facts_of = {f"asked{n}": each.fact for n, each in enumerate(stored().values())}
    unwatched = {
        (table, column)
        for view, table, column in found
        if column not in watched[table] and (table, column) != (facts_of[view], "id")
    }
    assert unwatched == set()


def test_the_system_check_names_a_column_that_nothing_watches(monkeypatch):
    assert every_column_is_watched() == []
    one = stored()[figures["disability.cane_fitted"]]
    assert ("disability_devicekind", "use") in read_columns(compiled(one.figure))
    few = tuple(fact for fact in facts() if "disability_devicekind" not in fact.codes)
    monkeypatch.setattr("portal.figures.cells.checks.facts", lambda: few)
    assert any("disability_devicekind.use" in str(error) for error in every_column_is_watched())


def test_what_may_look_different_to_others_has_no_cells():
    """Findings of an unannounced inspection are hidden from whom they are about; a clock decides; people
    are counted once; a date or a condition of another unit's row."""
    without = [
        "sanitation.findings",
        "visits.persons",
        "residents.registered",
        "volunteers.shift_places",
    ]
    assert not {figures[code] for code in without} & stored().keys()
    assert all(
        isinstance(each, Stored) and isinstance(figure, Flow) for figure, each in stored().items()
    )
    assert not any(callable(figure.where) for figure in stored())


@pytest.mark.django_db
def test_the_doctor_tells_of_marks_that_wait(loan, community, monkeypatch):
    with acting_as(community):
        lend(community)
    assert running.folded().is_good
    monkeypatch.setattr(running, "LONG_SECONDS", -1)
    told = running.folded()
    assert not told.is_good
    assert "1" in told.told


def test_sums_are_told_as_the_figure_tells_them():
    hours = stored()[figures["volunteers.hours"]]
    assert hours.finished(Decimal("90.0000")) == Decimal("1.50")
    assert hours.finished(0) == 0
    money = stored()[figures["disability.assistance_amount"]]
    assert str(money.finished(Decimal("500.5000"))) == "500.50"
