"""Assistive devices: what comes into the store, who needs and has one, who was shown its use."""

from datetime import date

from disability.models import DeviceCase, DeviceEntry, DeviceKind, DeviceStock, DeviceTraining

DAY = date(2025, 3, 10)


def kind(name="手动轮椅") -> DeviceKind:
    """An entry of the catalogue that every installation has."""
    return DeviceKind.objects.get(name=name)


def entry(unit, quantity=5, name="手动轮椅", **fields) -> DeviceEntry:
    fields = {"occurred_on": DAY, "kind": kind(name)} | fields
    return DeviceEntry.objects.create(unit=unit, quantity=quantity, **fields)


def case(person, name="手动轮椅", **fields) -> DeviceCase:
    fields = {"occurred_on": DAY, "kind": kind(name), "unit": person.unit} | fields
    return DeviceCase.objects.create(resident=person, **fields)


def training(person, name="盲杖", **fields) -> DeviceTraining:
    fields = {"occurred_on": DAY, "kind": kind(name), "trainer": "陈老师"} | fields
    return DeviceTraining.objects.create(unit=person.unit, resident=person, **fields)


def one_of_each(person) -> dict:
    """A row of every ledger of these by its slug."""
    return {
        "device-entries": entry(person.unit, source="区残联"),
        "device-cases": case(
            person, state="on_loan", issued_on=DAY, due_back_on=date(2025, 9, 10), from_stock=True
        ),
        "device-trainings": training(person),
        "device-stock": DeviceStock.objects.get(unit=person.unit),
    }
