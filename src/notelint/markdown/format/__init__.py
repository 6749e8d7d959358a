"""A new layout of a note by mdformat, with the rendered page as it was."""
