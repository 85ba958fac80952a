"""Petitions and the matters they are about: registering, dispatching, accepting, handling, answering, closing."""
