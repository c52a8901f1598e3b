"""The page of an official document, GB/T 9704-2012 §5.2: what its type area (版心) holds."""

LINES, CHARACTERS = 22, 28
