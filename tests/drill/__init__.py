"""The drill of script/drill: what was acknowledged survives kill -9, a restore elsewhere is the same."""
