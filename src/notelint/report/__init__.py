"""The output formats: diagnostics to text. Nothing here prints."""
