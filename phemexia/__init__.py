"""Phemexia: the Python library around the contracts (configuration, deployment, models)."""
