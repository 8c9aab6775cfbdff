"""What the rules say no with: a code that the faces turn into words."""


class DomainError(Exception):
    """A rule refuses. `code` names the reason; `facts` are what the sentence about it needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
