"""街道要数: figures that a street wants to know from its communities by an hour, answered by confirming what
the records count already; nobody types a number (ADR 39)."""
