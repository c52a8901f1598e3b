"""What is due: inspections, samples and what was found."""
