"""What each command does: a function that takes its settings and returns a report."""
