"""Forms of the office's facts that ask for more than the model says."""
