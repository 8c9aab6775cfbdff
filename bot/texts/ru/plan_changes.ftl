### A corrected file of a plan that stands.

plan-changes =
    <b>План на { $year } уже есть.</b> Отличия: новых строк – { $added }, изменённых – { $changed }, пропавших – { $missing }.
    { $lines }
    ✅ – беру, ▫️ – оставляю как есть; нажмите номер, чтобы решить иначе. Пока ничего не изменилось, никто ничего не получил.
plan-changes-same = Строки плана те же, в календаре ничего не меняю. Заголовок и порядок строк – как в новом файле.
plan-changed-meanwhile = <b>Пока вы смотрели, что-то изменилось.</b> Посмотрите, пожалуйста, ещё раз:
plan-stands = План на { $year } уже есть. Пришлите файл ещё раз: покажу, чем он отличается.

plan-change-taken = ✅ <b>{ $number }.</b> { $what }
plan-change-left = ▫️ <b>{ $number }.</b> { $what }
plan-change-row = № { $number } { $title }
plan-change-row-unnumbered = { $title }
plan-change = { $row }: { $field } – { $before } → { $after }.
plan-change-added = Новая строка: { $row }{ $when }.
plan-change-when = { " " }({ $when })
plan-change-missing = Строки больше нет: { $row }.
plan-change-date-added = { $row }: новый срок – { $after }.
plan-change-date-missing = { $row }: срока больше нет – { $before }.
plan-change-empty = пусто
plan-change-by-hand = Сейчас у меня: { $now }.
plan-change-parted = { $row }: срок { $before } – теперь отдельной строкой, { $after }. Встреча и ответы переходят туда.
plan-change-united = { $row }: теперь это срок другой строки, { $after }. Встреча и ответы переходят туда.
plan-change-cancels = Отменится: { $events }.
plan-change-would-cancel = Если взять, отменится: { $events }.
plan-change-returns = Отменённое снова в силе: { $events }.
plan-change-keeps = Названный день остаётся: { $events }.
plan-change-shared = Проводим вместе с другой строкой: общая карточка остаётся как есть.
plan-change-gathering = встреча
plan-change-task = задание
plan-change-gathering-does = Буду звать на неё и спрашивать, кто придёт.
plan-change-task-does = Звать и спрашивать больше не буду; ответы остаются.
plan-change-row-only = Меняется только строка плана.

plan-field-number = номер
plan-field-section = раздел
plan-field-title = название
plan-field-kind = вид
plan-field-gathers = что это
plan-field-invited = кого звать
plan-field-audience = участники
plan-field-period = срок
plan-field-when = сроки
plan-field-venue = место
plan-field-responsible = ответственный
plan-field-outcome = результат

plan-changes-none-taken = Пока ничего не отмечено: план остаётся, как был. Отметьте, что взять из нового файла.
plan-changes-preview =
    <b>Применить?</b> { $taken }
    { $events }
    { $people }
plan-changes-taken =
    { $count ->
        [one] Беру { $count } отличие из { $all }.
        [few] Беру { $count } отличия из { $all }.
       *[many] Беру { $count } отличий из { $all }.
    }
plan-changes-events = Встречи и задания: { $counted }.
plan-changes-rows = Встреч и заданий это не касается.
plan-changes-made = новых – { $number }
plan-changes-changed = с изменениями – { $number }
plan-changes-cancelled = отменённых – { $number }
plan-changes-removed = убранных, о которых никто не знает, – { $number }
plan-changes-done =
    <b>План на { $year } исправлен.</b> { $events }
    { $people } Передумаете в течение суток – «Вернуть прежний план»: покажу, что изменится обратно.

earlier-plan-gone = Прежний план возвращаю только в течение суток. Пришлите, пожалуйста, его файл: покажу отличия.

button-take-plan-back = Вернуть прежний план
button-take-all = Взять все
button-leave-all = Оставить все
button-apply = Применить
button-sure-apply = Да, применить
