"""What may be wrong: demonstration sites."""
