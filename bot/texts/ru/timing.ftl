### When people are reminded: what each chooses, and what the association sets.

lead-week = за неделю
lead-three-days = за три дня
lead-eve = накануне
lead-morning = утром того же дня
lead-hours = за 2 часа
lead-online = за 15 минут, со ссылкой
lead-month = в первый рабочий день месяца
lead-deadline-week = за неделю до срока
lead-deadline-eve = накануне срока
leads-and = { $first } и { $last }
leads-none = не напоминаю

choice-silence = напишу, только если встречу перенесут или отменят
choice-line = <b>{ $choice }</b> – { $meaning }.
choices =
    <b>Как часто напоминать о встречах?</b>
    { $lines }
    О переносах и отменах пишу в любом случае.

reminders-mine =
    <b>Напоминания</b>
    { $choice }: { $meaning }.
    Сводка на неделю: { $weekly }. Приходит в понедельник утром.
    Сводка на месяц: { $monthly }. Приходит в первый рабочий день.
reminders-paused =
    <b>Пауза до { $until }.</b> Напишу, только если что-то срочно изменится.
reminders-saved = Записано.
digest-on = включена
digest-off = выключена

pause-until =
    <b>До какого дня помолчать?</b> Нажмите или напишите словами, например: { $example }.
    Если встреча вот-вот и её переносят или отменяют, всё равно напишу сразу. Остальные новости придут после паузы.
paused =
    Хорошо, молчу до { $until }.
    Если встреча вот-вот и её переносят или отменяют, напишу сразу. Вернуть напоминания раньше – «Снять паузу».
resumed = Пауза снята.
pause-in-past = Этот день уже наступил. Назовите, пожалуйста, день впереди, например: { $example }.
pause-too-long = Пауза бывает не дольше года. Назовите, пожалуйста, день поближе, например: { $example }.

timing =
    <b>Когда напоминать</b>
    { $families }
    Тихие часы: { $quiet }.
    Летний отдых: { $rest }.
timing-family = • { $family }: { $leads }
timing-kinds = <b>О чём напоминать?</b> Нажмите – покажу, за сколько.
timing-leads =
    <b>{ $family }</b>
    Сейчас: { $leads }.
    Нажмите, чтобы включить или выключить. Личный выбор в «Настройках» остаётся за каждым.
timing-hours = <b>В котором часу?</b> Какое напоминание переставить?
timing-no-hours = Переставлять нечего: напоминаний с часом сейчас нет.
timing-hour =
    <b>{ $lead }</b> – сейчас в { $time }.
    Нажмите другой час или напишите, например: 9:30.
timing-quiet =
    <b>Тихие часы</b> – сейчас { $quiet }.
    В это время ничего не присылаю, кроме срочных перемен. Нажмите или напишите, например: с 22 до 7.
timing-rest =
    <b>Летний отдых</b> – сейчас { $rest }.
    В это время нет сводок и вопросов о днях; о самих встречах напоминаю. Нажмите или напишите, например: с 15 июня по 19 августа.
timing-preview =
    <b>Будет так:</b>
    { $lines }
    { $moved }
timing-change = { $name }: <b>{ $after }</b> (сейчас: { $before }).
timing-preview-events =
    { $count ->
        [one] Напоминания о { $count } встрече пойдут по-новому: { $people }.
       *[many] Напоминания о { $count } встречах пойдут по-новому: { $people }.
    }
timing-preview-people =
    { $count ->
        [0] пока никому
        [one] { $count } человеку
       *[many] { $count } людям
    }
timing-preview-tasks =
    { $count ->
        [one] По-новому пойдут напоминания и о { $count } задании – тем, за кем оно.
       *[many] По-новому пойдут напоминания и о { $count } заданиях – тем, за кем они.
    }
timing-preview-nothing = Тех напоминаний, что уже рассчитаны, это не меняет.
timing-set =
    <b>Записано.</b>
    { $lines }
timing-now = { $name }: { $after }.
timing-same = Так и было, ничего не меняю.
years =
    { $count ->
        [one] { $count } год
        [few] { $count } года
       *[many] { $count } лет
    }
minutes =
    { $count ->
        [one] { $count } минуту
        [few] { $count } минуты
       *[many] { $count } минут
    }
quiet-hours = с { $start } до { $end }
quiet-none = их нет
rest-between = с { $first } по { $last }
rest-none = его нет

family-timed = Встречи с часом
family-online = Онлайн-встречи
family-day = Известен только день
family-month = День ещё не назван
family-deadline = Задания со сроком

clock-not-understood = Не получилось понять время. Напишите, например: 9:30.
hours-not-understood = Не получилось понять часы. Напишите, например: с 22 до 7.
rest-not-understood = Не получилось понять дни. Напишите, например: с 15 июня по 19 августа.
