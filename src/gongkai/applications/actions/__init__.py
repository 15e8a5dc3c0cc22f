"""The only writers of this package; what changes a state goes through ``procedures.engine.fire``."""
