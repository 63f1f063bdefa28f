"""The errors that a person at the keyboard can act on."""


class Refused(Exception):
    """Bad input or unfit circumstances: one plain sentence; nothing was changed. Commands exit with 2."""


class Failed(Exception):
    """Something went wrong on the way: one plain sentence. Commands exit with 1."""
