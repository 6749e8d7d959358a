"""What the user wants: configuration files and the choice of rules."""
