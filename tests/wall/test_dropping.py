"""Old months of the log: into a file that proves itself, then away; what is left is proven from there on."""

import json
import os
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from portal.audit import dropping, kept_file
from portal.audit.chain import heads_in, seal
from portal.audit.file_proof import OTHER, UNREADABLE, dropped_here, prove_file
from portal.audit.months import first_kept, present_months
from portal.audit.proof import (
    ANCHOR,
    CHANGED,
    CUT,
    EARLY,
    HEAD,
    LINK,
    MOVED,
    REMOVED,
    RETURNED,
    prove,
)
from portal.models import SecurityEvent
from portal.roles import Role
from tests import old_log
from tests.database import owner_connection
from tests.wallapp.models import Paper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def head_file(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "outside" / "heads.jsonl"
    return settings.AUDIT_HEAD_FILE


@pytest.fixture(autouse=True)
def months(tamper):
    """What a test leaves of old months goes with it."""
    yield
    connections["owner"].close()
    connections["default"].close()
    tamper("TRUNCATE audit.log, audit.chain, audit.head, audit.anchor")
    tamper("SELECT audit.drop_months(%s)", [first_kept()])


@pytest.fixture
def officers(make_user, community):
    """An auditor and a security administrator of the whole tree, by their names on the command line."""
    top = community.parent.parent or community.parent
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, top, "auditor")
    security = make_user(Role.SECURITY_ADMINISTRATOR, top, "security")
    return {"user": auditor.username, "approved_by": security.username}


@pytest.fixture
def write(community, acting):
    def some(*titles):
        with acting(community):
            return [Paper.objects.create(unit=community, title=title) for title in titles]

    return some


@pytest.fixture
def age(tamper):
    """``age(years)``: what is not sealed yet was written then, honestly as far as the chain can tell."""

    def back(years, sealed=True):
        old_log.age(tamper, years, sealed=sealed)

    return back


@pytest.fixture
def old(officers, write, age):
    """Five papers of five years ago and one of today."""
    write(*"abcde")
    age(5)
    write("today")
    seal()
    return officers


@pytest.fixture
def late(old, write, tamper):
    """An entry of five years ago that was sealed after one of today, by a transaction that took its time."""
    write("late")
    tamper(
        "UPDATE audit.log SET at = %s WHERE id = (SELECT max(id) FROM audit.log)",
        [f"{datetime.now(UTC).year - 5}-{datetime.now(UTC).month:02d}-01 10:00+00"],
    )
    tamper(f"UPDATE audit.log SET hash = {old_log.DIGEST} WHERE at < now() - interval '1 day'")
    seal()
    tamper("UPDATE audit.head SET at = at - interval '5 years' WHERE at > now() - interval '1 day'")
    write("after")
    seal()
    return old


def drop(path, officers, **more):
    call_command("audit", "drop-older", out=path, **officers, **more)


def kinds(proof):
    return {fault.what for fault in proof.faults}


def papers(ask):
    return ask("SELECT count(*) FROM audit.log WHERE table_name = 'wallapp_paper'").fetchone()[0]


def old_ones(ask):
    return ask("SELECT count(*) FROM audit.log WHERE at < now() - interval '1 day'").fetchone()[0]


@pytest.fixture
def file(late, tmp_path):
    """A file of what was dropped; those who read it know the heads outside."""
    path = tmp_path / "older.jsonl"
    drop(path, late)
    return path


def test_old_months_go_into_a_file_and_the_rest_is_proven(
    late, tmp_path, tamper, head_file, capsys
):
    path = tmp_path / "older.jsonl"
    assert papers(tamper) == 8
    gone = old_ones(tamper)
    drop(path, late)
    told = capsys.readouterr().out
    assert "重新读出校验无误" in told
    assert f"已清除 1 个月、{gone} 条" in told
    assert told.rstrip().endswith("完好。")
    assert papers(tamper) == 2
    assert min(present_months()) == datetime.now(UTC).date().replace(day=1)
    assert path.stat().st_mode & 0o777 == 0o600
    titles = [json.loads(line).get("row", "") for line in path.read_text().splitlines()]
    assert [any(f'""title"": ""{t}""' in row for row in titles) for t in "abcde"] == [True] * 5
    event = SecurityEvent.objects.get(kind=SecurityEvent.Kind.AUDIT_DROPPED)
    proof = prove_file(path, heads_in(head_file) + dropped_here())
    assert proof.holds
    assert proof.compared >= 3
    assert (event.rows, event.by.username) == (gone, late["user"])
    assert proof.sha256 in event.detail
    assert "批准：security" in event.detail
    call_command("audit", "verify", file=path)
    assert f"共 {gone} 条" in capsys.readouterr().out
    seal()
    call_command("audit", "verify")


