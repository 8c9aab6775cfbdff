### The journal, taking changes back, two people editing.

journal =
    <b>Журнал</b>
    { $lines }
journal-event =
    <b>Журнал:</b> { $title }
    { $lines }
journal-empty = Здесь появится всё, что меняли: кто, когда и что. Пока записей нет.
journal-line = • <b>{ $when }</b>{ $by } – { $what }
journal-by = , { $name }
journal-of = { $what }. { $title }
journal-details = { $what }: { $details }
journal-was = { $what } (было: { $before })

journal-planned = появилось в плане
journal-created = новая встреча
journal-day-named = назван день
journal-moved = перенос
journal-postponed = отложено без дня
journal-cancelled = отмена
journal-restored = отмена снята
journal-place = новое место
journal-bring = что взять с собой
journal-deadline = срок ответов
journal-title = новое название
journal-kind = другой вид встречи
journal-responsible = проводит
journal-contact = кому звонить
journal-seats = сколько мест
journal-invited = кого звать
journal-held = состоялось
journal-not-held = не состоялось
journal-held-undone = отметка «Состоялось?» снята
journal-undone = изменение отозвано, теперь как было
journal-undone-quietly = изменение отозвано, теперь как было
journal-redone = возврат отменён, изменение снова в силе
journal-redone-quietly = возврат отменён, изменение снова в силе
journal-together = проводим вместе с другой встречей
journal-merged = проводим вместе, карточка теперь у другой встречи
journal-split = снова отдельно от другой встречи
journal-parted = снова отдельная встреча
journal-changed = изменение

journal-row-result = отметка о выполнении в плане
journal-year-note = слова для годового анализа
journal-talks-none = отмечено, что докладов не было
journal-talks-asked = отметка, что докладов не было, снята
journal-year-note-of = слова для годового анализа: «{ $note }»

journal-nothing = не названо
journal-corrected = исправлено по новому файлу плана
journal-corrected-quietly = исправлено по новому файлу плана
journal-seats-number =
    { $count ->
        [one] { $count } место
        [few] { $count } места
       *[many] { $count } мест
    }
journal-seats-any = мест сколько угодно
journal-carry = взять с собой: { $bring }
journal-answer-by = ответы до { $until }
journal-answer-usual = ответы до обычного срока
journal-status-planned = в плане
journal-status-cancelled = отменено
journal-status-joined = вместе с другой встречей
journal-invited-everybody = всех
journal-invited-group = группу «{ $group }»
journal-invited-guests = тех, кого пригласили отдельно
journal-invited-nobody = никого
journal-mode-onsite = очно
journal-mode-online = онлайн
journal-mode-mixed = очно и онлайн

journal-joined = теперь в списке
journal-withdrew = выход из списка
journal-erased = кто-то попросил стереть все данные о себе; стёрто
journal-added-person = в списке новый человек: { $whom }
journal-answered-for = внесён ответ за человека: { $whom }
journal-somebody = имени больше нет
journal-person-edited = исправлены сведения о человеке: { $whom }
journal-person-edited-of = исправлены сведения о человеке ({ $field }): { $whom }
journal-field-name = имя
journal-field-position = должность
journal-field-phone = телефон
journal-field-category = категория
journal-field-service = стаж
journal-field-school = школы
journal-person-away-of = в длительном отпуске до { $until }: { $whom }
journal-person-gone = больше не работает: { $whom }
journal-person-away = в длительном отпуске: { $whom }
journal-person-back = снова в списке: { $whom }
journal-person-admitted = заявка принята: { $whom }
journal-person-refused = заявка отклонена: { $whom }
journal-people-merged-of = две записи об одном человеке объединены: { $names }
journal-people-parted-of = объединённые записи разъединены: { $names }
journal-people-merged = две записи об одном человеке объединены
journal-people-parted = объединённые записи разъединены
journal-school-renamed = у школы новое название
journal-school-renamed-of = школа теперь называется «{ $after }» (было: «{ $before }»)
journal-school-returned = школе возвращено прежнее название
journal-school-returned-of = школе возвращено название «{ $after }» (было: «{ $before }»)
journal-group-made = новая группа
journal-group-made-of = новая группа «{ $title }»
journal-group-named = новая группа или новое название группы
journal-group-named-of = группа теперь называется «{ $title }»
journal-group-renamed = новое название группы
journal-group-renamed-of = группа теперь называется «{ $title }» (было: «{ $before }»)
journal-group-name-returned = группе возвращено прежнее название
journal-group-name-returned-of = группе возвращено название «{ $after }» (было: «{ $before }»)
journal-group-removed = группы больше нет
journal-group-removed-of = группы «{ $title }» больше нет
journal-group-returned = удалённая группа возвращена
journal-group-returned-of = группа «{ $title }» снова есть
journal-door-changed = другие правила, кто может войти
journal-door-request = войти теперь можно только после «Принять»
journal-door-link = войти теперь может каждый, у кого есть приглашение
journal-event-removed = создание встречи отменено
journal-event-removed-of = создание встречи отменено: { $title }
journal-added-guests = в списке новые гости
journal-added-guests-of =
    { $count ->
        [one] в списке { $count } новый гость
        [few] в списке { $count } новых гостя
       *[many] в списке { $count } новых гостей
    }
