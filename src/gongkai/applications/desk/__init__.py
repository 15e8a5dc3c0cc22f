"""Pages for staff: worklist, case, letters, figures."""
