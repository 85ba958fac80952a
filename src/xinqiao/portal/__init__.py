"""The pages of those who petition."""
