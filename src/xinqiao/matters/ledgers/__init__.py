"""Ledgers (台账): lists of petitions as .xlsx, read row by row into registrations and written from what one may see."""
