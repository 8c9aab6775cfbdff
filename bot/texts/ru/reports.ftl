### «Отчёты»: papers of the school year, pictures, which schools were seen; somebody's own portfolio.

button-reports = Отчёты
button-year-end = Итоги года
button-report-plan = План с отметкой о выполнении
button-report-analysis = Анализ работы
button-report-table = Сводная ведомость
button-report-pictures = Картинки
button-report-coverage = Охват школ
button-take-analysis = Скачать (Word)
button-result-done = Выполнено
button-result-failed = Не выполнено
button-result-none = Без отметки
button-note-aims = Цели
button-note-theme = Тема
button-note-tasks = Задачи на будущий год
button-note-out = Без этого раздела
button-year-earlier = ◀ { $year }
button-year-later = { $year } ▶
button-portfolio = Портфолио

reports =
    <b>Отчёты за { $year } учебный год</b>
    Что подготовить?
reports-year-end =
    <b>Итоги года, { $year }</b>
    { $lacks }Что подготовить?
reports-overseen =
    <b>Отчёты за { $year } учебный год</b>
    В них только числа и то, что есть в плане и программе: чьих-то отметок и ответов нет.
reports-complete = Для отчётов всё есть.
reports-lack = <b>Для отчётов не хватает:</b> { $what }. Нажмите – и заполним.
reports-lack-said = «Состоялось?» – { $count }
reports-lack-roll = переклички – { $count }
reports-lack-protocol = протокола – { $count }
reports-lack-row = отметки в плане – { $count }
reports-lack-words = слов для анализа – { $count }
reports-lack-talks = выступлений на встречах – { $count }
reports-fill-said = Состоялось? { $when } · { $title }
reports-fill-roll = Перекличка: { $when } · { $title }
reports-fill-protocol = Протокол: { $when } · { $title }
reports-fill-row = Отметка: { $name }
reports-fill-words = Для анализа: { $name }
reports-fill-talks = Кто выступал? { $when } · { $title }
talks-lacking =
    <b>Кто делился опытом?</b> { $title } ({ $when })
    Выступления здесь не записаны. Запишите – они войдут в анализ работы. А если их не было, так и скажите: больше не спрошу.
talks-none-said = Понятно, докладов не было: { $title } ({ $when }). Больше о них не спрошу.
button-write-talks = Записать выступления
button-no-talks = Докладов не было

results =
    <b>План с отметкой о выполнении, { $year }</b>
    День встречи, число присутствующих и номер протокола поставлю сам. Результат – ваши слова: нажмите на строку плана.
    { $said }
results-bare =
    { $count ->
        [0] Отметки есть у всех работ, для которых в плане нет дня.
        [one] Без отметки пока { $count } работа, для которой в плане нет дня.
        [few] Без отметки пока { $count } работы, для которых в плане нет дня.
       *[many] Без отметки пока { $count } работ, для которых в плане нет дня.
    }
results-no-rows = Плана за этот год у меня нет: в файле будут только сами встречи.
row-ask =
    <b>{ $row }</b>
    Срок в плане: { $when }
    Что в итоге? Нажмите кнопку или напишите одним сообщением, как это будет стоять в плане, например: Проведено 12 консультаций.
row-result =
    ✅ Записано: { $row }
    <b>{ $result }</b>
row-no-result = Без отметки: { $row }

report-plan-file-name = План с отметкой { $year }.docx
report-plan-caption =
    <b>План с отметкой о выполнении</b>, { $year }. { $held }
    Где отметки нет, стоит черта: впишите от руки.
report-analysis-file-name = Анализ работы { $year }.docx
report-analysis-caption =
    <b>Анализ работы</b>, { $year }. { $held }
    Где переклички не было, вместо числа стоит черта. Проверьте, пожалуйста, и подпишите.
report-table-file-name = Сводная ведомость { $year }.xlsx
report-table-caption =
    <b>Сводная ведомость</b>, { $year }: люди, школы и встречи – каждая на своём листе, с итогами.
    Пустая клетка – отметки нет; за отсутствие она не считается.
