"""Drafts: what somebody typed into a form of the desk survives a closed browser and an ended session.

``keeping`` writes and reads them, ``handles`` names them inside a form, ``rescuing`` takes in what was sent too late.
"""
