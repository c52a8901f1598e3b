"""What every measure is given: the databases, by size, and how often it may repeat."""

from dataclasses import dataclass

from tests.bench.building import database_of, written_copy
from tests.bench.cluster import Databases
from tests.bench.data.sizes import Size


@dataclass(frozen=True)
class World:
    databases: Databases
    size: Size
    small: bool

    @property
    def full(self) -> str:
        """The database of the asked size; read only, as it is kept."""
        return database_of(self.databases, self.size)

    @property
    def tenth(self) -> str:
        """The same units and residents with a tenth of the records."""
        return database_of(self.databases, self.size.tenth)

    @property
    def tiny(self) -> str:
        return database_of(self.databases, self.size.tiny)

    def written(self) -> str:
        """A fresh copy of the one with a tenth of the records, for what writes."""
        return written_copy(self.databases, self.tenth)

    def often(self, full: int, small: int) -> int:
        return small if self.small else full