def test_months_go_one_after_the_other(late, tmp_path, tamper, write, age, head_file):
    today = datetime.now(UTC)
    drop(tmp_path / "one", late, before=f"{today.year - 4}-{today.month:02d}")
    write("four")
    age(4)
    write("last")
    seal()
    drop(tmp_path / "two", late)
    assert papers(tamper) == 3  # today, after, last
    assert prove(heads_in(head_file)).holds
    proof = prove_file(tmp_path / "two", heads_in(head_file) + dropped_here())
    assert proof.faults == []
    assert (proof.first.year, proof.last.year) == (today.year - 4, today.year - 4)
    assert prove_file(tmp_path / "one", heads_in(head_file) + dropped_here()).holds
    drop(tmp_path / "three", late)  # nothing is left to go
    assert not (tmp_path / "three").exists()


# --- tampering with the file --------------------------------------------------------------------
def rows(lines):
    return [n for n, line in enumerate(lines) if b"wallapp_paper" in line]


def changed(lines, n):
    lines[n] = lines[n].replace(b"wallapp_paper", b"wallapp_other")


def removed(lines, n):
    del lines[n]


def swapped(lines, n):
    lines[n], lines[n - 1] = lines[n - 1], lines[n]


def contents_swapped(lines, n):
    one, two = json.loads(lines[n]), json.loads(lines[n - 1])
    one["row"], two["row"] = two["row"], one["row"]
    lines[n], lines[n - 1] = (
        json.dumps(x, ensure_ascii=False).encode() + b"\n" for x in (one, two)
    )


def link_changed(lines, n):
    line = json.loads(lines[n])
    lines[n] = lines[n].replace(line["link"].encode(), b"00" * 32)


def cut(lines, n):
    del lines[n:]


def spoilt(lines, n):
    lines[n] = lines[n][:-10] + b"\n"


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (changed, CHANGED),
        (removed, REMOVED),
        (swapped, MOVED),
        (contents_swapped, MOVED),
        (link_changed, LINK),
        (cut, CUT),
        (spoilt, UNREADABLE),
    ],
)
def test_each_way_of_tampering_with_the_file_is_named(act, what, file, head_file):
    lines = file.read_bytes().splitlines(keepends=True)
    n = rows(lines)[2]
    position = json.loads(lines[n])["position"]
    act(lines, n)
    file.write_bytes(b"".join(lines))
    alone = prove_file(file)
    assert what in kinds(alone)
    if what is not UNREADABLE:
        assert {position, position - 1} & {f.position for f in alone.faults if f.what == what}
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", file=file)
    assert refusal.value.returncode == 1


def test_a_late_entry_taken_out_with_the_count_is_found_by_what_is_known_elsewhere(file, head_file):
    lines = file.read_bytes().splitlines(keepends=True)
    n = next(n for n, line in enumerate(lines) if b'"previous"' in line)
    del lines[n]
    end = json.loads(lines[-1])
    lines[-1] = json.dumps(end | {"end": end["end"] - 1}).encode()
    file.write_bytes(b"".join(lines))
    assert prove_file(file).holds  # nothing in the file tells
    assert kinds(prove_file(file, dropped_here())) == {OTHER}
    assert kinds(prove_file(file, heads_in(head_file))) == {OTHER}


