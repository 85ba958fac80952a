"""Hearings, review (复查) and re-review (复核): a superior looks again."""
