"""Stored text for eyes: figures by their Chinese names, without the braces."""

from dataclasses import dataclass

from reports.tokens import Token, pieces, shown


@dataclass(frozen=True)
class Named:
    """Words as they stand, or the name of a figure or table."""

    text: str
    is_figure: bool = False


def named(text: str) -> list[Named]:
    return [
        Named(name_of(text[piece.start : piece.end]), is_figure=True)
        if isinstance(piece, Token)
        else Named(piece)
        for piece in pieces(text)
    ]


def name_of(token: str) -> str:
    return shown(token)[1:-1]
