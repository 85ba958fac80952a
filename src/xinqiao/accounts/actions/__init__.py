"""What an administrator does to organs, posts, people and tables: checked, written and kept in one transaction each."""
