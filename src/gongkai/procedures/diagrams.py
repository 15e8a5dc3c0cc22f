"""Drawing a procedure for people: a state diagram as text, a permission matrix as a table (docs, desk, printouts)."""

from gongkai.procedures.tables import Procedure


def mermaid(procedure: Procedure) -> str:
    """The state diagram in Mermaid's notation, one arrow per source, event and target."""
    lines = ["stateDiagram-v2", f"    [*] --> {procedure.start}"]
    lines += [f"    {state.key}: {state.label}" for state in procedure.states]
    for event in procedure.events:
        for source in event.roles:
            lines += [f"    {source} --> {target}: {event.label}" for target in event.targets]
    lines += [f"    {state.key} --> [*]" for state in procedure.states if state.ends]
    return "\n".join(dict.fromkeys(lines))


def matrix(procedure: Procedure) -> list[list[str]]:
    """Rows of the permission matrix: state, event, who may, leads to. The first row is the heading."""
    rows = [["状态", "事项", "由谁办理", "办理后"]]
    for state in procedure.states:
        for event in procedure.events:
            if state.key in event.roles:
                who = "、".join(sorted(procedure.role_label(role) for role in event.roles[state.key]))
                leads = "、".join(procedure.state(target).label for target in event.targets)
                rows.append([state.label, event.label, who, leads])
    return rows


def markdown(procedure: Procedure) -> str:
    """One page of documentation: diagram and matrix."""
    head, *rows = matrix(procedure)
    table = [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in rows)]
    basis = [procedure.basis, ""] if procedure.basis else []
    return "\n".join([f"# {procedure.label}", "", *basis, "```mermaid", mermaid(procedure), "```", "", *table, ""])
