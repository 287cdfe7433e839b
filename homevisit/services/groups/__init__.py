"""Live group sessions: lead one, join it, take part, and what each screen shows."""
