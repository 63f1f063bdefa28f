"""Nothing to share: the mandates need a DAO only."""
