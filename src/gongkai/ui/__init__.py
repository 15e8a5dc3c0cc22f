"""The design system: base templates, components, styles, icons. No domain in it, and no Python imports it."""
