"""The commands without a command line: each takes its settings and returns what came of them."""
