### Digests, for those who want them.

digest-week = <b>На этой неделе</b>
digest-month = <b>{ $month }</b>
digest-line = • <b>{ $when }</b> – { $title }{ $venue }.{ $mine }
digest-line-unnamed = • { $when }, день пока не назван – { $title }{ $venue }.{ $mine }
digest-mine = { " " }Ваш ответ: { $answer }.
digest-no-answer = { " " }Ответа пока нет.
digest-off-hint = Сводки включаются и выключаются в «Настройках», «Напоминания».
