"""Pages for the public: applying, asking how it stands, the deadline calculator."""
