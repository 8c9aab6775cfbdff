### «Напомнить позже».

later-when = Когда напомнить?
later-promised = Хорошо, напомню { $when }.
later-missed = Это время уже не подходит.
later-too-late = До встречи совсем немного: позже напоминать уже некогда. Всё, что нужно, – на карточке.
later-today = сегодня в { $time }
later-tomorrow = завтра в { $time }
button-later-hour = Через час
button-later-evening = Сегодня вечером
button-later-morning = Завтра утром
