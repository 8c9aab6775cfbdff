### Naming days.

naming-none = У всех встреч впереди день назван. Хорошо!
naming-month =
    <b>{ $month }: назовём день?</b>
    <b>{ $title }</b>{ $venue }
    Нажмите день – начало поставлю в { $time }. Или напишите словами, например: { $example }.
naming-event =
    <b>{ $title }</b>
    Сейчас: <b>{ $when }</b>{ $venue }
    Нажмите новый день ({ $days }) – начало поставлю в { $time }. Или напишите словами, например: { $example }.
naming-days-before = ◀ Дни { $month }
naming-days-after = Дни { $month } ▶
naming-asked = <b>Пора назвать дни.</b>
naming-of-plan = <b>В плане есть встреча без дня – назначаем её?</b>
naming-moves = <b>Переносим эту встречу?</b>
naming-which = На этот день ({ $when }) могла бы встать не одна встреча. Какую назначаем?
naming-button = { $day } { $weekday }
naming-preview =
    <b>{ $title }</b>
    🗓 <b>{ $when }</b>{ $venue }
    { $note }{ $people }
naming-preview-people =
    { $count ->
        [0] Рассказать пока некому: кроме вас, звать на эту встречу некого.
        [one] Расскажу { $count } человеку и попрошу ответить.
       *[many] Расскажу { $count } людям и попрошу ответить.
    }
hours-preview-people =
    { $count ->
        [0] Рассказать пока некому: кроме вас, звать на эту встречу некого.
        [one] Расскажу { $count } человеку и спрошу, всё ли в силе.
       *[many] Расскажу { $count } людям и спрошу, всё ли в силе.
    }
naming-weekend = Это { $weekday }, выходной.
naming-public-holiday = Это нерабочий день: { $name }. Переносы выходных в регионах бывают свои.
naming-moved-day-off = Сюда переносится выходной с праздника. Переносы в регионах бывают свои.
clash-place = В это же время в том же месте – { $title } ({ $when }).
clash-hours = В это же время – { $title } ({ $when }), и зовут тех же людей.
clash-day = В этот же день – { $title } ({ $when }).
naming-elsewhere = В плане эта встреча стоит на другое время: { $span }.
naming-warning = ⚠️ { $note }
naming-done =
    <b>Записано:</b> { $title } ({ $when }).
    { $people }
naming-done-people =
    { $count ->
        [0] Рассказывать пока некому.
        [one] Сообщаю { $count } человеку.
       *[many] Сообщаю { $count } людям.
    }
naming-same = Этот день назван раньше, всем уже сообщаю.
naming-unknown-later = Хорошо, вернёмся к этому позже: спрошу снова не раньше { $day }. Все встречи без дня – «Руководителю», «Назвать дни».
moment-not-understood = Не получилось понять день. Напишите, например: { $example }.
moment-impossible-day = Такого дня нет. Напишите, например: { $example }.
day-in-past = Это время уже прошло. Назовите, пожалуйста, другое, например: { $example }. Если это о следующем годе, допишите год.
event-changed = Пока вы смотрели, эту встречу изменили. Вот как она стоит сейчас.
