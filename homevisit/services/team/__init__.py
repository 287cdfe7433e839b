"""A team: how far its people are, when lessons are due, who is reminded."""
