"""户变动: acts on households that keep history, are told before they are done, and can be undone."""
