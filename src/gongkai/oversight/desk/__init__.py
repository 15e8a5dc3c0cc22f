"""Staff pages of annual reports: years, the report and its text, the records behind a number, registers, supervision."""
