"""Attacks: submissions that try to get out, each with what it would look like if it did (`surroundings`)."""
