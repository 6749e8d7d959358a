"""One tree: its files, git, the facts of its notes, and where links lead; without rules."""
