"""What comes in from people who do not sign in: kept once, followed by a code, answered by staff."""
