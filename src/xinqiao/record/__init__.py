"""The record: what happened, appended once, proved for ever.

``writer.record`` is the only writer. The modules ``canonical``, ``commitments``, ``chain``, ``sealing``, ``keyring``,
``receipts`` and ``package`` know neither Django nor a database, so that anybody can check a proof without the office.
"""
