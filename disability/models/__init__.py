from disability.models.certificates import Certificate
from disability.models.files import DisabilityFile

__all__ = ["Certificate", "DisabilityFile"]
