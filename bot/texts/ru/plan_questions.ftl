### The questions about a plan that waits to be saved.

plan-waiting =
    <b>Вы не закончили план{ $year }.</b> { $questions }
    Ничего ещё не сохранено, ваши ответы на месте.
plan-waiting-year = { " " }на { $year }
plan-waiting-questions =
    { $count ->
        [0] Вопросов к нему больше нет.
        [one] Остался { $count } вопрос.
        [few] Осталось { $count } вопроса.
       *[many] Осталось { $count } вопросов.
    }

plan-question =
    <b>{ $at } из { $of }.</b>
    { $asked }
plan-question-row = <i>{ $title }</i>
plan-question-given = Сейчас: <b>{ $answer }</b>
plan-answer-taken = Записано: <b>{ $answer }</b>
plan-question-passed = Пока пропущено.
plan-asked-problem = { $text }
plan-asked-year = На какой учебный год этот план?
plan-asked-year-short = на какой учебный год этот план?
plan-asked-when = Когда это будет? { $row }
plan-asked-when-short = когда это будет: { $row }?
plan-asked-what = Назван час – это встреча? { $row } ({ $when }).
plan-asked-what-short = это встреча: { $row }?
plan-asked-together =
    Провести вместе?
    • { $row } ({ $when })
    • { $other } ({ $otherwhen })
plan-asked-together-short = провести вместе: { $row } и { $other }?

plan-how-year = Нажмите или напишите сами, например: 2026/2027.
plan-how-when = Нажмите или напишите срок словами, например: 15 ноября в 14.00.
plan-how-what = На встречу зову и спрашиваю, кто придёт. Задание нужно сделать к сроку, работа идёт весь год.
plan-how-whom = Нажмите или напишите, как назвать группу. Строку в плане увидят все, а напоминать и спрашивать буду только тех, кого зовём.
plan-how-together = Если это одна встреча, у неё будут общая карточка и общий список. Разделить можно и потом.
plan-how-together-where = Если это одна встреча, выберите, где она будет: карточка и список у неё станут общими. Разделить можно и потом.

plan-choice-round = Весь год
plan-choice-none = Без срока
plan-choice-rhythm = Как написано: { $words }
plan-choice-gathering = Встреча
plan-choice-task = Задание к сроку
plan-choice-everybody = Всех наших
plan-choice-with-guests = Наших и гостей
plan-choice-ours = Только наших
plan-choice-guests = Только гостей
plan-choice-nobody = Никого
plan-choice-new-group = Новая группа: { $title }
plan-choice-group = Группа: { $title }
plan-choice-yes = Провести вместе
plan-choice-yes-at = Вместе: { $venue }
plan-choice-no = Отдельно

plan-question-gone = Этот вопрос уже не действует: план с тех пор изменился. Откройте его ещё раз: «Руководителю».
plan-when-not-understood = Такого срока не понимаю. Напишите, например: 15 ноября в 14.00, «в марте», «до 20 мая» или «в течение года».
plan-when-doubtful = { $doubt } Напишите, пожалуйста, точнее, например: 15 ноября в 14.00.
plan-year-not-understood = Такого учебного года не понимаю. Напишите, например: 2026/2027.
plan-which-date = А когда? Нажмите кнопку под вопросом или напишите срок словами, например: «в марте».
plan-answer-by-button = Здесь, пожалуйста, нажмите кнопку под вопросом.

plan-months = <b>{ $title }</b>
plan-months-all-year = Весь год
plan-months-undated = Без понятного срока
plan-months-skipped = Строки, которые пропускаю
plan-months-row = • { $row }: { $facts }
plan-months-skipped-row = • { $row }
plan-months-empty = В плане нет ни одной строки.
plan-months-day-unnamed = день пока не назван
plan-months-as-written = в плане сказано: { $words }
plan-months-when = { $when }
plan-months-where = { $venue }
plan-months-sort = { $what }
plan-whom-guests = только для гостей
plan-whom-nobody = никого не зовём
plan-whom-group = для группы
plan-whom-named-group = для группы «{ $title }»
plan-whom-everybody = всех
plan-whom-new-group = для новой группы «{ $title }»

plan-sorting =
    <b>Что это: встречи, задания, работа на весь год</b>
    На встречи зову и спрашиваю, кто придёт. Задание нужно сделать к сроку. Нажмите строку, чтобы сменить.
plan-sort-gathering = Встреча
plan-sort-task = Задание
plan-sort-round = Весь год
button-sort-row = { $what } · { $row }

plan-preview-together = Вместе: { $pairs }.
plan-preview-pair = { $row } и { $other }
plan-preview-remarks = Для сведения:
plan-saved-together =
    { $count ->
        [one] { $count } строку плана проводим вместе с другой: карточка у них общая.
        [few] { $count } строки плана проводим вместе с другими: карточки у них общие.
       *[many] { $count } строк плана проводим вместе с другими: карточки у них общие.
    }
plan-saved-group = Группа «{ $title }» пока пустая. Людей в неё добавьте так: «Руководителю», «Люди», «Группы».
