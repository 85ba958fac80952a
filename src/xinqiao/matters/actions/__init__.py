"""One module per legal act; each is the only way to do it, from the desk, the portal, the API and the import alike."""
