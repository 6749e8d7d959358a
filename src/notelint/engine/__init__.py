"""Rules at work: on one document, on many files, and fixing."""
