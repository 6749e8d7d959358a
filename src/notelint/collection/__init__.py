"""The state of a collection of notes, as a page and as data."""
