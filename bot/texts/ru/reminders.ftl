### What is sent unasked.

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
reminder-ask = { $name }, <b>вы придёте?</b> Если не сможете, это тоже ответ: напоминать больше не буду.
reminder-ends = Закончим около { $time }.
reminder-going = Вы ответили: <b>приду</b>. Планы изменились? Нажмите «Не смогу», и вас не будут ждать.
reminder-undecided = { $name }, вы пока не решили. <b>Получится прийти?</b>

change-named =
    <b>Назван день:</b> { $title }
    🗓 <b>{ $when }</b>{ $venue }
change-moved =
    <b>Перенос:</b> { $title }
    Было: { $before }
    🗓 Теперь: <b>{ $when }</b>{ $venue }
change-hour =
    <b>Новое время:</b> { $title }
    Было: { $before }
    🗓 Теперь: <b>{ $when }</b>{ $venue }
change-ask = { $name }, вы придёте?
change-ask-anew = { $name }, вы придёте? Прежний ответ, если он был, о другом дне и больше не в счёт.
change-ask-hour = { $name }, всё в силе?
