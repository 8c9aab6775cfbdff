### Tasks: named people, «Готово».

task-named =
    📌 <b>Вам поручено: { $when }</b>
    { $title }
task-moved-told =
    <b>Новый срок задания:</b> { $title }
    Теперь – { $when }.
task-cancelled-told =
    <b>Задание отменено:</b> { $title }
    Делать ничего не нужно.
task-restored-told =
    <b>Задание снова в силе:</b> { $title }
    Срок – { $when }.

task-choose =
    <b>Кому поручить?</b> { $title } ({ $when }).
    Отметьте людей и нажмите «Сохранить».
    { $chosen }
task-chosen =
    { $count ->
        [0] Пока никто не отмечен.
        [one] Отмечен { $count } человек.
        [few] Отмечены { $count } человека.
       *[many] Отмечено { $count } человек.
    }
task-saved =
    <b>Записано:</b> { $title }.
    { $named } { $people }
task-named-count =
    { $count ->
        [0] Задание пока ни за кем.
        [one] Поручено { $count } человеку.
       *[many] Поручено { $count } людям.
    }
task-told =
    { $count ->
        [0] Новых людей нет, никому не пишу.
        [one] Сообщаю { $count } человеку.
       *[many] Сообщаю { $count } людям.
    }
task-nobody =
    <b>{ $title }</b> ({ $when })
    Задание пока никому не поручено.
task-all-done =
    <b>{ $title }</b> ({ $when })
    Сделали все: { $all } из { $all }.
task-left =
    <b>{ $title }</b> ({ $when })
    Сделали { $done } из { $all }. Ещё не сделали – { $count }:
    { $lines }
task-line = • { $name }{ $school }

task-finished =
    Спасибо! Отмечено: сделано.
    { $title }
    Больше об этом не напоминаю.
task-unfinished =
    Хорошо, задание снова открыто: { $title }.
    Срок – { $when }.
task-not-yours = Это задание больше не за вами: делать ничего не нужно.
task-cancelled = Это задание отменили: делать ничего не нужно.
task-over = Срок этого задания уже прошёл, менять в нём больше нечего.
not-a-task = Это не задание, а встреча.

card-task-mine = Это задание поручено вам. Сделаете – нажмите «Готово».
card-task-done = Вы отметили: <b>сделано</b>. Спасибо!
card-task-cancelled = <b>Отменено.</b> Делать ничего не нужно.

mine-tasks =
    <b>Ваши задания</b>
    { $lines }
mine-task = • { $when } – { $title }
mine-hint-tasks = Чтобы отметить «Готово», откройте задание кнопкой.
