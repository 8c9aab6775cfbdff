### Answers taken and refused.

answer-going-taken = Записано: вы придёте. Спасибо!
answer-online-taken = Записано: вы подключитесь. Спасибо! Ссылка – на карточке.
answer-waitlisted-taken = Мест пока нет. Вы в листе ожидания под номером { $place }: освободится место – напишу.
answer-too-late-taken = Время вышло, место ушло дальше. Вы снова в листе ожидания под номером { $place }: освободится – напишу.
answer-declined-taken = Записано: не сможете. Напоминать больше не буду.
answer-undecided-taken = Хорошо, спрошу ещё раз.

mine =
    <b>Ваши ответы</b>
    { $lines }
mine-line = • { $when } – { $title }: <b>{ $answer }</b>{ $more }
mine-going = приду
mine-online = подключусь
mine-waitlisted = в листе ожидания
mine-offered = место есть, ответьте на карточке
mine-lapsed = место ушло дальше
mine-declined = не смогу
mine-undecided = пока не знаю
mine-none = ответа ещё нет
mine-empty = Сейчас отвечать не на что. Как только назовут день новой встречи, спрошу.
mine-hint = Чтобы изменить ответ, откройте встречу кнопкой.

confirm-declined = Понимаю так: вы <b>не сможете</b> прийти – { $title } ({ $when }). Верно?
confirm-going = Понимаю так: вы <b>придёте</b> – { $title } ({ $when }). Верно?
confirm-online = Понимаю так: вы <b>подключитесь</b> – { $title } ({ $when }). Верно?
confirm-undecided = Понимаю так: вы <b>пока не знаете</b>, придёте ли – { $title } ({ $when }). Верно?
not-confirmed = Хорошо, ничего не меняю.
