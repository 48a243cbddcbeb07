"""What a template gets for a name that is not there."""

from jinja2 import ChainableUndefined


class Undefined(ChainableUndefined):
    """Chains, as the NHS macros need."""
