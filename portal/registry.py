"""What the apps declare, found by autodiscovery and kept under a code."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules

T = TypeVar("T")


class Registry(Generic[T]):
    """Declarations of one kind by their code, in the order of the installed apps.

    ``module`` names the file of each app that is imported at the first question.
    """

    def __init__(self, module: str):
        self.module = module
        self._found: dict[str, T] = {}
        self._discovered = False

    def add(self, code: str, declaration: T) -> T:
        if code in self._found:
            raise ImproperlyConfigured(f"{self.module}: {code!r} is declared twice")
        self._found[code] = declaration
        return declaration

    def _all(self) -> dict[str, T]:
        if not self._discovered:
            autodiscover_modules(self.module)
            self._discovered = True
        return self._found

    def so_far(self, code: str) -> T | None:
        """What the modules that were imported by now declare; asking imports none."""
        return self._found.get(code)

    def get(self, code: str) -> T | None:
        return self._all().get(code)

    def __getitem__(self, code: str) -> T:
        return self._all()[code]

    def __contains__(self, code: str) -> bool:
        return code in self._all()

    def __iter__(self) -> Iterator[T]:
        return iter(self._all().values())

    def __len__(self) -> int:
        return len(self._all())
