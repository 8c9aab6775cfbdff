### Cards and lists.

when-known = <b>{ $span }</b>
when-day-unnamed = { $span }, <b>день пока не назван</b>
when-day-never-named = { $span }, день так и не назвали
until = до { $day }

card =
    <b>{ $title }</b>
    🗓 { $when }{ $details }
card-venue = 📍 { $venue }
card-venue-entrance = 📍 { $venue }, вход { $entrance }
card-responsible = Проводит: { $responsible }
card-audience = Для кого: { $audience }
card-for-group = Для кого: группа «{ $group }»
card-for-gone-group = Для кого: группа, которой больше нет
card-for-guests = Для кого: те, кого пригласили отдельно
card-not-asked = Эта встреча не для всех, отвечать на неё не нужно.
card-asks-nobody = На эту встречу никого не зову, отвечать не нужно.
card-cancelled = <b>Отменено.</b> Приезжать не нужно.
card-over = Уже прошло.
card-held = <b>Состоялось.</b>
card-not-held = <b>Не состоялось.</b>
card-going =
    { $count ->
        [0] Пока никто не сказал «Приду».
        [one] Придёт { $count } человек.
        [few] Придут { $count } человека.
       *[many] Придут { $count } человек.
    }
card-no-answer = <b>Вы ещё не ответили.</b>
card-no-answer-until = <b>Вы ещё не ответили</b>; ответ нужен до { $until }.
card-online =
    { $count ->
        [one] Подключится { $count } человек.
        [few] Подключатся { $count } человека.
       *[many] Подключатся { $count } человек.
    }
card-seats =
    { $count ->
        [0] Мест больше нет: «Приду» запишет вас в лист ожидания.
        [one] Осталось { $count } место.
        [few] Осталось { $count } места.
       *[many] Осталось { $count } мест.
    }
card-seats-kept = Свободные места держу за теми, кто уже ждёт.
card-seats-line = «Приду» запишет вас в лист ожидания.
card-waitlisted = <b>Вы в листе ожидания под номером { $place }.</b> Освободится место – напишу.
card-offered = <b>Для вас есть место,</b> держу его до { $until }. Нажмите «Приду» или, если уже не нужно, «Не смогу».
card-too-late = Время, на которое держалось место, вышло, и оно ушло дальше.
card-lapsed = Место держалось за вами до { $until }, теперь оно ушло дальше. Всё ещё хотите прийти? Нажмите «Приду».
card-going-mine = Ваш ответ: <b>приду</b>.
card-online-mine = Ваш ответ: <b>подключусь</b>.
card-declined-mine = Ваш ответ: <b>не смогу</b>.
card-undecided-mine = Ваш ответ: <b>пока не знаю</b>.
card-answer-later = Отвечать пока не нужно: назовут день – спрошу.
card-closed = Ответы больше не принимаю: встреча началась.
card-task = Это задание, приходить никуда не нужно.
card-more =
    { $count ->
        [0] Других встреч впереди пока нет.
        [one] Впереди ещё { $count } встреча.
        [few] Впереди ещё { $count } встречи.
       *[many] Впереди ещё { $count } встреч.
    }

nothing-ahead =
    Впереди встреч нет: всё, что было в плане, уже прошло.
    Появится новый план – я напомню о встречах заранее.
no-plan = Плана пока нет. Как только руководитель его пришлёт, здесь появится ближайшая встреча.
no-plan-yours = Плана пока нет. Пришлите его сюда файлом – или создайте встречу: «Руководителю», «Новая встреча».

plan-month =
    <b>{ $month }</b>
    { $lines }
plan-line = • { $when } – { $title }{ $venue }
plan-line-unnamed = • { $title }{ $venue } – день не назван
plan-line-venue = { " " }({ $venue })
plan-line-group = , для группы «{ $group }»
plan-line-guests = , для приглашённых
plan-line-some = , не для всех
plan-line-from = , { $title }
plan-line-cancelled = • <s>{ $when } – { $title }</s>, отменено
plan-year-round =
    <b>В течение года</b>
    { $lines }
plan-year-round-line = • { $title }{ $note }
plan-undated = срок не назван
plan-year-round-note = { " " }({ $note })
plan-cut = …и ещё { $count }. Спросите словами, например: «{ $example }».
plan-only-year-round = Встреч впереди нет. Работа в течение года – по кнопке ниже.
plan-past =
    <b>Прошедшие встречи</b>
    { $lines }
    Откройте встречу – материалы и выступления на её карточке.
plan-no-past = Прошедших встреч пока нет.

found =
    { $count ->
        [one] Нашлась { $count } встреча:
        [few] Нашлись { $count } встречи:
       *[many] Нашлось { $count } встреч:
    }
found-before = Впереди такого нет, а раньше было:
found-people =
    <b>Люди:</b>
    { $lines }
found-person = • { $name }{ $school }
found-span = <b>{ $span }:</b>
found-open = А здесь день ещё не назван:
none-of-kind = На это время { $kind } нет. Вот что есть:
none-in-span = { $span } – встреч нет.
nothing-in-span = { $span } – встреч нет. Весь план – по кнопке «План на год».
kinds-meeting = заседаний
kinds-seminar = семинаров
kinds-workshop = мастер-классов
kinds-council = совещаний
kinds-contest = конкурсов
nothing-found = Таких встреч не нашлось. Спросите иначе – темой, школой, месяцем – или откройте «План на год».
nothing-of-kind = Такого впереди в плане нет. Весь план – по кнопке «План на год».
