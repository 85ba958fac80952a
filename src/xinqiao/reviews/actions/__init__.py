"""One module per legal act of hearing, review and re-review."""
