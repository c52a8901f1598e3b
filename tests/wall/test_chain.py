"""The chain over the change log: whoever owns the log may touch it, and the proof names the entry."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from portal.audit.chain import heads_in, present_head, seal
from portal.audit.jobs import prove_and_keep
from portal.audit.months import following, make_ahead, next_is_missing, present_months
from portal.audit.proof import CHANGED, CUT, GAP, HEAD, INSERTED, LINK, MOVED, REMOVED, prove
from portal.models import AuditCheck
from portal.running import auditing
from portal.running.declare import Level
from portal.wall import install
from tests.database import others_have_ended, owner_connection
from tests.wallapp.models import Paper

kept = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def head_file(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "audit" / "heads.jsonl"
    return settings.AUDIT_HEAD_FILE


@pytest.fixture
def papers(community, acting):
    """Twelve papers, sealed six and six, and one more."""
    made = []
    for _ in range(2):
        with acting(community):
            made += Paper.objects.bulk_create(Paper(unit=community, title=str(n)) for n in range(6))
        seal()
    with acting(community):
        made += [Paper.objects.create(unit=community, title="last")]
    seal()
    return made


@pytest.fixture
def settled(papers, acting):
    """The ids up to the first sealing were settled by a later one."""
    others_have_ended()
    with acting(papers[0].unit):
        Paper.objects.create(unit=papers[0].unit, title="later")
    seal()


@pytest.fixture
def entry_of(tamper):
    """(id, position) of the entry that tells of a paper's making."""

    def find(paper):
        return tamper(
            "SELECT l.id, c.position FROM audit.log l JOIN audit.chain c USING (id, at)"
            " WHERE table_name = 'wallapp_paper' AND row_id = %s",
            [paper.pk],
        ).fetchone()

    return find


def told(proof):
    return [(fault.what, fault.entry) for fault in proof.faults]


@kept
def test_an_untouched_log_is_proven_and_its_head_is_outside(papers, head_file, capsys):
    call_command("audit", "verify")
    assert "完好。" in capsys.readouterr().out
    heads = heads_in(head_file)
    assert heads[-1] == present_head()
    assert [head.count for head in heads] == sorted({head.count for head in heads})
    assert seal() == 1  # what the check itself left
    seal()
    assert len(heads_in(head_file)) == len(heads) + 1  # nothing new, no new line
    check = AuditCheck.objects.get()
    assert (check.faults, check.with_head) == ([], True)
    assert check.entries == heads[-1].count


@kept
def test_a_changed_entry_is_named(papers, entry_of, tamper, head_file, capsys):
    entry, _ = entry_of(papers[3])
    tamper('UPDATE audit.log SET after = after || \'{"title": "x"}\' WHERE id = %s', [entry])
    assert told(prove()) == [(CHANGED, entry)]
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", head=head_file)
    assert refusal.value.returncode == 1
    assert f"日志第 {entry} 号（wallapp_paper {papers[3].pk}）" in capsys.readouterr().out
    assert len(AuditCheck.objects.get().faults) == 1


@kept
@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:9'",
        "row_id = 9",
        "txid = 9",
        "request = NULL",
        "op = 'delete'",
        "unit_ids = '{}'",
    ],
)
def test_each_part_of_an_entry_is_within_its_hash(change, papers, entry_of, tamper):
    entry, _ = entry_of(papers[0])
    tamper(f"UPDATE audit.log SET {change} WHERE id = %s", [entry])
    assert told(prove()) == [(CHANGED, entry)]


@kept
def test_an_entry_changed_together_with_its_hash_is_named(papers, entry_of, tamper):
    entry, _ = entry_of(papers[0])
    tamper("UPDATE audit.log SET actor = 'user:9' WHERE id = %s", [entry])
    tamper(
        "UPDATE audit.log SET hash = audit.digest(id, at, txid, actor, request, address, reason,"
        " table_name, row_id, op, unit_ids, before, after) WHERE id = %s",
        [entry],
    )
    assert told(prove()) == [(LINK, entry)]


