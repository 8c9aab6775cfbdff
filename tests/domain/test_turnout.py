"""Who comes: everybody once, by answer and by school."""

from __future__ import annotations

import dataclasses

from domain.full_names import parse_full_name
from domain.records import Answer, Attendee, Guest
from domain.turnout import Turnout, natural_order

MARIA = Attendee(1, parse_full_name("Петрова Мария Ивановна"), "СОШ № 45", None)
ANNA = Attendee(2, parse_full_name("Быкова Анна Львовна"), "СОШ № 45", Answer.GOING)
OLGA = Attendee(3, parse_full_name("Ким Ольга Юрьевна"), "СОШ № 9", None)
NINA = Attendee(4, parse_full_name("Орлова Нина Викторовна"), None, Answer.UNDECIDED)


def declined(one: Attendee, **values: object) -> Attendee:
    """She cannot come, and said this of it."""
    return dataclasses.replace(one, answer=Answer.DECLINED, **values)  # type: ignore[arg-type]


def names(turnout: Turnout, answer: Answer | None) -> list[str]:
    """Who answered so."""
    return [line.short for line in turnout.of(answer)]


def test_everybody_stands_under_her_answer():
    """Guests come; who is silent has no answer."""
    turnout = Turnout([ANNA, OLGA, MARIA, NINA], [Guest(7, "Яшина Е. П.", "ЦБС"), Guest(8, "Авдеев И.", "")])
    assert names(turnout, Answer.GOING) == ["Быкова А. Л.", "Авдеев И.", "Яшина Е. П."]
    assert names(turnout, None) == ["Ким О. Ю.", "Петрова М. И."]
    assert names(turnout, Answer.UNDECIDED) == ["Орлова Н. В."]
    assert names(turnout, Answer.DECLINED) == []
    assert [line.guest for line in turnout.of(Answer.GOING)] == [False, True, True]


def test_who_can_be_asked_once_more():
    """One who is silent, can be written to, and is not she who asks."""
    unreachable = dataclasses.replace(OLGA, reachable=False)
    assert Turnout([ANNA, MARIA]).can_be_asked(but=ANNA.person_id)
    assert not Turnout([ANNA, NINA, unreachable, MARIA]).can_be_asked(but=MARIA.person_id)


def test_who_comes_by_name_in_another_s_place_is_one_more():
    """Of the same school; both lines say so."""
    turnout = Turnout([declined(MARIA, reason="lessons", substitute_name="Соколова Е. А.")])
    [comes] = turnout.of(Answer.GOING)
    assert (comes.name, comes.school, comes.instead_of) == ("Соколова Е. А.", "СОШ № 45", "Петрова М. И.")
    [stays] = turnout.of(Answer.DECLINED)
    assert (stays.name, stays.reason, stays.substitute) == (
        "Петрова Мария Ивановна",
        "lessons",
        "Соколова Е. А.",
    )


def test_a_colleague_who_is_named_stays_one_and_answers_herself():
    """Whoever named her, and whatever she answered."""
    turnout = Turnout([declined(MARIA, substitute_id=2), declined(OLGA, substitute_id=2), ANNA])
    [anna] = turnout.of(Answer.GOING)
    assert anna.instead_of == "Петрова М. И., Ким О. Ю."
    assert [line.substitute for line in turnout.of(Answer.DECLINED)] == ["Быкова А. Л.", "Быкова А. Л."]
    silent = Turnout([declined(MARIA, substitute_id=3), OLGA])
    assert names(silent, Answer.GOING) == []
    assert silent.of(None)[0].instead_of == "Петрова М. И."


def test_what_was_said_of_another_answer_says_nothing():
    """Nor does a colleague who is in the list no more."""
    turnout = Turnout([dataclasses.replace(MARIA, answer=Answer.GOING, substitute_name="Соколова")])
    assert names(turnout, Answer.GOING) == ["Петрова М. И."]
    assert Turnout([declined(MARIA, substitute_id=99)]).lines()[0].substitute == ""


def test_school_by_school():
    """«№ 9» stands before «№ 45», who named no school comes last; guests are of none."""
    turnout = Turnout([ANNA, OLGA, MARIA, NINA], [Guest(7, "Яшина Е. П.", "ЦБС")])
    assert [school.title for school in turnout.schools()] == ["СОШ № 9", "СОШ № 45", ""]
    nine, forty_five, none = turnout.schools()
    assert [line.short for line in nine.of(None)] == ["Ким О. Ю."]
    assert [line.short for line in forty_five.of(Answer.GOING)] == ["Быкова А. Л."]
    assert [line.short for line in none.of(Answer.UNDECIDED)] == ["Орлова Н. В."]


def test_the_order_of_the_alphabet_has_no_place_of_its_own_for_yo():
    assert sorted(["Ёлочка", "Жуково", "Школа № 12", "Анино", "Ели", "Школа № 9"], key=natural_order) == [
        "Анино",
        "Ели",
        "Ёлочка",
        "Жуково",
        "Школа № 9",
        "Школа № 12",
    ]
