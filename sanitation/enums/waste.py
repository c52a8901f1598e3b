"""Waste, by the classes of GB/T 19095-2019."""

from django.db.models import TextChoices


class WasteClass(TextChoices):
    RECYCLABLE = "recyclable", "可回收物"
    HAZARDOUS = "hazardous", "有害垃圾"
    FOOD = "food", "厨余垃圾"
    RESIDUAL = "residual", "其他垃圾"


class Recyclable(TextChoices):
    """What is bought back: the five kinds of recyclables, and hazardous waste taken in exchange."""

    PAPER = "paper", "纸类"
    PLASTIC = "plastic", "塑料"
    METAL = "metal", "金属"
    GLASS = "glass", "玻璃"
    TEXTILE = "textile", "织物"
    HAZARDOUS = "hazardous", "有害垃圾"