def test_a_file_made_anew_disagrees_with_the_heads_outside(file, head_file):
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    link = bytes.fromhex(lines[0]["link"])
    for line in lines[1:-1]:
        if "previous" in line:
            continue
        row = line["row"] = line["row"].replace("wallapp_paper", "wallapp_other")
        link = sha256(link + sha256(row.encode()).digest()).digest()
        line["link"] = link.hex()
    lines[-1]["link"] = link.hex()
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    assert prove_file(file).holds
    assert HEAD in kinds(prove_file(file, [h for h in heads_in(head_file) if not h.file]))


def test_a_file_that_nothing_speaks_of_is_not_called_whole(file, head_file, tamper):
    tamper("TRUNCATE audit.anchor")
    head_file.unlink()
    with pytest.raises(CommandError, match="不能认定是原件"):
        call_command("audit", "verify", file=file)


@pytest.mark.parametrize("content", [b"", b"x\n", b'{"kind": "other"}\n', b"[]\n"])
def test_other_files_are_wrong_use(content, tmp_path, officers):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", file=path)
    assert refusal.value.returncode == 2


# --- refusals: nothing is dropped -----------------------------------------------------------------
def refused(path, officers, match, ask, **more):
    before = old_ones(ask)
    with pytest.raises(CommandError, match=match) as refusal:
        drop(path, officers, **more)
    assert refusal.value.returncode in {1, 2}
    assert old_ones(ask) == before
    assert ask("SELECT count(*) FROM audit.anchor").fetchone() == (0,)
    assert not path.exists()


def test_nothing_within_the_years_of_the_policy(old, tmp_path, tamper):
    today = datetime.now(UTC).date()
    young = f"{first_kept().year + (today.month == 12)}-{today.month % 12 + 1:02d}"
    refused(tmp_path / "f", old, "安全策略“操作日志至少保存”", tamper, before=young)
    refused(tmp_path / "f", old, "年和月", tamper, before="2019/1")
    with pytest.raises(Exception, match="not to be dropped"):
        tamper("SELECT audit.drop_months(%s)", [f"{young}-01"])


def test_two_persons_of_the_whole_tree(old, make_user, community, tmp_path, tamper):
    path = tmp_path / "f"
    same = {**old, "approved_by": old["user"]}
    refused(path, same, "不能批准自己", tamper)
    head = make_user(Role.COMMUNITY_HEAD, community, "head")
    refused(path, {**old, "user": head.username}, "审计管理员", tamper)
    near = make_user(Role.SECURITY_ADMINISTRATOR, community, "near")
    refused(path, {**old, "approved_by": near.username}, "全部单位", tamper)
    refused(path, {**old, "user": "nobody"}, "没有在用的用户", tamper)


def test_a_log_that_does_not_hold(old, tmp_path, tamper):
    tamper("UPDATE audit.log SET actor = 'user:9' WHERE at < now() - interval '1 day'")
    refused(tmp_path / "f", old, "校验发现 [0-9]+ 处问题", tamper)


def test_what_was_sealed_lately_is_not_old_whatever_its_clock_said(
    officers, write, age, tmp_path, tamper
):
    write("first")
    seal()
    write("x")
    age(5, sealed=False)
    refused(tmp_path / "f", officers, "时钟曾经不准", tamper)


def test_a_file_that_is_not_what_was_written(old, tmp_path, tamper, monkeypatch):
    """The disk lies: what is read back is not what the chain says."""
    honest = kept_file.write

    def lying(path, lines):
        unfinished = honest(path, lines)
        unfinished.write_bytes(
            unfinished.read_bytes().replace(b"wallapp_paper", b"wallapp_p?per", 1)
        )
        return unfinished

    monkeypatch.setattr(kept_file, "write", lying)
    refused(tmp_path / "f", old, "校验不符", tamper)


def test_places_that_take_no_file(old, tmp_path, tamper):
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(CommandError, match="不会覆盖"):
        drop(taken, old)
    assert taken.read_text() == "x"
    refused(tmp_path / "none" / "f", old, "没有目录", tamper)
    refused(tmp_path / ("x" * 250), old, "写不了", tamper)


