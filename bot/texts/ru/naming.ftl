### Naming days.

naming-none = У всех встреч впереди день назван. Хорошо!
naming-month =
    <b>{ $month }: назовём дни?</b>
    { $lines }
    Выберите встречу.
naming-line = • { $title }{ $venue }
naming-asked =
    <b>Пора назвать дни.</b>
    { $board }
naming-event =
    <b>{ $title }</b>
    { $when }{ $venue }
    Нажмите день – начало поставлю в { $time }. Или напишите словами, например: { $example }.
naming-button = { $weekday } { $day }
naming-preview =
    <b>{ $title }</b>
    🗓 <b>{ $when }</b>{ $venue }
    { $note }{ $people }
naming-preview-people =
    { $count ->
        [0] Рассказать пока некому: в списке никого нет.
        [one] Расскажу { $count } человеку и попрошу ответить.
       *[many] Расскажу { $count } людям и попрошу ответить.
    }
naming-weekend = Это выходной или праздник – так и задумано?
naming-weekend-line = ⚠️ { $note }
naming-done =
    <b>Записано:</b> { $title }, { $when }.
    { $people }
naming-done-people =
    { $count ->
        [0] Рассказывать пока некому.
        [one] Сообщение уходит { $count } человеку.
       *[many] Сообщения уходят { $count } людям.
    }
naming-same = Этот день уже назван, ничего не меняю.
naming-unknown-later = Хорошо, вернёмся к этому позже. Все встречи без дня – «Руководителю», «Назвать дни».
moment-not-understood = Не получилось понять день. Напишите, например: { $example }.
moment-impossible-day = Такого дня нет. Напишите, например: { $example }.
day-in-past = Этот день уже прошёл. Назовите, пожалуйста, будущий, например: { $example }.
event-changed = Пока вы смотрели, эту встречу изменили. Вот как она стоит сейчас.
