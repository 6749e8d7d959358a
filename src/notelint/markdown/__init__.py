"""Markdown as GitHub reads it, with exact positions. Only this folder imports the parser.

``parser`` parses a text into tokens; ``source_map``, ``definitions`` and ``inline_spans`` store
positions with them; ``collect`` makes ``elements`` of them; ``document`` is the parsed note.
``fast`` does the same in less time, ``upstream`` patches the parser, ``format`` is the layout of
`fmt`.
"""
