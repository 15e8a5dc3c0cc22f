"""The only writers of this package: keyword arguments, ``by=``, one transaction, one entry in the ledger."""