journal-removed-guest-of = гость вычеркнут: { $whom }
journal-guest-came-of = новый гость: { $whom }
journal-host-came-of = по приглашению вошёл человек, который проводит встречу: { $whom }
journal-material-renamed-of = материал теперь называется «{ $after }» (было: «{ $before }»)
journal-material-removed-of = убран материал «{ $title }»
journal-material-returned-of = возвращён материал «{ $title }»
journal-talk = { $what }: «{ $talk }»
journal-details-none = ничего сверх имени, школы и должности
journal-helper-invited-coordinator = новое приглашение с правами руководителя
journal-helper-invited-methodist = новое приглашение для методиста
journal-handover-offered-of = дела предложены: { $whom }
journal-handover-withdrawn-of = передача дел отозвана: { $whom }
journal-handover-accepted-of = дела приняты; прежний руководитель – { $whom }
journal-handover-returned-of = передача дел отменена, теперь как было: { $whom }
journal-broadcast-all =
    { $count ->
        [one] письмо всем: { $count } человеку
       *[many] письмо всем: { $count } людям
    }
journal-broadcast-coming =
    { $count ->
        [one] письмо тем, кто придёт: { $count } человеку
       *[many] письмо тем, кто придёт: { $count } людям
    }
journal-broadcast-silent =
    { $count ->
        [one] письмо тем, кто не ответил: { $count } человеку
       *[many] письмо тем, кто не ответил: { $count } людям
    }
journal-broadcast-school =
    { $count ->
        [one] письмо в школу «{ $title }»: { $count } человеку
       *[many] письмо в школу «{ $title }»: { $count } людям
    }
journal-broadcast-group =
    { $count ->
        [one] письмо группе «{ $title }»: { $count } человеку
       *[many] письмо группе «{ $title }»: { $count } людям
    }
journal-removed-guest = гость вычеркнут
journal-guest-came = новый гость
journal-guest-link-made = ссылка для гостей
journal-guest-link-withdrawn = ссылка для гостей закрыта
journal-code-word-named = названо кодовое слово для отметки
journal-code-word-ended = кодовое слово больше не действует
journal-host-linked = встречу проводит { $whom }
journal-host-unlinked = встречу больше не проводит { $whom }
journal-host-invited = приглашение для того, кто проводит встречу
journal-host-came = по приглашению вошёл человек, который проводит встречу
journal-materials-added = добавлены материалы
journal-material-renamed = у материала новое название
journal-material-removed = материал убран
journal-material-returned = убранный материал возвращён
journal-materials-told =
    { $count ->
        [one] письмо о материалах: { $count } человеку
       *[many] письмо о материалах: { $count } людям
    }
journal-letter-scanned = приложено подписанное письмо
journal-letter-removed = подписанное письмо убрано
journal-letter-returned = подписанное письмо возвращено
journal-sheet-scanned = добавлено фото явочного листа
journal-sheet-removed = фото явочного листа убрано
journal-sheet-returned = фото явочного листа возвращено
journal-blank-replaced = свой бланк: { $name }
journal-blank-returned = снова обычный бланк: { $name }
journal-talk-proposed = предложено выступление
journal-talk-added = в программе новое выступление
journal-talk-confirmed = предложенное выступление принято
journal-talk-declined = предложенное выступление отклонено
journal-talk-withdrawn = предложенное выступление отозвано
journal-talk-corrected = исправлено выступление
journal-talk-moved = другой порядок выступлений
journal-talk-removed = выступление убрано из программы
journal-talk-returned = убранное выступление возвращено
journal-mark-corrected = исправлена отметка о явке ({ $whom }): { $after }
journal-mark-guest = гость
journal-roll-marked =
    { $count ->
        [one] перекличка: отмечен { $count } человек
        [few] перекличка: отмечены { $count } человека
       *[many] перекличка: отмечены { $count } человек
    }
