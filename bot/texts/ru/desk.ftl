### «Руководителю».

desk =
    <b>Руководителю</b>
    { $unnamed }
desk-unnamed =
    { $count ->
        [0] У всех встреч впереди день назван.
        [one] День не назван у { $count } встречи.
       *[many] День не назван у { $count } встреч.
    }
desk-nothing-ahead = Впереди встреч пока нет.
desk-next-plan = Пора и о следующем годе: «Ещё», «{ $button }».
desk-more = <b>Ещё</b> – то, что бывает нужно пореже.
desk-no-plan = Плана ещё нет: пришлите его файлом Word (.docx) или Excel (.xlsx) прямо сюда.
only-coordinator = Это может только руководитель объединения.

who-choose = <b>Кто придёт?</b> Выберите встречу:
who-empty = Встреч с названным днём впереди нет, поэтому и ответов ещё нет.
who-tasks = Задания – ниже: нажмите, и покажу, что с ними можно сделать.
who =
    <b>{ $title }</b>
    { $when }
    { $lists }
who-going =
    { $count ->
        [0] <b>Придут – 0.</b>
       *[many] <b>Придут – { $count }:</b>
    }
who-online = <b>Подключатся – { $count }:</b>
who-waitlisted = <b>В листе ожидания – { $count }:</b>
who-seats = Всего мест: { $count }.
who-seats-beside = Всего мест: { $count }. Кому поручена встреча, тому место не нужно.
who-declined = <b>Не смогут – { $count }:</b>
who-undecided = <b>Пока не знают – { $count }:</b>
who-silent = <b>Не ответили – { $count }:</b>
who-cut = …и ещё { $count }
who-page = Страница { $page } из { $pages }
