"""Records of one person kept twice: found by a job, decided by people, merged and taken apart."""
