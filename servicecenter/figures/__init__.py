"""指标 of the one-stop service agency; the tiles that the home page shows of them."""

__all__: list[str] = []
