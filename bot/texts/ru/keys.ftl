### The keys and buttons. Labels of DESIGN.md's contract stand here to the letter.

key-next = Ближайшее
key-plan = План на год
key-mine = Мои ответы
key-settings = Настройки
key-help = Помощь
key-desk = Руководителю

button-going = Приду
button-declined = Не смогу
button-undecided = Пока не знаю
# The answer that stands is marked.
button-chosen = ✅ { $label }

button-earlier = ◀ Раньше
button-later = Дальше ▶
button-back = ‹ Назад
button-year-round = Весь год
button-open = { $when } · { $title }

button-consent = Согласие даю
button-other-school = Другая – напишу словами

button-save = Сохранить
button-drop = Отменить
button-other-year = Да, это план на { $year }
button-confirm = Подтвердить
button-other-day = Другой день
button-instead = Другая: { $title }
button-following = Следующая: { $title }
button-card = Карточка встречи
button-journal = Журнал
button-undo = Вернуть как было
button-undo-of = Вернуть как было: { $title }
button-sure-undo = Да, вернуть как было
button-newer = ◀ Новее
button-older = Раньше ▶

button-name-days = Назвать дни
button-who-comes = Кто придёт
button-send-plan = Загрузить план
button-invite = Пригласить коллег
button-more = Ещё
button-when-reminded = Когда напоминать
button-which-reminders = О чём и за сколько
button-reminder-hours = В котором часу
button-quiet-hours = Тихие часы
button-rest = Летний отдых
button-journal-years = Сколько хранить журнал
button-lead-hour = { $lead } – { $time }
button-quiet = { $start } – { $end }
button-no-quiet = Без тихих часов
button-rest-between = { $first } – { $last }
button-no-rest = Не отдыхать
button-finish-setup = Закончить настройку
button-name-day = Назвать день
button-move-day = Перенести

button-act-cancel = Отменить встречу
button-act-cancel-task = Отменить задание
button-act-restore = Вернуть встречу
button-act-restore-task = Вернуть задание
button-act-place = Сменить место
button-act-deadline = Срок ответов
button-act-due-task = Сменить срок
button-act-nudge = Напомнить молчащим
button-text = Текст для пересылки
button-no-reason = Без причины
button-leave-it = Ничего не менять
button-sure-cancel = Да, отменить
button-sure-restore = Да, вернуть
button-sure-place = Да, сменить
button-sure-deadline = Да, такой срок
button-sure-due = Да, такой срок
button-sure-nudge = Да, напомнить
button-choose-people = Кому поручить
button-everybody = Поручить всем
button-who-unfinished = Кто ещё не сделал
button-unfinished = Ещё не готово

button-remind-later = Напомнить позже
button-calendar = В календарь
button-why = Почему мне это пришло?
button-finished = Готово
button-seen = Вижу
button-held-yes = Да
button-held-moved = Перенесли
button-held-no = Не состоялось
button-call = Позвоните
button-call-going = { $number }. Придёт
button-call-declined = { $number }. Не сможет
button-add-person = Добавить человека
button-consent-given = Согласие получено

button-reminders = Напоминания
button-how-often = Как часто
choice-usual = Как у всех
choice-more = Чаще
choice-fewer = Реже
choice-none = Не напоминать
button-weekly = Сводка на неделю
button-monthly = Сводка на месяц
button-pause = Пауза до…
button-pause-week = На неделю
button-pause-month = На месяц
button-pause-september = До 1 сентября
button-resume = Снять паузу

button-my-data = Мои данные
button-fix-name = Исправить имя
button-fix-school = Исправить школу
button-phone = Телефон
button-no-phone = Убрать номер
button-export = Скачать
button-withdraw = Выйти из списка
button-erase = Стереть всё
button-sure-withdraw = Да, выйти
button-sure-erase = Да, стереть
button-keep = Нет, оставить

button-pass = Передать руководителю
button-reply = Ответить
button-yes-answer = Да, верно
button-no-answer = Нет, я о другом

command-next = Ближайшая встреча
command-plan = План на год
command-my = Мои ответы
command-settings = Настройки
command-help = Помощь
command-stop = Выйти из списка

button-group = Чат объединения
button-link-group = Связать с объединением
button-unlink-group = Отвязать
button-write-to-all = Написать всем
button-send-to-all = Отправить
