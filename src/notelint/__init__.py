"""notelint finds and repairs what is broken for a reader of hand-written Markdown notes."""

__version__ = "0.1.0"
