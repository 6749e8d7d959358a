"""Reports: diagnostics to text. Nothing here prints."""
