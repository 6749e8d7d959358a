"""One tree: its files, git, the facts of its notes, and where links lead. No rules."""
