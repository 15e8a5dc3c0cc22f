"""Staff pages of annual reports: years, a report and its text, the records behind a number, registers, supervision."""
