"""govplan-kg."""
