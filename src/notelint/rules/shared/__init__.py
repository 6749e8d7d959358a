"""What several rules, or one rule of several steps, look with."""
