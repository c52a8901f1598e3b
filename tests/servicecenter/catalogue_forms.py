"""What the forms of the catalogue send."""

import uuid


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def material_cells(*rows) -> dict:
    """(name, originals, copies, pk) as the form sends them."""
    cells = {"material_rows-count": len(rows)}
    for n, row in enumerate(rows):
        row = (*row, *("", "", "")[len(row) - 1 :]) if len(row) < 4 else row
        for column, value in zip(("name", "originals", "copies", "pk"), row, strict=False):
            cells[f"material_rows-{n}-{column}"] = value
    return cells


def version_fields(item, **fields):
    usual = {
        "item": item.pk,
        "starts_on": "2026-01-01",
        "kind": "promised",
        "level": "community",
        "applies_to": "persons",
        "promised_days": "5",
        "legal_days": "10",
        "fee": "不收费",
    }
    return usual | fields
