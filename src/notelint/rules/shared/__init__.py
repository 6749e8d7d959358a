"""Helpers of several rules, or of one rule with several steps."""
