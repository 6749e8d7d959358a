"""Markdown as GitHub reads it, with exact positions. Only this folder imports the parser.

``parser`` parses a text into tokens, ``source_map``, ``definitions`` and ``inline_spans`` store
positions on them, ``collect`` makes ``elements`` of them, and ``document`` offers these. ``fast``
is the same parse in less time, ``upstream`` patches the parser, ``format`` is the layout of `fmt`.
"""
