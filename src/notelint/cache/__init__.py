"""What runs leave for later runs: entries of notes, the parsed configuration, their folder."""
