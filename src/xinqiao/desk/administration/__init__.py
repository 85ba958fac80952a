"""What administrators keep in order: organs, posts, people, the calendar, classes, places and numbers."""
