"""The faults that script/planted plants, each with the few test files that should notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``old`` stands once in ``file`` and becomes ``new``; ``tests`` are those that should notice."""

    title: str
    file: str
    old: str
    new: str
    tests: str


FAULTS = (
    Fault(
        "a department sees facts of all others",
        "portal/records.py",
        'known |= models.Q(**{f"{cls.tags}__overlap": domains}, unit__in=units)',
        "known |= models.Q(unit__in=units)",
        "tests/ledgers/test_need_to_know.py",
    ),
    Fault(
        "row-level security is not forced",
        "portal/wall/ddl.py",
        "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "ENABLE ROW LEVEL SECURITY",
        "tests/wall/test_policies.py tests/wall/test_installer.py",
    ),
    Fault(
        "the wall lets everybody read",
        "portal/wall/ddl.py",
        'FOR SELECT TO :"web" USING ({reads})',
        'FOR SELECT TO :"web" USING (true)',
        "tests/wall/test_policies.py",
    ),
    Fault(
        "exempt tables leave no change log",
        "portal/wall/registry.py",
        "return self.wall.audited",
        "return False",
        "tests/wall/test_audit.py tests/wall/test_completeness.py",
    ),
    Fault(
        "a stale save is taken",
        "portal/wall/sql/rows.sql",
        "IF NEW.version IS DISTINCT FROM OLD.version THEN",
        "IF false THEN",
        "tests/wall/test_versions.py",
    ),
    Fault(
        "a form sent twice counts twice",
        "portal/middleware.py",
        'return found, found.location == "" and found.body_hash == body_hash',
        "return found, True",
        "tests/ledgers/test_concurrency.py",
    ),
    Fault(
        "half of a failed request stays",
        "portal/middleware.py",
        "                transaction.set_rollback(True)\n",
        "                pass\n",
        "tests/portal/test_requests.py",
    ),
    Fault(
        "a page that only reads may write",
        "portal/middleware.py",
        'cursor.execute("SET TRANSACTION READ ONLY")',
        'cursor.execute("SELECT 1")',
        "tests/portal/test_requests.py",
    ),
    Fault(
        "a mask shows six more digits",
        "portal/masks.py",
        "return _cover(number, 3, 4)\n    if len(number) >= 8",
        "return _cover(number, 9, 4)\n    if len(number) >= 8",
        "tests/portal/test_masks.py",
    ),
    Fault(
        "a NUL is stored",
        "portal/text.py",
        'if "\\0" in text:',
        "if False:",
        "tests/portal/test_text.py",
    ),
    Fault(
        "papers fetch what they name",
        "portal/pdf/fetcher.py",
        'raise FetchDenied("not one of our assets")',
        "return super().fetch(url, headers)",
        "tests/portal/test_pdf_safety.py",
    ),
    Fault(
        "one approves one's own export",
        "portal/exports/requests.py",
        ".exclude(requester=user)",
        "",
        "tests/exports/test_requests.py tests/exports/test_request_table.py",
    ),
    Fault(
        "pictures of any size are decoded",
        "portal/attachments/pictures.py",
        "MAX_PIXELS = 25_000_000",
        "MAX_PIXELS = 2_500_000_000",
        "tests/attachments/test_hostile_files.py",
    ),
    Fault(
        "a text becomes a formula",
        "portal/exports/xlsx.py",
        '"strings_to_formulas": False',
        '"strings_to_formulas": True',
        "tests/exports/test_lists.py tests/exports/test_neutral.py",
    ),
    Fault(
        "strangers may ask for ever",
        "portal/public_tries.py",
        "return cursor.fetchone()[0]",
        "return cursor.fetchone() is not None",
        "tests/servicecenter/test_public_status.py",
    ),
    Fault(
        "a sealed value opens in another column",
        "portal/crypto.py",
        "    return AESGCM(key)\n",
        "    from types import SimpleNamespace as Any\n\n"
        "    box = AESGCM(key)\n"
        '    seal, unseal = (lambda n, t, _: box.encrypt(n, t, b"")), (lambda n, t, _: box.decrypt(n, t, b""))\n'
        "    return Any(encrypt=seal, decrypt=unseal)\n",
        "tests/portal/test_crypto.py",
    ),
    Fault(
        "a term ends a day late",
        "servicecenter/clock.py",
        "return counted >= days and (days > 0",
        "return counted > days and (days > 0",
        "tests/servicecenter/test_clock.py",
    ),
    Fault(
        "guessing passwords never pauses",
        "portal/accounts/locking.py",
        "    if row.failures >= _limit(row.kind):",
        "    if row.failures >= 10**9:",
        "tests/portal/test_sign_in_locks.py",
    ),
    Fault(
        "a code opens twice",
        "portal/accounts/second_factor.py",
        "min_t=after + 1",
        "min_t=after",
        "tests/portal/test_second_factor.py",
    ),
    Fault(
        "an idle session goes on",
        "portal/accounts/sessions.py",
        'return IDLE if now - seen >= policy("idle_minutes") * 60 else ""',
        'return ""',
        "tests/portal/test_sessions.py",
    ),
    Fault(
        "full numbers are opened without count",
        "portal/unmasking/limits.py",
        "if len(looks) >= most and looks[most - 1] > now - span",
        "if False",
        "tests/unmasking/test_looks.py",
    ),
    Fault(
        "a file of a child opens without a reason",
        "portal/unmasking/children.py",
        "CHILD_UNDER = 14",
        "CHILD_UNDER = 4",
        "tests/unmasking/test_children.py",
    ),
    Fault(
        "a changed link of the log is not noticed",
        "portal/audit/proof.py",
        "if now is None or sha256(before + now).digest() != each.link:",
        "if False:",
        "tests/wall/test_chain.py",
    ),
    Fault(
        "one disposes of what one proposed",
        "portal/retention/services.py",
        "    if run.proposed_by_id == by.pk:\n        raise Denied(SAME)\n    today, units",
        "    today, units",
        "tests/retention/test_disposal.py",
    ),
    Fault(
        "what is kept goes a day early",
        "portal/retention/periods.py",
        "return today - timedelta(days=self.days)",
        "return today - timedelta(days=self.days - 1)",
        "tests/retention/test_disposal.py",
    ),
)
