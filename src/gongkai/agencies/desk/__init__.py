"""Desk pages about who discloses: officers, the agency's own data, the bodies of the city, the working-day calendar."""
