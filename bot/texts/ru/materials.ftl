### What there is to read of an event.

card-materials = 📎 Материалы – { $count }
card-talks = 🎤 Выступления – { $count }
aside =
    <b>{ $title }</b>
    🗓 { $when }
    Вот что ещё можно посмотреть и сделать.

materials-head = <b>Материалы:</b> { $title } ({ $when })
materials-files =
    { $count ->
        [one] Файл – кнопкой ниже: нажмите, и я пришлю.
       *[many] Файлы – кнопками ниже: нажмите, и я пришлю.
    }
materials-nothing = Материалов пока нет: { $title } ({ $when }).
material-link = • <a href="{ $link }">{ $title }</a>
material-line = • { $title }
material-numbered = { $number }. { $title }
material-address = { $link }
material-picture = Фотография
material-picture-number = Фотография { $number }
material-refused = Telegram этот файл больше не отдаёт: { $title }. Напишите, пожалуйста, руководителю – пусть добавит его ещё раз.

materials-desk =
    <b>Материалы – { $count }:</b> { $title } ({ $when })
    { $lines }
    Их видят на карточке встречи все, кто состоит в объединении, и её гости. И после встречи – тоже.
materials-none-yet =
    <b>Материалов пока нет:</b> { $title } ({ $when })
    Добавьте презентацию, фотографию, ссылку на запись – их увидят на карточке все, кто состоит в объединении, и гости встречи.
material-ask =
    Что добавить: { $title }?
    Пришлите сюда <b>файл</b> или <b>фотографию</b> либо напишите <b>название и ссылку</b>, например: Запись семинара https://disk.yandex.ru/i/zapis. Можно несколько, одно за другим.
material-added =
    { $count ->
        [one] ✅ <b>Добавлено.</b> Теперь здесь { $count } материал: { $title }.
        [few] ✅ <b>Добавлено.</b> Теперь здесь { $count } материала: { $title }.
       *[many] ✅ <b>Добавлено.</b> Теперь здесь { $count } материалов: { $title }.
    }
    Пришлите ещё или нажмите «Пока всё».
material-known =
    Это здесь уже есть: { $title }, всего { $count }.
    Пришлите что-нибудь ещё или нажмите «Пока всё».
material-other-kind = Такое добавить не могу. Пришлите файл или фотографию; видео и звук лучше ссылкой, например: Запись семинара https://disk.yandex.ru/i/zapis.
material-which = <b>Что исправить?</b> { $title }
material-one =
    <b>{ $material }</b>
    { $title }
material-rename-ask =
    Сейчас: { $material }.
    Напишите новое название, например: Презентация к семинару.
material-removed =
    <b>Убрано:</b> { $material } – { $title }.
    В течение суток можно вернуть.
material-gone = Этого материала больше нет. Список – «Ещё», «Материалы».
materials-full = Больше { $most } материалов к одной встрече не помещается. Уберите, пожалуйста, что-нибудь: «Исправить». Или сложите всё в одну папку и пришлите ссылку на неё.
materials-none = Сообщать пока не о чем: материалов нет.
materials-changed = Пока вы смотрели, материалы изменились. Посмотрите, пожалуйста, ещё раз.

materials-tell =
    { $count ->
        [one] <b>Сообщить о материалах?</b> { $title } ({ $when }). Получит { $count } человек – тот, кто ответил «Приду».
        [few] <b>Сообщить о материалах?</b> { $title } ({ $when }). Получат { $count } человека – те, кто ответил «Приду».
       *[many] <b>Сообщить о материалах?</b> { $title } ({ $when }). Получат { $count } человек – те, кто ответил «Приду».
    }
materials-tell-nobody =
    Сообщать пока некому: «Приду» никто не ответил – { $title } ({ $when }).
    Материалы и так видны всем на карточке.
materials-telling =
    { $count ->
        [one] <b>Сообщаю { $count } человеку:</b> { $title } ({ $when }).
       *[many] <b>Сообщаю { $count } людям:</b> { $title } ({ $when }).
    }
materials-told-already = Об этих материалах уже сообщено: { $title } ({ $when }). Второй раз не пишу.
materials-told =
    <b>Материалы к встрече:</b> { $title } ({ $when })
    { $lines }
    Откроются по кнопке.

link-missing = Не вижу ни файла, ни ссылки. Пришлите файл или напишите название и ссылку, например: Запись семинара https://disk.yandex.ru/i/zapis.
link-untitled = У ссылки нет названия, а без него непонятно, что там. Напишите вместе, например: Запись семинара https://disk.yandex.ru/i/zapis.
link-not-https = Ссылка нужна с https:// в начале: по такой безопасно переходить. Например: Запись семинара https://disk.yandex.ru/i/zapis.
link-not-understood = В этой ссылке что-то не так: по ней никуда не перейти. Скопируйте её целиком, например: Запись семинара https://disk.yandex.ru/i/zapis.
link-too-long = Ссылка слишком длинная: хватит { $longest } знаков. Пришлите, пожалуйста, короткую, например: Запись семинара https://disk.yandex.ru/i/zapis.
file-too-large = Файл больше { $most } МБ, на телефоне его не откроют. Положите его, пожалуйста, в облако и пришлите ссылку, например: Запись семинара https://disk.yandex.ru/i/zapis.
