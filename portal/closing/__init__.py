"""关账: which spans of days are reported, closed by the head of a unit, opened again by the street."""
