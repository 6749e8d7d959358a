"""Markdown as GitHub reads it, with exact positions. The only place that knows the parser."""
