"""What sort of thing the words of a title name."""

from __future__ import annotations

import re

from domain.plan_draft import Kind

_SEMINARS = (
    "семинар|вебинар|круглый стол|круглого стола|конференци|педагогические чтения|форум|дискусси|лекци[яи]"
    r"|методическ\w+ (день|десант|мост|час|гостин)|педагогическ\w+ гостин|деловая игра|стажировк|стажерск"
    r"|открыт\w+ (урок|заняти|мероприяти)|(выездн|практическ)\w+ заняти|заняти[ея] школы|работа секци"
    r"|творческ\w+ лаборатори"
)
_KINDS = [
    (Kind.WORKSHOP, "мастер[- ]?класс|практикум|тренинг|мастерск"),
    (Kind.SEMINAR, _SEMINARS),
    (Kind.COUNCIL, "совещани|педсовет|методсовет|совет рук"),
    (Kind.MEETING, "заседани|собрани|встреч"),
    (Kind.CONTEST, "конкурс|олимпиад|викторин|фестивал|турнир|чемпионат"),
]
# Work on paper that only mentions a gathering: «Подготовка к конкурсу», «Анализ заседаний».
_PAPERWORK = re.compile(
    r"подготовка (к|матери|отч|докум|информ|прика|полож|план)|анализ|отч[её]т|изучени|обобщени|составлени"
    r"|утверждени|разработк|оформлени|сбор|обновлени|корректировк|планировани|формировани|размещени|публикаци"
    r"|ведение|мониторинг|обсуждени[ея] (план|и )|информировани|консультировани|методическое сопровождение"
)


def kind_of(title: str, form: str = "") -> Kind:
    """What sort of thing a title names; the word that comes first decides, the form's column helps."""
    for words in (title.lower(), form.lower()):
        if _PAPERWORK.match(words):
            continue
        found = [(match.start(), kind) for kind, pattern in _KINDS if (match := re.search(pattern, words))]
        if found:
            return min(found)[1]
    return Kind.OTHER