def test_without_heads_outside(old, tmp_path, tamper, settings):
    outside = tmp_path / "folder"
    outside.mkdir()
    settings.AUDIT_HEAD_FILE = outside
    refused(tmp_path / "f", old, "AUDIT_HEAD_FILE", tamper)


def test_what_comes_between_export_and_drop(old, tmp_path, tamper, monkeypatch):
    named = kept_file.name

    def then(unfinished, path):
        named(unfinished, path)
        tamper(
            "INSERT INTO audit.log (id, at, actor, table_name, row_id, op, unit_ids, hash)"
            " VALUES (-1, '2019-01-01', 'user:9', 'x', 1, 'insert', '{}', '')"
        )

    monkeypatch.setattr(kept_file, "name", then)
    with pytest.raises(CommandError, match="又有"):
        drop(tmp_path / "f", old)
    assert tamper("SELECT count(*) FROM audit.anchor").fetchone() == (0,)
    assert papers(tamper) == 6


def test_a_long_write_is_not_waited_for(old, tmp_path, tamper, monkeypatch):
    monkeypatch.setattr(dropping, "WAIT", "200ms")
    with owner_connection(connections["default"].settings_dict["NAME"]) as slow:
        slow.execute("BEGIN")
        slow.execute("UPDATE wallapp_paper SET title = 'slow'")
        with pytest.raises(CommandError, match="夜间"):
            drop(tmp_path / "f", old)
        slow.execute("ROLLBACK")
    assert papers(tamper) == 6
    drop(tmp_path / "g", old)
    assert papers(tamper) == 1


# --- tampering after it ---------------------------------------------------------------------------
def test_an_entry_that_comes_back_is_told(file, tamper, head_file):
    line = next(json.loads(line) for line in file.read_text().splitlines() if "previous" in line)
    tamper(
        "INSERT INTO audit.log SELECT (jsonb_populate_record(NULL::audit.log, jsonb_build_object("
        "'id', c.id, 'at', c.at, 'txid', 1, 'actor', 'user:9', 'table_name', 'x', 'row_id', 1,"
        " 'op', 'insert', 'unit_ids', '{}', 'hash', ''))).* FROM audit.chain c WHERE position = %s",
        [line["position"]],
    )
    tamper(
        "INSERT INTO audit.log (id, at, actor, table_name, row_id, op, unit_ids, hash)"
        " VALUES (-1, '2019-01-01', 'user:9', 'x', 1, 'insert', '{}', '')"
    )
    found = [fault.entry for fault in prove(heads_in(head_file)).faults if fault.what == RETURNED]
    assert len(found) == 2
    assert -1 in found


def test_a_drop_that_nobody_outside_knows_of_is_told(old, tamper, head_file):
    """Whoever owns the database takes away what speaks against him, and calls it a drop."""
    tamper(
        "INSERT INTO audit.anchor SELECT position, link, '2015-01-01', '{}', now(), id"
        " FROM audit.chain WHERE position = 3"
    )
    tamper("DELETE FROM audit.log l USING audit.chain c WHERE c.id = l.id AND c.position <= 3")
    tamper("DELETE FROM audit.chain WHERE position <= 3")
    assert kinds(prove(heads_in(head_file))) == {ANCHOR}


def test_an_anchor_that_was_changed_is_told(file, tamper, head_file):
    heads = heads_in(head_file)
    tamper("UPDATE audit.anchor SET dropped_before = current_date")
    assert {ANCHOR, EARLY} <= kinds(prove(heads))
    tamper("UPDATE audit.anchor SET link = sha256('x')")
    assert HEAD in kinds(prove(heads))


def test_a_boundary_that_was_changed_is_told(file, tamper, head_file):
    tamper("UPDATE audit.anchor SET boundary = '{}'")
    assert kinds(prove(heads_in(head_file))) == {REMOVED}


def test_the_file_is_flushed_before_anything_goes(old, tmp_path, monkeypatch, tamper):
    """A full disk at the last moment: the log is untouched and no file is left."""

    def full(handle):
        raise OSError(28, "No space left on device")

    seal()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left"):
        drop(tmp_path / "f", old)
    monkeypatch.undo()
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []
    assert papers(tamper) == 6
