"""Organs, posts and people: who exists, under whom, since when."""
