"""Tables of contents: their markers, the entries, and the edit that refreshes them.

The rules, the ``notelint toc`` command and an editor all call the same functions.
"""
