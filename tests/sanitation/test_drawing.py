"""The draw can be done again by anybody: by seed and frame alone."""

import subprocess

from hypothesis import given
from hypothesis import strategies as st

from sanitation.drawing import draw, ticket

codes = st.lists(st.text("0123456789", min_size=1, max_size=14), max_size=20)


@given(codes, st.text(max_size=20), st.integers(0, 25), st.randoms())
def test_the_order_of_the_frame_does_not_matter(frame, seed, wanted, random):
    drawn = draw(frame, seed, wanted)
    assert drawn == draw(random.sample(frame, len(frame)), seed, wanted)
    assert set(drawn) <= set(frame)
    assert len(drawn) == len(set(drawn)) == min(wanted, len(set(frame)))
    assert draw(frame, seed, wanted + 1)[:wanted] == drawn


def test_the_shell_draws_the_same():
    told = subprocess.run(
        ["sha256sum"], input="春华2025Q143010001", capture_output=True, text=True, check=True
    ).stdout.split()[0]
    assert ticket("春华2025Q1", "43010001") == told


def test_another_seed_draws_otherwise():
    frame = [f"4301{n:04}" for n in range(12)]
    assert len({tuple(draw(frame, f"种子{n}", 4)) for n in range(20)}) > 15


def test_every_group_is_drawn_about_as_often():
    frame = [f"4301{n:04}" for n in range(10)]
    times = dict.fromkeys(frame, 0)
    for n in range(2000):
        for code in draw(frame, f"{n}", 3):
            times[code] += 1
    assert all(500 < count < 700 for count in times.values())
