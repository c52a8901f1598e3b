"""Buildings of two entrances and six floors: most flats lived in, some let, some empty, a few shared."""

from datetime import date

from portal.bulk import load
from portal.demo.world import World, typed_at
from residents.enums import DwellingUse
from residents.models import Building, Dwelling

STREETS = ("春华路", "明珠街", "滨河路", "文昌巷", "桂花里", "建设路")
FLATS = 24
EMPTY = {7, 20}  # of the 24 of each building
SHOP = 0
SHARED = 30  # every so many households rent a room of the flat before


class Estate:
    """Hands out flats of each community in the order of its buildings."""

    def __init__(self, world: World):
        self.world = world
        self.buildings: list[Building] = []
        self.dwellings: list[Dwelling] = []
        self._free: dict[int, list[Dwelling]] = {}
        self._last: dict[int, Dwelling] = {}

    def flat(self, unit, number: int) -> Dwelling:
        """The flat of the household with that number; of some the one of the household before."""
        if number % SHARED == 0:
            shared = self._last[unit.pk]
            shared.use = DwellingUse.RENTED
            return shared
        free = self._free.setdefault(unit.pk, [])
        if not free:
            free += self._build(unit)
        flat = self._last[unit.pk] = free.pop(0)
        return flat

    def store(self) -> None:
        load(Building, self.buildings)
        for flat in self.dwellings:
            flat.building_id = flat.building.pk
        load(Dwelling, self.dwellings)

    def _build(self, unit) -> list[Dwelling]:
        random = self.world.random
        number = sum(building.unit_id == unit.pk for building in self.buildings) + 1
        name = f"{STREETS[number % len(STREETS)]}{number * 2}号{number}栋"
        building = Building(
            unit=unit,
            name=name,
            address=unit.name + name,
            grid=self.world.grids[unit.pk][number % len(self.world.grids[unit.pk])],
            floors=6,
            starts_on=date(random.randrange(1986, 2004), 6, 30),
            recorded_at=typed_at(date(2024, 1, 8)),
        )
        self.buildings.append(building)
        flats = [self._flat(building, place) for place in range(FLATS)]
        self.dwellings += flats
        return [f for f in flats if f.use not in (DwellingUse.BUSINESS, DwellingUse.VACANT)]

    def _flat(self, building, place) -> Dwelling:
        floor = place % 12 // 2 + 1
        use = DwellingUse.RENTED if self.world.random.random() < 0.12 else DwellingUse.OWN
        if place in EMPTY:
            use = DwellingUse.VACANT
        if place == SHOP:
            use = DwellingUse.BUSINESS
        return Dwelling(
            unit=building.unit,
            building=building,
            entrance=str(place // 12 + 1),
            floor=floor,
            room=f"{floor}0{place % 2 + 1}",
            use=use,
            area=self.world.random.randrange(4200, 13800) / 100,
            recorded_at=typed_at(date(2024, 1, 9)),
        )
