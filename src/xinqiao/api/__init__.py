"""The JSON door: parse, call an action or a selector, show. No rule lives here."""
