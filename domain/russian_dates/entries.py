"""Till when one may enter for something, beside the date on which it is: «ноябрь, заявки до 25 октября»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.russian_dates.grammar import Sentence
from domain.russian_dates.nodes import By, Dated, Loose, Node, Since, Span

_ENTERING = re.compile(r"заяв(?:к|ок)\w*|регистраци\w+|прием\w*|принима\w+|подач\w+|тезис\w*")
_INFINITIVE = re.compile(r"[а-яё]{2,}(?:[аеиоуыюя]ть|сти|йти)(?:ся)?")
_PARTING = ",;:.()"


def without_entries(sentence: Sentence, *, even_alone: bool = False) -> Sentence:
    """The sentence without the words that say till when one may enter, if it says another date, too, or
    `even_alone`."""
    taken: set[int] = set()
    for at, node in enumerate(sentence.nodes):
        if isinstance(node, By | Span | Since):
            first, last = _run_around(sentence, at)
            # «Собрать до 15 ноября заявки» is itself what is to be done.
            if not first and not even_alone and _is_order(sentence.nodes[0]):
                continue
            if any(_enters(it) for it in sentence.nodes[first:last]):
                taken.update(range(first, last))
    kept = [at for at in range(len(sentence.nodes)) if at not in taken]
    if not even_alone and not any(isinstance(sentence.nodes[at], Dated) for at in kept):
        return sentence
    return Sentence(
        tuple(sentence.nodes[at] for at in kept),
        tuple(sentence.opens_line[at] for at in kept),
        tuple(sentence.places[at] for at in kept),
    )


def _run_around(sentence: Sentence, at: int) -> tuple[int, int]:
    """The nodes from one mark or line to the next, with this one among them."""
    first, last = at, at + 1
    while first and not sentence.opens_line[first] and _goes_on(sentence.nodes, first - 1):
        first -= 1
    while last < len(sentence.nodes) and not sentence.opens_line[last] and _goes_on(sentence.nodes, last):
        last += 1
    return first, last


def _goes_on(nodes: Sequence[Node], at: int) -> bool:
    node = nodes[at]
    return isinstance(node, Loose) and node.token.text not in _PARTING


def _is_order(node: Node) -> bool:
    return isinstance(node, Loose) and _INFINITIVE.fullmatch(node.token.text) is not None


def _enters(node: Node) -> bool:
    return isinstance(node, Loose) and _ENTERING.fullmatch(node.token.text) is not None