@kept
def test_an_entry_changed_before_it_was_sealed_is_named(community, acting, tamper):
    with acting(community):
        paper = Paper.objects.create(unit=community, title="x")
    tamper("UPDATE audit.log SET actor = 'user:9' WHERE table_name = 'wallapp_paper'")
    seal()
    [fault] = prove().faults
    assert (fault.what, fault.about) == (CHANGED, f"wallapp_paper {paper.pk}")


@kept
def test_a_removed_entry_is_named(papers, entry_of, tamper):
    entry, _ = entry_of(papers[5])
    tamper("DELETE FROM audit.log WHERE id = %s", [entry])
    assert told(prove()) == [(REMOVED, entry)]


@kept
def test_an_entry_removed_with_its_link_leaves_a_gap(papers, entry_of, tamper):
    entry, position = entry_of(papers[5])
    tamper("DELETE FROM audit.log WHERE id = %s", [entry])
    tamper("DELETE FROM audit.chain WHERE id = %s", [entry])
    assert (GAP, position) in [(fault.what, fault.position) for fault in prove().faults]


@kept
def test_an_inserted_entry_is_named_and_never_sealed(papers, settled, entry_of, tamper):
    entry, _ = entry_of(papers[0])
    tamper("DELETE FROM audit.log WHERE id = %s", [entry])
    tamper(
        "INSERT INTO audit.log (id, actor, table_name, row_id, op, unit_ids, hash)"
        " VALUES (%s, 'user:9', 'wallapp_paper', 9, 'insert', '{}', '')",
        [entry],
    )
    seal()
    assert told(prove()) == [(REMOVED, entry), (INSERTED, entry)]


@kept
def test_entries_that_changed_places_are_named(papers, entry_of, tamper):
    (one, _), (two, _) = entry_of(papers[1]), entry_of(papers[4])
    tamper("UPDATE audit.log SET id = -1 WHERE id = %s", [one])
    tamper("UPDATE audit.log SET id = %s WHERE id = %s", [one, two])
    tamper("UPDATE audit.log SET id = %s WHERE id = -1", [two])
    tamper("UPDATE audit.chain SET at = l.at FROM audit.log l WHERE l.id = chain.id")
    assert told(prove()) == [(MOVED, one), (MOVED, two)]


@kept
def test_links_that_changed_places_are_named(papers, entry_of, tamper):
    (one, first), (two, second) = entry_of(papers[1]), entry_of(papers[4])
    tamper("UPDATE audit.chain SET position = -1 WHERE position = %s", [first])
    tamper("UPDATE audit.chain SET position = %s WHERE position = %s", [first, second])
    tamper("UPDATE audit.chain SET position = %s WHERE position = -1", [second])
    found = told(prove())
    assert {entry for _, entry in found} >= {one, two}


@kept
def test_a_tail_cut_off_with_its_links_and_heads_is_found_by_the_head_outside(
    papers, tamper, head_file
):
    heads = heads_in(head_file)
    last = heads[-1]
    for statement in (
        "DELETE FROM audit.log USING audit.chain c WHERE c.id = log.id AND c.position > %s",
        "DELETE FROM audit.chain WHERE position > %s",
        "DELETE FROM audit.head WHERE count > %s",
    ):
        tamper(statement, [heads[-2].count])
    assert prove().holds  # the database alone knows nothing of it
    [fault] = prove(heads).faults
    assert (fault.what, fault.position, fault.entry) == (CUT, last.count, last.last_id)


@kept
def test_a_chain_made_anew_disagrees_with_the_heads_outside(papers, tamper, head_file):
    heads = heads_in(head_file)
    tamper("UPDATE audit.log SET actor = 'user:9' WHERE table_name = 'wallapp_paper'")
    tamper(
        "UPDATE audit.log SET hash = audit.digest(id, at, txid, actor, request, address, reason,"
        " table_name, row_id, op, unit_ids, before, after)"
    )
    tamper("TRUNCATE audit.chain, audit.head")
    tamper("SELECT audit.seal()")
    assert prove().holds
    assert HEAD in {fault.what for fault in prove(heads).faults}


