"""Facts about files and the tree that they stand in; no rules."""
