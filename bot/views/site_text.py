"""«Сообщение для сайта»: what took place, as a paragraph to copy. What is not known is left out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from actions.protocols import Meeting
from bot.views.protocols import day_of
from bot.views.view import View
from bot.views.words import fitting, plain, t
from domain.protocols import listed, organisations_of, theme_of, within_sentence, without_stop
from domain.quotes import paired, within_quotes
from domain.records import Actor, Event, Mode, Talk, TalkForm

# Three lists and what stands around them fit into a message.
_LONGEST_LIST = 1_000


def site_message(found: Meeting, actor: Actor) -> tuple[View, View]:
    """What is to be seen to, and the paragraph in a message of its own."""
    lists = [_questions(found), _talks(found.talks), _decisions(found)]
    sentences = [*_head(found, actor), *_people(found), *(said for said, _ in lists if said)]
    hints = [
        *([] if found.present else [t("site-no-people")]),
        *([] if found.protocol.decisions else [t("site-no-decisions")]),
        *([t("site-cut")] if any(is_cut for _, is_cut in lists) else []),
    ]
    hint = t("site-hint", lines=Markup("\n").join(hints or [t("site-ready")]))
    return View(hint), View(Markup(" ").join(sentences))


def _head(found: Meeting, actor: Actor) -> list[Markup]:
    event = found.event
    day, theme = day_of(event), theme_of(event.title)
    named = _named(event) if day and theme == event.title else ""
    if named:  # «прошло совещание по комплектованию»: there the theme is said already
        theme = ""
    return [
        t("site-association", title=actor.home.title),
        *([t(f"site-held-{event.kind}", day=day, named=named)] if day else []),
        *([t("site-online")] if event.mode is Mode.ONLINE else []),
        *([t("site-venue", venue=paired(event.venue))] if event.venue else []),
        *([t("site-theme", theme=within_quotes(theme))] if theme else []),
    ]


def _named(event: Event) -> str:
    """What follows the kind in a title that begins with it: « по комплектованию»."""
    kind, title = plain(f"kind-{event.kind}"), event.title.rstrip(" .")
    begins = title[: len(kind)].casefold() == kind.casefold() and title[len(kind) : len(kind) + 1] == " "
    return title[len(kind) :] if begins else ""


def _people(found: Meeting) -> list[Markup]:
    """«Участвовали 26 педагогов из 19 образовательных организаций»; guests by their number alone."""
    colleagues = [one for one in found.present if not one.guest]
    guests = len(found.present) - len(colleagues)
    if not found.present:
        return []
    if not colleagues:
        return [t("site-only-guests", number=guests)]
    count = organisations_of(colleagues)
    return [
        t(
            "site-people",
            count=len(colleagues),
            organisations=t("site-organisations", count=count) if count else Markup(""),
            guests=t("site-guests", number=guests) if guests else Markup(""),
        )
    ]


def _questions(found: Meeting) -> tuple[Markup, bool]:
    return _list("site-questions", "site-questions", _numbered(found.questions))


def _talks(talks: Sequence[Talk]) -> tuple[Markup, bool]:
    return _list("site-talk", "site-talks", [_talk(one) for one in talks])


def _decisions(found: Meeting) -> tuple[Markup, bool]:
    decided = [within_sentence(one.text) for one in found.protocol.decisions]
    return _list("site-decision", "site-decisions", _numbered(decided))


def _talk(talk: Talk) -> Markup:
    named = talk.form is not TalkForm.OTHER
    form = t("site-talk-form", form=t(f"talk-form-{talk.form}")) if named else Markup("")
    if not talk.speaker:
        return t("site-talk-nameless", form=form, theme=within_quotes(talk.theme))
    organisation = t("site-from", organisation=paired(talk.organisation)) if talk.organisation else Markup("")
    return t(
        "site-talk-line",
        name=listed(talk.speaker),
        organisation=organisation,
        form=form,
        theme=within_quotes(talk.theme),
    )


def _numbered(texts: Sequence[str]) -> list[Markup]:
    """«1) …», where there are several."""
    bare = [Markup.escape(paired(without_stop(text))) for text in texts]
    if len(bare) == 1:
        return bare
    return [t("site-numbered", number=number, text=text) for number, text in enumerate(bare, 1)]


def _list(key_of_one: str, key: str, items: Sequence[Markup]) -> tuple[Markup, bool]:
    """The sentence with a list, empty for an empty one, and whether some of it found no room."""
    if not items:
        return Markup(""), False
    shown = fitting(items, _LONGEST_LIST)
    is_cut = len(shown) < len(items)
    listed = Markup("; ").join([*shown, *([t("site-others")] if is_cut else [])])
    said = listed.removesuffix(".")  # the sentence has a stop of its own
    return t(key_of_one if len(items) == 1 else key, list=said), is_cut
