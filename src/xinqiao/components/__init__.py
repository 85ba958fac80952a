"""The look: style sheets, page frames and one template part a component.

Nothing here knows a matter, a person or the database: parts take plain values
and show them. Pages of the desk and the portal are built from these parts only.
"""
