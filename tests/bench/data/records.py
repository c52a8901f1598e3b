"""Ten years of records, in the order in which they happened: four fifths visits, the rest spread."""

from tests.bench.data.inserting import insert, without_indexes
from tests.bench.data.sizes import Size, first_day, last_day

SHARES = {"visit": 0.80, "assistance": 0.07, "handout": 0.05, "activity": 0.04, "application": 0.04}
STEP = 7919  # a prime: one after the other, no two near ones the same person


def build(owner, size: Size) -> None:
    from residents.models import Activity, Application, Assistance, Handout, Visit

    [(worker, unit)] = owner.execute(
        "SELECT u.id, r.unit_id FROM portal_user u JOIN portal_roleassignment r ON r.user_id = u.id"
        " WHERE u.username = 'worker'"
    ).fetchall()
    days = (last_day() - first_day()).days

    def fill(model, share: str, **columns) -> None:
        count = int(size.records * SHARES[share])
        day = f"date '{first_day()}' + (n * {days} / {count})::int"
        common = {
            "id": "n",
            "unit_id": "r.unit_id",
            "occurred_on": day,
            "recorded_at": f"({day})::timestamptz + interval '33 hours'",
            "recorded_by_id": f"CASE WHEN r.unit_id = {unit} THEN {worker} END",
            "domains": "ARRAY['residents']::varchar[]",
        }
        if any(field.name == "resident" for field in model._meta.concrete_fields):
            common["resident_id"] = "r.id"
        source = (
            f"generate_series(1, {count}::bigint) AS n JOIN residents_resident AS r"
            f" ON r.id = 1 + n * {STEP} % {size.residents}"
        )
        with without_indexes(owner, model):
            insert(owner, model, source, common | columns)

    fill(
        Visit,
        "visit",
        mode="(ARRAY['home', 'home', 'home', 'phone', 'office'])[1 + (n / 7 % 5)::int]",
        purposes="ARRAY[(ARRAY['greeting', 'policy', 'care', 'safety'])[1 + (n / 3 % 4)::int]]",
        visitor="'李梅'",
        content="'询问近期生活情况，讲解医保缴费办法，已听明白。'",
    )
    fill(
        Assistance,
        "assistance",
        kind="(ARRAY['condolence', 'relief'])[1 + (n / 3 % 2)::int]",
        giver="'街道办事处'",
        amount="100 * (1 + n % 9)",
    )
    fill(Handout, "handout", material="'宣传单'", quantity="20 + n % 80")
    fill(
        Activity,
        "activity",
        title="'第' || n || '次活动'",
        kind="(ARRAY['publicity', 'meeting', 'culture'])[1 + (n / 3 % 3)::int]",
        participants="10 + n % 90",
    )
    decided = (
        f"date '{first_day()}' + (n * {days} / {int(size.records * SHARES['application'])})::int"
    )
    fill(
        Application,
        "application",
        kind="'medical_insurance'",
        state="'approved'",
        decided_on=decided,
    )
