"""What a merge did to the rows that refer to the two records; kept, so that it can be undone."""

from collections import defaultdict
from collections.abc import Iterable

from residents.duplicates.references import Reference, reference_of


class Hands:
    """Rows that changed hands, went to the recycle bin, or both."""

    def __init__(self):
        self._rows: dict[tuple[str, int], dict] = {}

    def note(self, reference: Reference, keys: Iterable[int], *, binned=False, moved=False) -> None:
        """Before it is done: the versions that the rows still have are kept too."""
        before = versions((reference.key, pk) for pk in keys)
        for row, version in before.items():
            what = self._rows.setdefault(row, {"binned": False, "moved": False, "was": version})
            what["binned"] |= binned
            what["moved"] |= moved

    def kept(self) -> list[dict]:
        """As the merge stores them: with the versions that the rows have now."""
        now = versions(self._rows)
        return [
            {"reference": key, "pk": pk, "version": now.get((key, pk)), **what}
            for (key, pk), what in self._rows.items()
        ]


def versions(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The present version of each row, by (reference, key); none for a row that is gone."""
    wanted = defaultdict(list)
    for key, pk in rows:
        wanted[key].append(pk)
    found = {}
    for key, keys in wanted.items():
        reference = reference_of(key)
        if reference is None:
            continue
        rows = reference.model._base_manager.filter(pk__in=keys)
        found |= {(key, pk): version for pk, version in rows.values_list("pk", "version")}
    return found
