"""What a backup or a restore tells its user."""


class BackupError(Exception):
    """It cannot be done as asked; the message is one line that says what to do. Nothing was changed."""
