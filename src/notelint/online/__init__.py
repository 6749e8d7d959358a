"""Requests to external links: one for each address, few at a time, to public addresses only.

The entry point is :func:`~notelint.online.link_check.check_urls`. This package knows nothing of
Markdown, prints nothing, and imports `requests` only if there is something to request.
"""
