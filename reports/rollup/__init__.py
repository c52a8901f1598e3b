"""From community to street: who has issued, figure by figure, and who makes a difference."""
