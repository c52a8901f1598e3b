"""志愿者: who they are and since when."""
