"""Text as it is on disk: bytes, offsets, lines and edits. Standard library only."""
