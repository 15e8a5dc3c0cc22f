"""All procedures of the installation, for documentation, the desk and the enumeration test."""

from gongkai.procedures.tables import Procedure

_PROCEDURES: dict[str, Procedure] = {}


def register(procedure: Procedure) -> Procedure:
    """Declare a procedure; keys are unique."""
    if procedure.key in _PROCEDURES:
        raise ValueError(f"procedure {procedure.key!r} is registered twice")
    _PROCEDURES[procedure.key] = procedure
    return procedure


def all_procedures() -> list[Procedure]:
    """Every registered procedure, by key."""
    return [_PROCEDURES[key] for key in sorted(_PROCEDURES)]