report-table-caption-overseen =
    <b>Сводная ведомость</b>, { $year }: сколько человек было на каждой встрече.
    Кто без отметки, за отсутствие не считается.
report-held =
    { $count ->
        [0] Встреч в этом году пока нет.
        [one] Состоялось { $held } из { $count } встречи.
       *[many] Состоялось { $held } из { $count } встреч.
    }

picture-attendance-name = посещаемость.png
picture-attendance =
    { $count ->
        [one] Отмечена { $count } встреча
        [few] Отмечены { $count } встречи
       *[many] Отмечено { $count } встреч
    }: в среднем по { $average } чел., больше всего – { $most } ({ $when }).
picture-coverage-name = школы.png
picture-coverage =
    { $count ->
        [one] В списке { $count } школа
        [few] В списке { $count } школы
       *[many] В списке { $count } школ
    }, хотя бы раз на встречах были { $seen }.

analysis =
    <b>Анализ работы за { $year } учебный год</b>
    Числа, темы, школы и выступления возьму из того, что отмечено. Остальное – ваши слова:
    { $lines }
analysis-line = <b>{ $name }:</b> { $text }
analysis-line-offered = <b>{ $name }</b> (из плана): { $text }
analysis-line-out = <b>{ $name }:</b> без этого раздела.
analysis-line-none = <b>{ $name }:</b> пока не написано.
note-ask-aims = Какие были цели? Напишите одним сообщением, как это будет стоять в анализе.
note-ask-theme = Над какой темой работали? Напишите одним сообщением, как это будет стоять в анализе.
note-ask-tasks = Какие задачи на будущий год? Напишите одним сообщением, как это будет стоять в анализе.
note-now =
    { $ask }
    Сейчас: { $text }
note-saved = ✅ Записано.
note-left-out = Хорошо, без этого раздела.
note-back = Вернули как было.

coverage =
    <b>Охват школ, { $year }</b>
    { $said }
coverage-said =
    { $count ->
        [one] По { $count } встрече с отметками: школ – { $schools }, хотя бы раз были { $seen }.
       *[many] По { $count } встречам с отметками: школ – { $schools }, хотя бы раз были { $seen }.
    }
coverage-nothing = Пока никого не отметили, поэтому сказать об охвате нечего. Отмечают на самой встрече или после неё.
coverage-missing = <b>Никого не отметили два раза подряд и больше:</b>
coverage-missing-line =
    { $count ->
        [one] • { $title } – { $count } встречу подряд
        [few] • { $title } – { $count } встречи подряд
       *[many] • { $title } – { $count } встреч подряд
    }
coverage-empty = <b>В списке нет никого из школы:</b>
coverage-newcomers = <b>Пришли в объединение в этом году, на встречах ещё не отмечены:</b>
coverage-line = • { $title }
coverage-all-well = Все школы бывают на встречах.

portfolio-file-name = Портфолио.docx
portfolio-caption =
    { $count ->
        [one] <b>Ваше портфолио:</b> { $count } встреча
        [few] <b>Ваше портфолио:</b> { $count } встречи
       *[many] <b>Ваше портфолио:</b> { $count } встреч
    } с датами, темами и часами – для аттестации. Подпись руководителя – от руки. Это видите только вы.

nothing-to-report = За { $label } учебный год нет ни плана, ни встреч, отчитываться пока не о чем. План можно прислать файлом прямо сюда.
nobody-marked-yet = За { $label } учебный год пока никого не отметили, рисовать нечего. Отметьте, кто был, на карточке прошедшей встречи.
portfolio-empty = Пока вас не отметили ни на одной встрече, и выступлений ещё не было. Как только появится первая запись, портфолио будет здесь.
row-gone = Этой строки в плане больше нет. Откройте, пожалуйста, «План с отметкой о выполнении» ещё раз.
report-left = Вы уже вышли из этого вопроса. Откройте, пожалуйста, «Анализ работы» или «План с отметкой» ещё раз.
report-too-slow = Отчёт готовится слишком долго. Попробуйте, пожалуйста, через несколько минут.
