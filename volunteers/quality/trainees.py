"""Quality of volunteer work: trainees."""