@kept
def test_what_is_still_open_is_sealed_when_it_ends(community, acting, papers):
    """Its ids lie below those of others, which were sealed before it."""
    database = connections["default"].settings_dict["NAME"]
    with owner_connection(database) as slow:
        slow.execute("BEGIN")
        slow.execute("UPDATE wallapp_paper SET title = 'slow' WHERE title = '0'")
        with acting(community):
            Paper.objects.create(unit=community, title="quick")
        assert seal() == 1
        for _ in range(3):
            with acting(community):
                Paper.objects.create(unit=community, title="quick")
            seal()
        slow.execute("COMMIT")
    assert seal() == 2
    proof = prove()
    assert (proof.faults, proof.waiting) == ([], 0)


@kept
def test_a_restored_database_whose_transactions_count_anew_goes_on(
    papers, tamper, acting, community
):
    tamper("UPDATE audit.head SET horizon = horizon + 1000000000")
    for _ in range(2):
        with acting(community):
            Paper.objects.create(unit=community, title="after")
        assert seal() == 1
    assert prove().holds


@kept
def test_a_line_cut_off_in_the_head_file_is_passed_over(papers, head_file):
    with head_file.open("a") as file:
        file.write('{"count": 1')
    assert heads_in(head_file)[-1] == present_head()


