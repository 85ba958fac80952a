"""Accounts: signing in, second factors, sessions and their history; administering organs, posts and people."""
