"""What may be told: a sentence, and a page of this service."""


def check_href(href: str) -> str:
    """Return the path a notice leads to; `ValueError` for anything that could lead to another site.

    >>> check_href("/measures/1")
    '/measures/1'
    """
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        message = f"a notice leads to a page of this service, not to {href!r}"
        raise ValueError(message)
    return href
