"""The whole office in one folder, encrypted: database, files and keys; and out of it again.

``making`` writes a backup, ``restoring`` reads one. Nothing here starts Django: a backup must also be made while the
schema waits for a migration, and a restore lays the keys down before Django reads them. ``docs/explanation/backup.md``.
"""
