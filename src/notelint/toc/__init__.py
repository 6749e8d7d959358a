"""Tables of contents: find the markers, render the list, produce the edit.

The rules, the ``notelint toc`` command and an editor all call the same functions.
"""
