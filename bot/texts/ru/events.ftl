### What a coordinator does with one event.

more =
    <b>{ $title }</b>
    🗓 { $when }
    Что сделать?

people-to-tell =
    { $count ->
        [0] Сообщать пока некому.
        [one] Сообщу { $count } человеку.
       *[many] Сообщу { $count } людям.
    }

cancel-ask =
    <b>Отменяем?</b> { $title } ({ $when }).
    Напишите причину – её увидят все, кого это касается. Например: в лицее карантин.
cancel-ask-task =
    <b>Отменяем задание?</b> { $title } ({ $when }).
    Напишите причину – её увидят все, кому оно поручено.
cancel-without-reason = Причину не называю.
cancel-preview =
    <b>Отменить?</b> { $title } ({ $when }).
    { $reason }
    { $people }
cancel-done =
    <b>Отменено:</b> { $title } ({ $when }).
    { $people } Передумаете – «Вернуть как было».
cancel-already = Уже отменено: { $title } ({ $when }). Больше никому не пишу.

restore-preview =
    <b>Вернуть?</b> { $title } ({ $when }).
    { $people }
restore-done =
    <b>Вернули:</b> { $title } ({ $when }).
    { $people }
restored-already = Это и так в плане: { $title }. Ничего не меняю.

place-ask =
    <b>{ $title }</b>
    Сейчас: { $place }.{ $link }
    Напишите новое место одним сообщением. Например: Лицей № 12, ул. Садовая, 7, каб. 214; вход со двора.
    Если встреча онлайн, пришлите ссылку, а нет её пока – напишите: онлайн. Что взять с собой – с новой строки: «взять: паспорт».
place-unknown = место не названо
place-preview =
    <b>{ $title }</b>
    Понимаю так:
    { $lines }
    { $people } Если не так, напишите ещё раз.
place-venue = 📍 { $venue }
place-link = Ссылка: { $link }
place-mode-onsite = Встречаемся очно.
place-from-mixed = Кто отвечал «Подключусь», встанет в «Пока не знают»: спрошу заново.
place-from-online = Кто отвечал «Приду», останется в списке: спрошу, получится ли приехать.
place-mode-online = Встречаемся онлайн. Ссылку увидят те, кто ответит «Приду».
place-mode-mixed = Можно прийти, а можно подключиться. Ссылку увидят те, кто ответит «Подключусь».
place-no-link = Ссылку добавите, когда она будет.
place-told-later = Отдельно об этом не пишу: скажу в напоминаниях.
place-line = { $place }
place-line-entrance = вход: { $entrance }
place-line-online = онлайн
place-line-mixed = очно и онлайн
place-done =
    <b>Записано:</b> { $title } – { $place }.
    { $people }
place-told-nobody = Отдельно об этом никому не пишу.
place-already = Так и записано: { $title } – { $place }. Никому не пишу.
place-empty = Не вижу, где это. Напишите место словами, например: Лицей № 12, каб. 214; вход со двора.
place-later = Хорошо, ничего не меняю. Узнаете место – напишите его, например: Лицей № 12, каб. 214; вход со двора.
link-later = Хорошо, ничего не меняю. Будет ссылка – пришлите её сюда, например: https://telemost.yandex.ru/j/12345678.
link-expected =
    Не вижу ссылки. Скопируйте её целиком, например: https://telemost.yandex.ru/j/12345678.
    Если входят по номеру, напишите и программу: Zoom, 123 456 7890, код 1234. А если встречаетесь очно, нажмите «Ничего не менять», потом «Ещё», «Изменить», «Сменить место».
place-too-long = Слишком длинно: хватит { $longest } знаков. Напишите, пожалуйста, короче.

deadline-ask =
    <b>{ $title }</b>
    { $now }
    До какого дня и часа нужны ответы? Напишите, например: { $example }.
deadline-now = Сейчас ответы нужны до { $until }.
deadline-preview =
    <b>{ $title }</b>
    Ответы будут нужны до { $until }. { $call } Отдельно об этом не пишу.
deadline-call = Тем, кто промолчит, напомню { $at }.
deadline-no-call = Кто молчит, тем можно напомнить: «Кто придёт», «Напомнить молчащим».
deadline-done = <b>Записано:</b> ответы нужны до { $until } – { $title }.

due-ask =
    <b>{ $title }</b>
    Сейчас: { $when }.
    Какой день последний? Напишите, например: { $example }.
due-preview =
    <b>{ $title }</b>
    Новый срок: до { $day }.
    { $people }
due-done =
    <b>Записано:</b> { $title } ({ $when }).
    { $people }

nudge-preview =
    <b>{ $title }</b>
    { $people }
nudge-people =
    { $count ->
        [one] Не ответил { $count } человек. Напомнить?
        [few] Не ответили { $count } человека. Напомнить?
       *[many] Не ответили { $count } человек. Напомнить?
    }
nudge-nobody = Напоминать некому: ответили все, до кого можно дописаться – { $title }.
nudge-done =
    <b>Напоминаю:</b> { $title }.
    { $people }
nudged-today = Сегодня этим людям уже напоминали. Ещё раз можно будет после { $until }.

held-sure-yes = <b>Состоялось?</b> { $title } ({ $when }).
held-sure-moved = <b>Перенесли?</b> { $title } ({ $when }).
held-sure-no = <b>Не состоялось?</b> { $title } ({ $when }).
held-yes = <b>Состоялось.</b> { $title } ({ $when }).
held-no = <b>Не состоялось.</b> { $title } ({ $when }).
not-over-yet = Эта встреча ещё впереди.

seen-thanks = Спасибо!

text-announced = Коллеги, приглашаем: { $title }.
text-moved =
    Коллеги, перенос: { $title }.
    Было: { $before }.
text-place = Коллеги, новое место: { $title }.
text-restored = Коллеги, встреча всё-таки состоится: { $title }.
text-cancelled =
    Коллеги, отменено: { $title }.
    Было: { $when }. Приезжать не нужно.
text-task = Коллеги, задание: { $title }.
text-task-cancelled = Коллеги, задание отменено: { $title }. Делать ничего не нужно.
text-when = Когда: { $when }.
text-unnamed = Когда: { $when }, день назовём позже.
text-venue = Где: { $venue }.
text-online = Встреча онлайн: ссылку пришлю тем, кто ответит «Приду».
text-mixed = Можно прийти, а можно подключиться: ссылку пришлю тем, кто ответит «Подключусь».
text-responsible = Проводит: { $responsible }.
text-answer = Ответьте, пожалуйста, до { $until } – в боте «Звонок»: { $link }
text-answer-here = Ответить можно в боте «Звонок»: { $link }
text-taken = Можно переслать или скопировать.
