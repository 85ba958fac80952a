"""What goes out: to the desk, by e-mail, by letter. Knows no matter: its handle is the record stream."""
