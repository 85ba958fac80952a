"""Settings, URLs, middleware and the embedded database."""
