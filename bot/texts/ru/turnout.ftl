### After «Не смогу», and the coordinator's list of who comes.

declined-ask =
    <b>Что помешало?</b> { $title } ({ $when })
    Отвечать необязательно. Причину увидит только руководитель, а в конце учебного года я её сотру.
declined-words =
    Напишите одним сообщением, что помешало: { $title }.
    Довольно двух слов, о здоровье писать не нужно.
declined-noted = Записано: { $reason }. Спасибо, что сказали!
declined-untold = Хорошо, причину не записываю.
not-declined = Сейчас ваш ответ другой, так что ни причина, ни замена не нужны.

reason-lessons = уроки
reason-school = дела школы
reason-family = семейные обстоятельства
reason-words = «{ $words }»

substitute-choose =
    <b>Кто придёт вместо вас?</b> { $title } ({ $when })
    Выберите коллегу или напишите фамилию, имя и отчество. Спросите сначала, можно ли назвать: имя увидит руководитель.
substitute-write =
    <b>Кто придёт вместо вас?</b> { $title } ({ $when })
    Напишите фамилию, имя и отчество, например: Петрова Мария Ивановна. Спросите сначала, можно ли назвать: имя увидит руководитель.
substitute-noted =
    <b>Записано:</b> вместо вас – { $name }.
    Руководитель увидит это в списке: { $title }.
substitute-colleague = Попросите, пожалуйста, коллегу нажать «Приду»: каждый отвечает за себя.
substitute-waits = Места сейчас все заняты: «Приду» поставит в лист ожидания.
substitute-full =
    <b>Мест больше нет:</b> { $title }. Освободившееся сразу предлагаю тому, кто ждёт, поэтому { $name } в списке не стоит.
    Если без этого человека никак, скажите руководителю: гостя можно записать и сверх мест.
substitute-nobody = Хорошо, вместо вас никого не записываю.
colleague-unknown = Этого коллеги в вашей школе больше нет. Нажмите «За меня придёт коллега» ещё раз.

mine-reason = { " " }({ $reason })
mine-substitute = , вместо вас – { $name }

who-line = { $name }{ $school }{ $notes }
who-school = , { $school }
who-notes = { " " }({ $notes })
who-substitute = вместо себя – { $name }
who-instead-of = вместо: { $name }
who-guest = гость

schools-some =
    { $count ->
        [0] Пока никто не сказал «Приду».
        [one] Придут из { $count } школы.
       *[many] Придут из { $count } школ.
    }
schools-none = Пока никого – из { $count }.
schools-title = <b>{ $school }</b>
schools-title-none = <b>{ $school }</b> – пока никого
schools-untitled = Школа не указана
schools-going = Придут: { $names }
schools-online = Подключатся: { $names }
schools-waitlisted = Ждут места: { $names }
schools-undecided = Пока не знают: { $names }
schools-silent = Не ответили: { $names }
schools-declined = Не смогут: { $names }
schools-guests =
    <b>Гости</b>
    { $names }
schools-name = { $name }

sheet-title = Кто придёт
sheet-file-name = кто придёт, { $day }.xlsx
sheet-caption =
    Список: { $title }.
    В нём есть причины, поэтому дальше его лучше не пересылать.
sheet-number = №
sheet-name = Фамилия, имя, отчество
sheet-school = Школа, организация
sheet-answer = Ответ
sheet-reason = Причина
sheet-note = Примечание
said-going = придёт
said-online = подключится
said-waitlisted = ждёт места
said-declined = не сможет
said-undecided = пока не знает
said-none = ответа нет

answer-for-choose =
    <b>За кого ответить?</b> { $title } ({ $when })
answer-for =
    <b>{ $name }</b>{ $school }
    { $title } ({ $when })
    Сейчас: { $answer }. Что записать? Человек увидит этот ответ у себя и сможет изменить.

guests =
    <b>Гости – { $count }:</b> { $title } ({ $when })
    { $lines }
    Гости стоят в общем списке и считаются вместе со всеми.
guests-none =
    <b>Гостей пока нет:</b> { $title } ({ $when })
    Здесь можно записать тех, кто придёт, но в объединении не состоит.
guests-ask =
    Кто придёт в гости: { $title }?
    Напишите <b>фамилию, имя, отчество</b> и через запятую – <b>откуда</b>, например: Иванова Анна Львовна, районная библиотека. Нескольких – каждого с новой строки.
    Записывайте, пожалуйста, с согласия человека.
guests-crowd =
    <b>Мест не хватает:</b> { $title } ({ $when })
    { $seats } Вместе с новыми гостями { $coming }{ $waiting }.
    Пока никого не записываю.
coming-in-person =
    { $count ->
        [one] придёт { $count } человек
        [few] придут { $count } человека
       *[many] придут { $count } человек
    }
guests-crowd-waiting =
    { $count ->
        [one] , и ещё { $count } человек ждёт места
        [few] , и ещё { $count } человека ждут места
       *[many] , и ещё { $count } человек ждут места
    }
guest-not-understood = Не вижу имени. Напишите, например: Иванова Анна Львовна, районная библиотека.
guests-too-many = За один раз – не больше { $most } гостей. Пришлите, пожалуйста, по частям.
