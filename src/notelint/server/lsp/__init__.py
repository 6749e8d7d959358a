"""The Language Server Protocol: the only room that knows pygls and its types."""
