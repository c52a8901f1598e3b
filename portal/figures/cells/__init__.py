"""Cells: stored sums of figures by unit and month, exact at every moment (ADR 55).

``facts`` says which figures have them, ``portal.wall.marking`` marks what changed, ``folding`` counts marked
cells anew, ``reading`` adds clean cells and what is marked, in one statement. Nobody asks it but the engine.
"""
