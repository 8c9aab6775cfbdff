### What coordinators are told unasked.

naming-all =
    { $count ->
        [one] Без дня – { $count } встреча:
        [few] Без дня – { $count } встречи:
       *[many] Без дня – { $count } встреч:
    }
    { $lines }
naming-line = • { $when } – { $title }

summary =
    { $count ->
        [0] <b>{ $when }</b> – { $title }. Пока никто не сказал «Приду».
        [one] <b>{ $when }</b> – { $title }. Придёт <b>{ $count } человек</b>.
        [few] <b>{ $when }</b> – { $title }. Придут <b>{ $count } человека</b>.
       *[many] <b>{ $when }</b> – { $title }. Придут <b>{ $count } человек</b>.
    }
summary-waiting = В листе ожидания – { $count }.
summary-schools =
    <b>Откуда:</b>
    { $lines }
summary-school = • { $school } – { $count }
summary-no-school = место работы не указано
summary-silent =
    { $count ->
        [one] <b>Не ответил { $count } человек:</b> { $names }
        [few] <b>Не ответили { $count } человека:</b> { $names }
       *[many] <b>Не ответили { $count } человек:</b> { $names }
    }
summary-name = { $name }
summary-more = { " " }и ещё { $count }
summary-all-said = Ответили все.

roll =
    <b>Список к сроку ответов.</b> { $when } – { $title }.

held-asked = <b>Состоялось?</b> { $title } ({ $when }).
held-asked-month =
    <b>Состоялось?</b> { $title }.
    В плане: { $when }. День так и не назвали.

unseen =
    { $count ->
        [one] <b>{ $title }:</b> об изменении, возможно, не знает { $count } человек. Позвоните, пожалуйста:
        [few] <b>{ $title }:</b> об изменении, возможно, не знают { $count } человека. Позвоните, пожалуйста:
       *[many] <b>{ $title }:</b> об изменении, возможно, не знают { $count } человек. Позвоните, пожалуйста:
    }
    { $lines }
unseen-line = • { $name }{ $school }{ $phone }{ $going }
unseen-phone = , { $phone }
unseen-no-phone = , телефона нет
unseen-going = { " " }– собирается прийти

outage =
    { $count ->
        [one] Какое-то время отправлять не получалось, и { $count } напоминание опоздало: слать его было уже незачем. Остальное ушло.
        [few] Какое-то время отправлять не получалось, и { $count } напоминания опоздали: слать их было уже незачем. Остальное ушло.
       *[many] Какое-то время отправлять не получалось, и { $count } напоминаний опоздали: слать их было уже незачем. Остальное ушло.
    }
