"""Residents with sealed numbers, their spells, households and care tags; and the best table to look them up in."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from psycopg import sql

from tests.bench.data.inserting import insert, without_indexes
from tests.bench.data.sizes import Size
from tests.bench.data.units import DISTRICT, Places

SEED = 20250101
MEMBERS = 3  # of each household
FIRST_BIRTH = date(1935, 1, 1)
BIRTHS = 31_000  # days
STAGED = {
    "id": "bigint",
    "unit_id": "bigint",
    "name": "text",
    "pinyin": "text",
    "name_keys": "text",
    "id_number": "text",
    "id_hash": "text",
    "id_tail_hash": "text",
    "id_twin_hash": "text",
    "sex": "smallint",
    "born_on": "date",
    "phone": "text",
    "phone_hash": "text",
    "phone_tail_hash": "text",
    "address": "text",
}


def community_of(person: int, size: Size) -> int:
    """The place of the community in the row of all; households stay together, communities too."""
    household, households = (person - 1) // MEMBERS, size.residents // MEMBERS + 1
    return household * size.communities // households


def rows(size: Size, places: Places) -> Iterator[tuple]:
    from portal.crypto import encrypt, keyed_hash
    from portal.pinyin import name_keys
    from residents.demo.names import FEMALE, MALE, SURNAMES
    from residents.id_numbers import check_character, twin_key

    random, known = Random(SEED), {}
    for person in range(1, size.residents + 1):
        sex = 1 + person % 2
        given = MALE if sex == 1 else FEMALE
        length = 1 if random.random() < 0.18 else 2
        name = random.choice(SURNAMES) + "".join(random.choice(given) for _ in range(length))
        if name not in known:
            known[name] = name_keys(name)
        keys = known[name]
        born_on = FIRST_BIRTH + timedelta(days=person * 37 % BIRTHS)
        first = f"{DISTRICT}{born_on:%Y%m%d}{2 * (person // BIRTHS) + sex % 2:03d}"
        number = first + check_character(first)
        phone = f"199{person:08d}"
        yield (
            person,
            places.communities[community_of(person, size)],
            name,
            keys.pinyin,
            keys.search,
            encrypt(number, b"field:id"),
            keyed_hash(number, "id"),
            keyed_hash(number[-4:], "id4"),
            keyed_hash(twin_key(number), "id-twin"),
            sex,
            born_on,
            encrypt(phone, b"field:phone"),
            keyed_hash(phone, "phone"),
            keyed_hash(phone[-4:], "phone4"),
            f"春华路{person // 60 + 1}号{person // 20 % 9 + 1}栋{person % 600 + 101}",
        )


def build(owner, size: Size, places: Places) -> None:
    from residents.models import CareKind, CareTag, Household, Membership, ResidencySpell, Resident

    listed = ", ".join(f"{name} {kind}" for name, kind in STAGED.items())
    owner.execute(sql.SQL("CREATE TEMPORARY TABLE staged ({})").format(sql.SQL(listed)))
    with owner.cursor().copy("COPY staged FROM STDIN") as copy:
        for row in rows(size, places):
            copy.write_row(row)
    whole = {name: f"staged.{name}" for name in STAGED}
    with without_indexes(owner, Resident):
        insert(
            owner,
            Resident,
            "staged",
            whole | {"unit_ids": "ARRAY[staged.unit_id]", "registered_address": "staged.address"},
        )
    insert(
        owner,
        ResidencySpell,
        "staged",
        {
            "id": "id",
            "unit_id": "unit_id",
            "resident_id": "id",
            "starts_on": "date '2012-01-01' + (id % 3000)::int",
            "residency": "'here'",
        },
    )
    insert(
        owner,
        Household,
        f"staged WHERE id % {MEMBERS} = 1",
        {
            "id": f"(id - 1) / {MEMBERS} + 1",
            "unit_id": "unit_id",
            "unit_ids": "ARRAY[unit_id]",
            "number": "id::text",
            "address": "address",
        },
    )
    insert(
        owner,
        Membership,
        "staged",
        {
            "id": "id",
            "unit_id": "unit_id",
            "household_id": f"(id - 1) / {MEMBERS} + 1",
            "resident_id": "id",
            "relation": f"(ARRAY['02', '10', '20'])[1 + (id - 1) % {MEMBERS}]",
            "starts_on": "date '2012-01-01'",
        },
    )
    [(kind,)] = owner.execute(
        sql.SQL("SELECT min(id) FROM {}").format(sql.Identifier(CareKind._meta.db_table))
    ).fetchall()
    insert(
        owner,
        CareTag,
        "staged WHERE id % 20 = 0",
        {
            "id": "id",
            "unit_id": "unit_id",
            "resident_id": "id",
            "kind_id": str(kind),
            "starts_on": "date '2018-01-01' + (id % 2000)::int",
        },
    )
    owner.execute(_BEST)
    owner.execute("DROP TABLE staged")


# The limit of searching: without policies, with the index that suits each question best.
_BEST = """
    CREATE SCHEMA bench;
    CREATE TABLE bench.names AS SELECT id, name, regexp_split_to_array(name, '') AS characters, pinyin,
        split_part(name_keys, '|', 2 + cardinality(string_to_array(trim(name_keys, '|'), '|')) / 2)
            AS initials,
        id_tail_hash, phone_hash, phone_tail_hash FROM staged;
    CREATE INDEX ON bench.names USING gin (characters);
    CREATE INDEX ON bench.names (pinyin COLLATE "C", id);
    CREATE INDEX ON bench.names (initials COLLATE "C", pinyin, id);
    CREATE INDEX ON bench.names (id_tail_hash);
    CREATE INDEX ON bench.names (phone_hash);
    CREATE INDEX ON bench.names (phone_tail_hash);
    ALTER TABLE bench.names ADD PRIMARY KEY (id);
    GRANT USAGE ON SCHEMA bench TO portal_backup;
    GRANT SELECT ON bench.names TO portal_backup;
"""