journal-roll-taken-back =
    { $count ->
        [one] перекличка: снята { $count } отметка
        [few] перекличка: сняты { $count } отметки
       *[many] перекличка: снято { $count } отметок
    }
journal-roll-confirmed =
    { $count ->
        [one] перекличка: подтверждён ответ { $count } человека
       *[many] перекличка: подтверждены ответы { $count } человек
    }
journal-roll-unconfirmed =
    { $count ->
        [one] перекличка: подтверждение снято у { $count } человека
       *[many] перекличка: подтверждение снято у { $count } человек
    }
journal-mark-taken = отметка снята
journal-protocol-numbered = протокол получил № { $number }
journal-protocol-changed = исправлен протокол
journal-broadcast-stopped = письмо остановлено
journal-people-imported =
    { $count ->
        [one] загружен список: { $count } новый человек
        [few] загружен список: { $count } новых человека
       *[many] загружен список: { $count } новых человек
    }
journal-import-taken-back =
    { $count ->
        [one] загруженный список убран: { $count } человек
        [few] загруженный список убран: { $count } человека
       *[many] загруженный список убран: { $count } человек
    }
journal-record-claimed = запись из списка перешла к тому, о ком она: { $whom }
journal-record-passed = запись передана другому Telegram: { $whom }
journal-claim-refused = запись другому Telegram не передана: { $whom }
journal-details-changed = теперь о людях хранится другое
journal-plan-imported =
    { $count ->
        [one] загружен план на { $year }: { $count } встреча или задание
        [few] загружен план на { $year }: { $count } встречи и задания
       *[many] загружен план на { $year }: { $count } встреч и заданий
    }
journal-plan-removed = план на { $year } убран сразу после загрузки
journal-plan-corrected =
    { $count ->
        [one] план на { $year } исправлен по новому файлу: { $count } изменение
        [few] план на { $year } исправлен по новому файлу: { $count } изменения
       *[many] план на { $year } исправлен по новому файлу: { $count } изменений
    }
journal-broadcast =
    { $count ->
        [one] письмо всем: { $count } человеку
       *[many] письмо всем: { $count } людям
    }
journal-group-linked = чат объединения связан
journal-group-unlinked = чат объединения отвязан
journal-group-lost = Звонок убрали из чата объединения
journal-setting-changed = настройка «{ $name }»
journal-timing-changed = когда напоминать, «{ $name }»
journal-retention-changed =
    { $count ->
        [one] журнал отправленного хранится { $count } год
        [few] журнал отправленного хранится { $count } года
       *[many] журнал отправленного хранится { $count } лет
    }

undo-ask = Вернуть как было?
redo-ask = Отменить возврат?
undo-preview =
    <b>{ $asked }</b> { $title }
    Сейчас: { $after }.
    Станет: { $before }.
    { $people }
undo-asks-anew = О другом дне они уже знают, поэтому прежние ответы не в счёт: спрошу заново.
undo-told-nobody = Отдельно об этом никому не пишу.
undo-unheard = О прежнем изменении ещё никто не знает, поэтому никому не пишу.
undo-done =
    <b>Вернули как было:</b> { $title } – { $now }.
    { $people }
undo-already = Уже вернули, теперь как было: { $title } – { $now }. Больше никому не пишу.
redo-done =
    <b>Возврат отменён:</b> { $title } – { $now }.
    { $people }
redo-already = Возврат уже отменён: { $title } – { $now }. Больше никому не пишу.
undo-link-now = нынешняя ссылка на встречу
undo-link-before = прежняя ссылка на встречу
undo-link-none = пока без ссылки
undo-no-room =
    { $count ->
        [one] Столько мест уже мало: придёт { $count } человек, считая гостей. Число мест можно назвать другое: «Кто придёт», «Ещё», «Сколько мест».
        [few] Столько мест уже мало: придут { $count } человека, считая гостей. Число мест можно назвать другое: «Кто придёт», «Ещё», «Сколько мест».
       *[many] Столько мест уже мало: придут { $count } человек, считая гостей. Число мест можно назвать другое: «Кто придёт», «Ещё», «Сколько мест».
    }
undo-gone = Вернуть как было можно только самое последнее изменение и только в течение суток.
undo-begun = Эта встреча уже началась, возвращать больше нечего.
undo-past = Прежнее время уже прошло, вернуть его нельзя. Назовите, пожалуйста, другой день.

meanwhile =
    <b>Пока вы смотрели, эту встречу изменили:</b>
    { $lines }
meanwhile-ask = Если всё-таки нужно так, как у вас, подтвердите ещё раз:
meanwhile-cannot = Теперь ваше изменение внести нельзя.
