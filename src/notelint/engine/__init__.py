"""The engine: it applies rules to one document and to many files, and applies fixes."""
