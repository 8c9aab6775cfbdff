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

button-name-days = Назвать дни
button-who-comes = Кто придёт
button-send-plan = Загрузить план
button-invite = Пригласить коллег
button-more = Ещё
button-finish-setup = Закончить настройку
button-name-day = Назвать день
button-move-day = Перенести

button-remind-later = Напомнить позже
button-calendar = В календарь
button-why = Почему мне это пришло?
button-finished = Готово
button-seen = Вижу
button-held-yes = Да
button-held-moved = Перенесли
button-held-no = Не состоялось
button-call = Позвоните

button-my-data = Мои данные
button-fix-name = Исправить имя
button-fix-school = Исправить школу
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
