### What members are told unasked: reminders and changes.

reminder-month =
    🔔 <b>{ $when }</b>
    { $title }
reminder-month-later = День пока не назван; назовут – напишу и спрошу, придёте ли.
reminder-soon =
    🔔 <b>{ $when }</b>
    { $title }
reminder-today =
    🔔 <b>Сегодня{ $at }</b>
    { $title }
reminder-tomorrow =
    🔔 <b>Завтра{ $at }</b>
    { $title }
reminder-at = { " " }в { $time }
reminder-venue = 📍 { $venue }
reminder-entrance = Вход: { $entrance }.
reminder-bring = Возьмите с собой: { $bring }.
reminder-online = Встреча пройдёт онлайн; ссылку пришлю тем, кто ответит «Приду».
reminder-mixed = Можно прийти, а можно подключиться; ссылку пришлю тем, кто ответит «Подключусь».
reminder-online-later = Встреча пройдёт онлайн. Ссылки пока нет: как только будет, пришлю.
reminder-link-later = Ссылки пока нет: как только будет, пришлю.
reminder-waitlisted = Вы в листе ожидания: места пока нет, приезжать не нужно. Освободится – сразу напишу.
reminder-link = Ссылка для входа: { $link }
reminder-by-number = Как подключиться: { $link }
reminder-ends = Закончим около { $time }.
reminder-deadline = Ответ нужен до { $until }.
reminder-ask = { $name }, <b>вы придёте?</b> Если не сможете, это тоже ответ: напоминать больше не буду.
reminder-going = Вы ответили: <b>приду</b>. Планы изменились? Нажмите «Не смогу», и вас не будут ждать.
reminder-joining = Вы ответили: <b>подключусь</b>. Планы изменились? Нажмите «Не смогу», и вас не будут ждать.
reminder-still = { $name }, вы ответили «{ $answer }» давно. <b>Всё в силе?</b>
reminder-undecided = { $name }, вы пока не решили. <b>Получится прийти?</b>
reminder-last-call = { $name }, список гостей скоро отдадут. <b>Вы придёте?</b> Одно нажатие – и больше спрашивать не буду.
reminder-nudge = { $name }, руководитель ждёт вашего ответа. <b>Вы придёте?</b>
reminder-task =
    📌 <b>Задание: { $when }</b>
    { $title }
reminder-task-done = Сделаете – нажмите «Готово», и напоминать больше не буду.

change-named =
    <b>Назван день:</b> { $title }
    🗓 <b>{ $when }</b>{ $venue }
change-moved =
    <b>Перенос:</b> { $title }
    Было: { $before }
    🗓 Теперь: <b>{ $now }</b>{ $venue }
change-postponed =
    <b>Перенос:</b> { $title }
    Было: { $before }. Новый день пока не назван; назовут – напишу.
    🗓 { $when }{ $venue }
change-hour =
    <b>Новое время:</b> { $title }
    Было: { $before }
    🗓 Теперь: <b>{ $now }</b>{ $venue }
change-place =
    <b>Новое место:</b> { $title }
    🗓 { $when }{ $venue }
change-mode-onsite =
    <b>Встречаемся очно:</b> { $title }
    🗓 { $when }{ $venue }
change-mode-online =
    <b>Встречаемся онлайн:</b> { $title }
    🗓 { $when }{ $venue }
change-mode-mixed =
    <b>Можно прийти или подключиться:</b> { $title }
    🗓 { $when }{ $venue }
change-link =
    <b>Новая ссылка:</b> { $title }
    🗓 { $when }{ $venue }
change-first-link =
    <b>Есть ссылка на встречу:</b> { $title }
    🗓 { $when }{ $venue }
change-restored =
    <b>Встреча всё-таки состоится:</b> { $title }
    🗓 <b>{ $when }</b>{ $venue }
change-no-day = День пока не назван; назовут – напишу.
change-cancelled =
    <b>Отменено:</b> { $title }
    Было: { $when }. Приезжать не нужно.
change-no-gathering =
    <b>Встречи не будет:</b> { $title }
    Было: { $when }. В новом плане это задание, приезжать не нужно.
change-reason = Причина: { $reason }.
change-cancelled-later = Если назначат новый день, я напишу и спрошу заново.
change-new-mine = <b>Ваш ответ:</b> { $answer }. Если планы изменятся, нажмите другую кнопку.
change-ask = { $name }, вы придёте?
change-ask-anew = { $name }, вы придёте? Прежний ответ, если он был, о другом дне и больше не в счёт.
change-corrected =
    { $count ->
        [one] <b>План исправлен</b>, для вас изменилось { $count } дело.
        [few] <b>План исправлен</b>, для вас изменились { $count } дела.
       *[many] <b>План исправлен</b>, для вас изменилось { $count } дел.
    }
change-corrected-ask = { $name }, нажмите встречу и ответьте на её карточке. Если у неё другой день, прежний ответ больше не в счёт.
change-ask-hour = { $name }, всё в силе?
change-ask-declined = { $name }, вы ответили «не смогу». Если теперь получается, нажмите «Приду».
change-ask-in-person = { $name }, раньше встречались онлайн. <b>Приедете?</b>
