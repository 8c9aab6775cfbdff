### «Бумаги» of an event: letters, lists, scans.

papers =
    <b>{ $title }</b>
    🗓 { $when }
    Что подготовить?
papers-no-day = День пока не назван – в бумагах будет только месяц.
papers-no-hours = Часа пока нет – в бумагах будет прочерк.
papers-no-place = Места пока нет – в бумагах будет прочерк.
papers-no-talks = Выступлений в программе пока нет – письмо выйдет без неё.

papers-more = <b>Бумаги, остальное:</b> { $title } ({ $when })
letters-how = Пришлю файлом Word. Что нужно, поправьте; номер, дату и подпись поставьте от руки.
letter-caption =
    <b>Письмо директорам:</b> { $title } ({ $when })
    Номер, дату и подпись поставьте от руки. Потом сфотографируйте и нажмите «Подписанное письмо» – оно будет на карточке у всех.
notice-caption =
    <b>Уведомление методическому центру:</b> { $title } ({ $when })
    Номер, дату и подпись поставьте от руки.
gate-caption =
    { $count ->
        [one] <b>Список на вахту – { $count } человек:</b> { $title } ({ $when })
        [few] <b>Список на вахту – { $count } человека:</b> { $title } ({ $when })
       *[many] <b>Список на вахту – { $count } человек:</b> { $title } ({ $when })
    }
    Здесь все, кто придёт, с гостями и теми, кто придёт за коллегу. Кто не ответил или ждёт места, в список не входит.
attendance-caption =
    { $count ->
        [one] <b>Явочный лист – { $count } человек:</b> { $title } ({ $when })
        [few] <b>Явочный лист – { $count } человека:</b> { $title } ({ $when })
       *[many] <b>Явочный лист – { $count } человек:</b> { $title } ({ $when })
    }
    Пять пустых строк – для тех, кто придёт без предупреждения. Распечатайте, пусть распишутся.
letter-file-name = Письмо директорам { $day }.docx
notice-file-name = Уведомление { $day }.docx
gate-file-name = Список на вахту { $day }.docx
attendance-file-name = Явочный лист { $day }.docx

centre-ask =
    <b>Какому методическому центру уведомление?</b>
    Напишите название, например: Городской центр развития образования. Запомню и больше не спрошу. Пропустите – на этом месте останется строка.

signed-none =
    <b>Подписанного письма пока нет:</b> { $title } ({ $when })
    Пришлите его – и на карточке у всех появится кнопка «Письмо директору».
signed-there =
    <b>Подписанное письмо есть:</b> { $title } ({ $when })
    Оно у всех на карточке, кнопкой «Письмо директору».
letter-ask-scan =
    <b>Подписанное письмо:</b> { $title }
    Пришлите сюда фотографию или файл со сканом.
signed-kept =
    <b>Записано:</b> { $title }
    «Письмо директору» теперь на карточке у всех. Отдельно об этом никому не пишу.
signed-replaced = Прежнее письмо можно вернуть в течение суток.
letter-scan-removed =
    <b>Письмо убрано:</b> { $title }
    На карточке его больше нет. В течение суток можно вернуть.
signed-caption =
    <b>Письмо директору:</b> { $title } ({ $when })
    Покажите его или распечатайте.

sheet = <b>Явочный лист:</b> { $title } ({ $when })
sheet-no-pages = Впишу всех, кто придёт. А подписанный лист сфотографируйте и пришлите – сохраню его здесь.
sheet-pages =
    { $count ->
        [one] Подписанный лист сохранён: { $count } фото.
       *[many] Подписанный лист сохранён: { $count } фото.
    }
sheet-ask-scan =
    <b>Подписанный явочный лист:</b> { $title }
    Сфотографируйте его и пришлите сюда. Страниц несколько – по одной.
sheet-page-kept =
    { $count ->
        [one] ✅ <b>Сохранено.</b> Теперь здесь { $count } фото: { $title }.
       *[many] ✅ <b>Сохранено.</b> Теперь здесь { $count } фото: { $title }.
    }
    Пришлите ещё или нажмите «Пока всё».
sheet-scan-removed =
    <b>Фото убрано:</b> { $title }
    В течение суток можно вернуть.
sheet-page-caption = <b>Явочный лист, фото { $number }:</b> { $title } ({ $when })
scan-other-kind = Такое не подойдёт. Пришлите фотографию или файл со сканом.
paper-gone = Этого здесь больше нет. Посмотрите, пожалуйста, «Бумаги» ещё раз.
sheet-full = Больше { $most } фото к одной встрече не помещается. Уберите, пожалуйста, лишние.

paper-day-unnamed = { $span }, день уточняется
paper-from = начало в { $start }
paper-from-to = с { $start } до { $end }
paper-hours = { $number } ч
paper-minutes = { $number } мин
paper-online = онлайн
paper-mixed = { $venue }; можно подключиться онлайн

button-papers = Бумаги
button-papers-of = Бумаги: { $when }
button-letter = Письмо директорам
button-notice = Уведомление
button-gate-list = Список на вахту
button-signed = Подписанное письмо
button-signed-sheet = Подписанный лист
button-blanks = Бланки
button-attendance-sheet = Явочный лист
button-certificates = Справки
button-skip-centre = Пропустить
button-send-letter = Прислать
button-see-letter = Посмотреть
button-replace-letter = Заменить
button-letter-before = Вернуть прежнее
button-print-sheet = Скачать для печати
button-add-page = Прислать фото
button-see-pages = Показать фото – { $number }
button-remove-page = Убрать фото { $number }
button-to-director = Письмо директору
button-own-certificate = Справка
