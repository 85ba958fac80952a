"""The pages of those who work here."""
