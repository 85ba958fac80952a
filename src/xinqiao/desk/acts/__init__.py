"""One form per legal act: a table of what each asks, and the one view that calls the one action behind it."""
