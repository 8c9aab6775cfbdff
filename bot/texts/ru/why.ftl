### «Почему мне это пришло?», in chat and for the operator.

why-it-is = Это { $what }.
why-it-is-about = Это { $what }: <b>{ $title }</b>
why-newest = Последнее, что пришло, – { $what }.
why-newest-about = Последнее, что пришло, – { $what }: <b>{ $title }</b>
why-nothing = Не нахожу сообщения, о котором речь. Под напоминаниями есть кнопка «Почему мне это пришло?» – по ней отвечу точно.

why-lead-week = напоминание за неделю
why-lead-three-days = напоминание за три дня
why-lead-eve = напоминание накануне
why-lead-morning = напоминание утром в день встречи
why-lead-hours = напоминание за два часа
why-lead-online = напоминание перед самым началом, со ссылкой
why-lead-month = напоминание о встрече, у которой день ещё не назван
why-lead-deadline-week = напоминание о задании за неделю до срока
why-lead-deadline-eve = напоминание о задании за день до срока
why-lead-last-call = последний вопрос до срока ответа
why-lead-nudge = просьба ответить
why-lead-snooze = отложенное напоминание

why-kind-reminder = напоминание
why-kind-change = сообщение о перемене
why-kind-urgent = срочное сообщение о перемене
why-kind-offer = сообщение о том, что освободилось место
why-kind-weekly = обзор недели
why-kind-monthly = обзор месяца
why-kind-broadcast = сообщение руководителя
why-kind-reply = ответ руководителя на вопрос
why-kind-card = карточка встречи в чате объединения
why-kind-naming = вопрос о днях, которые пора назвать
why-kind-list = список к сроку ответов
why-kind-summary = сводка накануне встречи
why-kind-held = вопрос, состоялась ли встреча
why-kind-unseen = список тех, кто может не знать о перемене
why-kind-outage = сообщение о том, что часть напоминаний опоздала
why-kind-question = вопрос от участника
why-kind-progress = счёт того, сколько человек уже получили ваше сообщение
why-kind-unlinked = сообщение о чате объединения

why-in-list = Вы в списке объединения{ $association }.
why-association = { " " }({ $association })
why-changes = О переменах пишу всем, кто в нём: чтобы никто не приехал зря.
why-words = Руководитель пишет так всем в нём или тем, кого это касается.
why-answer-going = Ваш ответ – «приду», поэтому напоминаю, где и когда.
why-answer-online = Ваш ответ – «подключусь», поэтому напоминаю, когда и по какой ссылке.
why-answer-waitlisted = Вы в листе ожидания, поэтому напоминаю и о самой встрече.
why-answer-undecided = Ваш ответ – «пока не знаю», поэтому спрашиваю ещё раз.
why-answer-declined = Сейчас ваш ответ – «не смогу»: больше об этой встрече не напомню.
why-answer-none = Ответа от вас ещё нет, поэтому спрашиваю.
why-choice-more = У вас выбрано «Чаще» – напоминаний больше обычного.
why-choice-fewer = У вас выбрано «Реже» – напоминаний меньше обычного.
why-nudge = Руководитель просит ответить тех, от кого ответа ещё нет.
why-last-call = Подходит срок ответа, а от вас его ещё не было.
why-named = Вы названы для этого задания. Нажмёте «Готово» – напоминать перестану.
why-was-named = Тогда вы были названы для этого задания.
why-snooze = Вы просили напомнить позже.
why-weekly = Вы просили присылать обзор недели.
why-monthly = Вы просили присылать обзор месяца.
why-waited = Вы в листе ожидания, и очередь дошла до вас.
why-asked = Это ответ на вопрос, который вы передали руководителю.
why-coordinator = Такое приходит только руководителям объединения.
why-card = Чат связан с объединением.

why-due = Назначено: { $due }.
why-due-and-sent = Назначено: { $due }, отправлено: { $sent }.
why-at-once = Назначено и отправлено: { $due }.
why-settings = Как часто напоминать, решаете вы: «Настройки», «Напоминания».
why-leave = Не нужно совсем ничего? Тогда /stop.

why-op-what = Сообщение № { $number }: { $what }
why-op-about = О чём: встреча № { $number } «{ $title }», { $when }
why-op-to = Кому: человек № { $person } ({ $name }), объединение № { $association }
why-op-no-name = имени нет
why-op-to-chat = Кому: чат «{ $chat }», объединение № { $association }
why-op-reason = Почему: { $reason }
why-op-state = Состояние: { $state }
why-op-attempts = Попыток: { $number }
why-op-due = Назначено: { $moment } ({ $zone })
why-op-attempted = Последняя попытка: { $moment }
why-op-done = Закончено: { $moment }
why-op-message = Номер сообщения в Telegram: { $number }

why-state-waiting = ждёт отправки
why-state-attempted = отправляется
why-state-sent = отправлено
why-state-gone = не доставлено: бот закрыт или чата больше нет
why-state-obsolete = не отправлялось: к этому времени сказать было уже нечего
why-state-late = не отправлялось: пользы от него уже не было
why-state-refused = Telegram его не принимает
why-state-uncertain = дошло или нет, неизвестно

why-next-waiting = Дальше: уйдёт, как только подойдёт очередь.
why-next-planned = Дальше: уйдёт, когда настанет время – { $moment }.
why-next-retry = Дальше: ещё одна попытка, не раньше { $moment }.
why-next-attempted = Дальше: ждём, что скажет Telegram; не скажет – будет ещё одна попытка, если их было меньше двух.
why-next-sent = Дальше: ничего, всё сделано.
why-next-card = Дальше: карточка меняется, когда приходят ответы.
why-next-gone = Дальше: ничего. Напишет боту снова – станет получать следующие.
why-next-obsolete = Дальше: ничего.
why-next-late = Дальше: ничего.
why-next-refused = Дальше: ничего. Программа составила его неверно – пришлите разработчику журнал за это время.
why-next-uncertain = Дальше: ничего. Попыток было две; в третий раз бот не пишет, чтобы не надоедать.

notice-unknown = Сообщения № { $number } в журнале нет: номер другой или срок хранения вышел.