def test_a_missing_head_file_is_wrong_use(db, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", head=tmp_path / "none")
    assert refusal.value.returncode == 2


FORBIDDEN = [
    "INSERT INTO audit.chain VALUES (1, 1, now(), '')",
    "UPDATE audit.chain SET link = ''",
    "DELETE FROM audit.chain",
    "SELECT * FROM audit.chain",
    "UPDATE audit.head SET link = ''",
    "DELETE FROM audit.head",
    "TRUNCATE audit.chain",
    "INSERT INTO audit.anchor VALUES (1, '', now(), '{}')",
    "UPDATE audit.log_rest SET actor = 'x'",
    "SELECT * FROM audit.log_rest",
    "SELECT audit.make_month('2020-01-01')",
    "SELECT audit.drop_months('2020-01-01')",
    "SELECT * FROM audit.older('2020-01-01', 3)",
    "DELETE FROM audit.anchor",
    "ALTER TABLE audit.log DETACH PARTITION audit.log_rest",
    "CREATE OR REPLACE FUNCTION audit.seal(integer) RETURNS integer LANGUAGE sql AS 'SELECT 0'",
    "UPDATE portal_securityevent SET detail = ''",
    "DELETE FROM portal_securityevent",
    "DELETE FROM portal_auditcheck",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_web_role_may_not(statement, acting, community, sql):
    refusal = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with acting(community), refusal, transaction.atomic():
        sql(statement)


# --- months -------------------------------------------------------------------------------------
def test_months_stand_ready_and_one_that_is_missing_is_noticed(db):
    present = present_months()
    today = datetime.now(UTC).date()
    assert present == [today.replace(day=1), *map(following, present[:-1])]
    assert len(present) == 4
    assert make_ahead() == 0
    assert not next_is_missing(present, today)
    assert next_is_missing(present, present[-1])
    assert following(date(2026, 12, 31)) == date(2027, 1, 1)


@kept
def test_entries_without_a_month_wait_and_move_when_it_is_made(papers, tamper):
    month = datetime.now(UTC).date().replace(day=1)
    tamper(f"ALTER TABLE audit.log DETACH PARTITION audit.log_{month:%Y_%m}")
    tamper(f"INSERT INTO audit.log SELECT * FROM audit.log_{month:%Y_%m}")
    tamper(f"DROP TABLE audit.log_{month:%Y_%m}")
    waiting = tamper("SELECT count(*) FROM audit.log_rest").fetchone()[0]
    assert waiting >= len(papers)
    assert make_ahead() == 1
    assert tamper("SELECT count(*) FROM audit.log_rest").fetchone()[0] == 0
    assert tamper(f"SELECT count(*) FROM audit.log_{month:%Y_%m}").fetchone()[0] == waiting
    assert prove().holds


def test_a_line_of_the_head_file_tells_count_entry_link_and_time(acting, community, head_file):
    with acting(community):
        Paper.objects.create(unit=community, title="x")
    seal()
    [line] = head_file.read_text().splitlines()
    assert set(json.loads(line)) == {"count", "last_id", "link", "at"}


OLD_LOG = """
ALTER TABLE audit.log RENAME TO log_new;
ALTER INDEX audit.log_pkey RENAME TO log_new_pkey;
ALTER INDEX audit.log_of_row RENAME TO log_new_of_row;
ALTER INDEX audit.log_by_writing RENAME TO log_new_by_writing;
CREATE TABLE audit.log (
  id bigint PRIMARY KEY, at timestamptz NOT NULL, txid bigint NOT NULL, actor text NOT NULL, request text,
  table_name text NOT NULL, row_id bigint NOT NULL, op text NOT NULL, unit_ids bigint[] NOT NULL,
  before jsonb, after jsonb, reason text
);
CREATE INDEX log_of_row ON audit.log (table_name, row_id, id);
CREATE INDEX log_by_writing ON audit.log USING brin (txid);
INSERT INTO audit.log SELECT id, at, txid, actor, request, table_name, row_id, op,
  unit_ids, before, after, reason FROM audit.log_new;
UPDATE audit.log SET at = at - interval '5 months' WHERE id % 2 = 0;
DROP TABLE audit.log_new CASCADE;
"""


@kept
def test_the_log_of_an_earlier_release_is_carried_over_whole(community, acting, tamper):
    with acting(community):
        for n in range(6):
            Paper.objects.create(unit=community, title=str(n))
    parts = "id, at, txid, actor, request, table_name, row_id, op, unit_ids, before, after, reason"
    log = install._with_roles((install.SQL / "log.sql").read_text())
    tamper("BEGIN")
    tamper("ALTER TABLE audit.log ALTER id DROP DEFAULT")
    for statement in OLD_LOG.split(";\n"):
        if statement.strip():
            tamper(statement)
    before = tamper(f"SELECT {parts} FROM audit.log ORDER BY id").fetchall()
    tamper("RESET ROLE")
    tamper(log)
    assert tamper(f"SELECT {parts} FROM audit.log ORDER BY id").fetchall() == before
    rests = "SELECT (SELECT count(*) FROM audit.log_rest), to_regclass('audit.log_before')"
    assert tamper(rests).fetchone() == (0, None)
    assert len(tamper("SELECT audit.months()").fetchall()) == 5
    tamper("SELECT audit.seal()")
    wrong = "SELECT count(*) FROM audit.links(0, 100) WHERE now IS DISTINCT FROM written"
    assert tamper(wrong).fetchone() == (0,)
    assert tamper("SELECT count(*) FROM audit.chain").fetchone() == (len(before),)
    tamper("ROLLBACK")


@kept
def test_the_doctor_tells_of_a_lost_seal_and_of_faults(papers, entry_of, tamper):
    assert auditing.months().is_good
    assert auditing.sealing().is_good
    assert auditing.proof().level == Level.WARN  # never proven
    prove_and_keep("command:audit")
    assert auditing.proof().is_good
    tamper("UPDATE audit.log SET actor = 'user:9' WHERE id = %s", [entry_of(papers[0])[0]])
    prove_and_keep("command:audit")
    assert auditing.proof().level == Level.BAD
    tamper(
        "UPDATE audit.log SET at = at - interval '11 minutes' WHERE id = (SELECT max(id) FROM audit.log)"
    )
    assert auditing.sealing().level == Level.WARN
