"""Django's admin over the register, as an alternative to measure; nothing of the portal imports it."""
