### «Перекличка»: who was there.

button-roll = Перекличка
button-roll-of = Перекличка: { $label }
button-roll-all = Все, кто обещал, пришли – { $count }
button-roll-confirm = Подтвердить всех – { $count }
button-roll-list = По списку
button-sure-roll = Да, отметить
button-sure-roll-me = Да, и меня тоже
button-roll-me = Отметить и меня
button-roll-page = Отметить всех на странице – { $count }
button-roll-school = Вся школа здесь – { $count }
button-roll-everybody = Весь список
button-roll-unmarked = Только без отметки
button-roll-namesake = Это другой человек
button-roll-more = Добавить ещё
button-opinions = Отзывы – { $count }
button-roll-present = ✅ { $label }
button-roll-late = 🕐 { $label }
button-roll-excused = уваж. { $label }
button-roll-absent = – { $label }
button-mark-present = Здесь
button-mark-late = С опозданием
button-mark-excused = По уважительной причине
button-mark-absent = Нет
button-mark-none = Снять отметку

mark-present = здесь
mark-late = с опозданием
mark-excused = нет, по уважительной причине
mark-absent = нет

roll-call = <b>Перекличка:</b> { $title } ({ $when })
roll-just-marked =
    { $count ->
        [one] ✅ <b>Отмечен { $count } человек.</b> Если поспешили – «Вернуть как было».
        [few] ✅ <b>Отмечены { $count } человека.</b> Если поспешили – «Вернуть как было».
       *[many] ✅ <b>Отмечены { $count } человек.</b> Если поспешили – «Вернуть как было».
    }
roll-just-confirmed =
    { $count ->
        [one] ✅ <b>Подтверждена отметка { $count } человека.</b> Если поспешили – «Вернуть как было».
       *[many] ✅ <b>Подтверждены отметки { $count } человек.</b> Если поспешили – «Вернуть как было».
    }
roll-there = Пришли: { $count }
roll-late = Из них с опозданием: { $count }
roll-excused = Нет по уважительной причине: { $count }
roll-absent = Нет: { $count }
roll-expected = Обещали прийти и пока без отметки: <b>{ $count }</b>
roll-nobody-expected = Все, кто обещал прийти, отмечены.
roll-nobody-promised = Прийти никто не обещал.
roll-said =
    { $count ->
        [one] <b>После встречи сам ответил, что был, { $count } человек:</b> { $names }
        [few] <b>После встречи сами ответили, что были, { $count } человека:</b> { $names }
       *[many] <b>После встречи сами ответили, что были, { $count } человек:</b> { $names }
    }
    Если так и было, подтвердите: справка – после этого.
roll-me = Вы сами пока без отметки.
roll-readings = Прочитали материалы: { $count }
roll-preview =
    { $count ->
        [one] <b>Отметить, что пришёл { $count } человек?</b> { $title } ({ $when })
        [few] <b>Отметить, что пришли { $count } человека?</b> { $title } ({ $when })
       *[many] <b>Отметить, что пришли { $count } человек?</b> { $title } ({ $when })
    }
    Это все, кто обещал и пока без отметки. Кого не было, поправите потом в списке.
roll-nobody-to-mark = Отмечать некого: все, кто обещал прийти, уже отмечены – { $title } ({ $when }).
roll-changed = Список успел измениться. Посмотрите, пожалуйста, ещё раз.

roll-list =
    <b>Перекличка:</b> { $title } ({ $when })
    Нажмите на человека, чтобы отметить. Значки: ✅ здесь, 🕐 с опозданием, «уваж.» по уважительной причине, «–» нет.
roll-list-unmarked =
    <b>Без отметки:</b> { $title } ({ $when })
    Нажмите на человека, чтобы отметить.
roll-all-marked = <b>Отмечены все:</b> { $title } ({ $when })
roll-one = <b>{ $name }</b>{ $school }
roll-promised = В списке тех, кто обещал прийти.
roll-instead-of = Вместо: { $name }. Отметите – запишу в гости.
roll-unmarked = Отметки пока нет. Что записать?
roll-mark = Отметка: <b>{ $mark }</b>{ $how }
roll-to-confirm = Если так и было, нажмите «Здесь»: отметка будет подтверждена.
roll-how = { " " }({ $how }, { $when })
roll-when = { " " }({ $when })
roll-way-qr = по коду
roll-way-digits = по цифрам
roll-way-word = по слову
roll-way-self = по кнопке «Я на месте»
roll-way-asked = по ответу после встречи
roll-refused = <b>Уже отмечено.</b> Пока вы смотрели, отметка появилась или стала другой, поэтому вашу не записываю. Если нужно иначе, отметьте ещё раз.
roll-toast = { $name }: { $mark }
roll-toast-off = { $name }: отметка снята
roll-toast-back = Вернули как было

roll-add-ask =
    Кого добавить: { $title }?
    Напишите <b>фамилию, имя, отчество</b> и через запятую – <b>откуда</b>, например: Иванова Анна Львовна, районная библиотека. Запишу в гости и сразу отмечу.
roll-namesakes =
    { $count ->
        [one] <b>{ $name }</b> – такой человек в списке есть. Это не он?
       *[many] <b>{ $name }</b> – такие люди в списке есть. Это не кто-то из них?
    }
    Пока ничего не записано.
roll-added = ✅ <b>Записано и отмечено:</b> { $name }{ $school }.
roll-one-at-a-time = Здесь – по одному. Напишите, например: Иванова Анна Львовна, районная библиотека.

roll-no-day = День этой встречи не назван, отмечать пока некого.
roll-too-early =
    { $minutes ->
        [0] Перекличка откроется с началом встречи.
        [one] Перекличка откроется за { $minutes } минуту до начала встречи.
        [few] Перекличка откроется за { $minutes } минуты до начала встречи.
       *[many] Перекличка откроется за { $minutes } минут до начала встречи.
    }
roll-not-begun = Встреча ещё не началась. «Все, кто обещал, пришли» – с её начала; кто уже здесь, отметьте по списку.
roll-line-gone = Этой строки в списке больше нет. Откройте, пожалуйста, перекличку ещё раз.
roll-gone = Возвращать нечего: такой отметки больше нет. Откройте, пожалуйста, перекличку ещё раз.
event-not-held = По отметке руководителя эта встреча не состоялась.

opinions =
    <b>Отзывы – { $count }:</b> { $title } ({ $when })
    Их видят только руководители объединения.

    { $lines }
opinions-none = Отзывов нет: { $title } ({ $when }).
opinion-line =
    <b>{ $name }</b>
    { $text }
