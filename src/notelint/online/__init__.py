"""External links, asked over the network: politely, once each, and only public addresses.

:func:`~notelint.online.check.check_urls` is the way in. It knows nothing of Markdown, prints
nothing, and loads `requests` only when there is something to ask.
"""
