"""What may be wrong: inspections, samples and what was found."""
