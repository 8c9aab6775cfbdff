### «Напомнить позже», «В календарь».

later-when = Когда напомнить?
later-promised = Хорошо, напомню { $when }.
later-missed = Это время уже не подходит.
later-too-late = До встречи совсем немного: позже напоминать уже некогда. Всё, что нужно, – на карточке.
later-today = сегодня в { $time }
later-tomorrow = завтра в { $time }
button-later-hour = Через час
button-later-evening = Сегодня вечером
button-later-morning = Завтра утром

calendar-file =
    <b>{ $title }</b> – { $when }
    Откройте файл, и встреча встанет в календарь телефона. Если её перенесут, нажмите «В календарь» ещё раз: запись обновится.
calendar-file-cancelled =
    <b>Отменено:</b> { $title }.
    Откройте файл, и встреча в календаре телефона будет отмечена как отменённая.
calendar-file-name = встреча.ics
