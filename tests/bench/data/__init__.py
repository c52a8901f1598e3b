"""Data of a city district, the same every time: units and staff, residents, ten years of records."""
