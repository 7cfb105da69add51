"""The graph and what it answers, as files that other programs read."""
