"""The colours of charts by name, as paper wants them. On the screen the names are custom properties of
``static/css/charts.css`` (``--chart-ink`` …), so that they follow contrast settings; a test holds that both
have the same names.
"""

SERIES = 6  # then they begin again, with other patterns
STEPS = 5  # shades of a heat table, 0 for none besides

# On paper: dark on white, and told apart where a copier knows no colour.
PRINT = {
    "ink": "#000000",
    "soft": "#404040",
    "line": "#c8c8c8",
    "strong": "#000000",
    "ground": "#ffffff",
    "decal": "#ffffff",
    "shade": "#00000066",
    "light": "#ffffffaa",
    "1": "#757575",
    "2": "#4d4d4d",
    "3": "#b3b3b3",
    "4": "#262626",
    "5": "#999999",
    "6": "#666666",
    "heat-0": "#ffffff",
    "heat-1": "#ededed",
    "heat-2": "#d4d4d4",
    "heat-3": "#b0b0b0",
    "heat-4": "#5e5e5e",
    "heat-5": "#333333",
    "heat-ink-0": "#000000",
    "heat-ink-1": "#000000",
    "heat-ink-2": "#000000",
    "heat-ink-3": "#000000",
    "heat-ink-4": "#ffffff",
    "heat-ink-5": "#ffffff",
}

# The tokens of the page in its usual light: what the picture without JavaScript is drawn in.
SCREEN = {
    "ink": "#20242a",
    "soft": "#515861",
    "line": "#dcd8d0",
    "strong": "#8b8780",
    "ground": "#ffffff",
    "decal": "#ffffff",
    "shade": "#20242a66",
    "light": "#ffffffaa",
    "1": "#1b4f8f",
    "2": "#b35c00",
    "3": "#1d6440",
    "4": "#7b3f98",
    "5": "#5f6b76",
    "6": "#a8201a",
    "heat-0": "#ffffff",
    "heat-1": "#e8eff8",
    "heat-2": "#c3d6ee",
    "heat-3": "#8fb1dc",
    "heat-4": "#2c62a8",
    "heat-5": "#133a6b",
    "heat-ink-0": "#20242a",
    "heat-ink-1": "#20242a",
    "heat-ink-2": "#20242a",
    "heat-ink-3": "#20242a",
    "heat-ink-4": "#ffffff",
    "heat-ink-5": "#ffffff",
}
