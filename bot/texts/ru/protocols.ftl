### The protocol of a meeting, what was decided, the message for the site.

protocol =
    <b>Протокол и сообщение:</b> { $title } ({ $when })
    { $lines }
protocol-number = Протокол № { $number }
protocol-no-number = Номер протокол получит, когда вы возьмёте его в Word.
protocol-present =
    { $count ->
        [one] Присутствовали: { $count } человек{ $organisations }
        [few] Присутствовали: { $count } человека{ $organisations }
       *[many] Присутствовали: { $count } человек{ $organisations }
    }
protocol-promised =
    { $count ->
        [one] Явка не отмечена; обещал прийти { $count } человек.
        [few] Явка не отмечена; обещали прийти { $count } человека.
       *[many] Явка не отмечена; обещали прийти { $count } человек.
    }
protocol-nobody = Явка не отмечена.
protocol-agenda = <b>Повестка</b> (складывается из плана и выступлений):
protocol-agenda-own = <b>Повестка</b> (записана вами):
protocol-agenda-none = <b>Повестка пока пуста:</b> в плане нет ни темы, ни вопросов, выступлений тоже нет. Написать её – «Исправить», «Повестка».
protocol-decisions =
    { $count ->
        [0] <b>Решений пока нет.</b> Нажмите «Записать решения» и диктуйте: каждое сообщение – одно решение.
       *[other] <b>Решения – { $count }:</b>
    }
protocol-chairman = Председатель: { $name }
protocol-secretary = Секретарь: { $name }
protocol-chairman-unmarked = <b>Председателя нет среди присутствующих.</b> Поставить отметку можно в перекличке.
protocol-no-secretary = Секретарь пока не назван.

protocol-unmarked =
    <b>Явка не отмечена:</b> { $title } ({ $when })
    { $count ->
        [one] Прийти обещал { $count } человек. Вписать в протокол? Там так и будет сказано: обещали присутствовать.
        [few] Прийти обещали { $count } человека. Вписать их в протокол? Там так и будет сказано: обещали присутствовать.
       *[many] Прийти обещали { $count } человек. Вписать их в протокол? Там так и будет сказано: обещали присутствовать.
    }
    Или сначала отметьте, кто был, а потом возьмите протокол.
protocol-caption =
    Протокол № { $number }: { $title }
    Распечатайте и допишите: { $missing }.
protocol-missing-date = день
protocol-missing-people = кто присутствовал
protocol-missing-secretary = кто вёл протокол
protocol-missing-agenda = повестку дня
protocol-missing-speakers = кого слушали
protocol-missing-talks = кто выступил в обсуждении
protocol-missing-decisions = что решили
protocol-missing-outcomes = как выполнены прошлые решения
protocol-missing-signatures = подписи
protocol-file = Протокол № { $number } от { $day }.docx
protocol-file-undated = Протокол № { $number }.docx

protocol-people-present =
    { $count ->
        [one] Присутствовали: { $count } человек{ $organisations }
        [few] Присутствовали: { $count } человека{ $organisations }
       *[many] Присутствовали: { $count } человек{ $organisations }
    }:
protocol-people-promised =
    { $count ->
        [one] Явка не отмечена. Обещали присутствовать: { $count } человек{ $organisations }
        [few] Явка не отмечена. Обещали присутствовать: { $count } человека{ $organisations }
       *[many] Явка не отмечена. Обещали присутствовать: { $count } человек{ $organisations }
    }:
protocol-people-absent = Отсутствовали: { $names }
protocol-excused = { $name } (по уважительной причине)
protocol-people-unknown = Присутствовали: ______________
protocol-organisations =
    { $count ->
        [one] { " " }из { $count } организации
       *[other] { " " }из { $count } организаций
    }
protocol-form = { $kind }, { $mode }
protocol-kind-other = встреча
protocol-speaker = { $name }, { $organisation }
protocol-past = заседания № { $number } ({ $day })
protocol-past-unnumbered = заседания { $day }
protocol-undated = «____» ______________ 20____ г.
protocol-days = { $first } – { $last }
protocol-to-fill = ______________

decisions-look-back =
    { $count ->
        [0] О прошлых решениях всё отмечено.
        [one] Одно прошлое решение ждёт отметки, как выполнено.
        [few] { $count } прошлых решения ждут отметки, как выполнены.
       *[many] { $count } прошлых решений ждут отметки, как выполнены.
    }
decision-line = { $number }. { $text }
decision-due = { " " }(срок – { $day })
decision-done = { $decision } – { $done }
decisions-ask =
    <b>Что решили?</b> { $title }
    Диктуйте или пишите: каждое сообщение или строка – одно решение. Если есть срок, назовите его, например: Сдать сведения о фондах до 15 декабря.
    Говорить удобнее, чем печатать: нажмите микрофон на клавиатуре телефона. Закончите – «Пока всё».
decisions-added =
    { $count ->
        [one] ✅ Записано, всего теперь { $count } решение:
        [few] ✅ Записано, всего теперь { $count } решения:
       *[many] ✅ Записано, всего теперь { $count } решений:
    }
    { $lines }
    Диктуйте дальше или нажмите «Пока всё».
decisions-voice = Голосовое сообщение я прослушать не могу. Нажмите, пожалуйста, микрофон на клавиатуре телефона и продиктуйте: получатся слова, их можно поправить и отправить.
protocol-fix = <b>Что исправить?</b> { $title }
decision-one =
    { $title } ({ $when })
    <b>{ $decision }</b>
decision-edit-ask =
    Сейчас: { $decision }
    Напишите решение заново, вместе со сроком, например: Сдать сведения о фондах до 15 декабря.
decision-removed =
    <b>Убрано:</b> { $decision }
    Можно вернуть.

outcomes =
    <b>Как выполнены решения</b> { $past }:
    { $lines }
    Нажмите на решение, чтобы отметить. В протоколе этой встречи будет об этом раздел.
outcomes-none = Прошлых решений в этом учебном году нет.
outcome-ask =
    <b>Как выполнено?</b> { $decision }
    Нажмите кнопку или напишите своими словами, например: Сдали все школы, кроме двух.
outcome-done = выполнено
outcome-doing = в работе
outcome-not-done = не выполнено

office-ask-chairman =
    <b>Кто председатель?</b> { $title }
    Выберите из списка или напишите, например: Орлова Нина Викторовна.
office-ask-secretary =
    <b>Кто секретарь?</b> { $title }
    Выберите из списка или напишите, например: Белова Анна Павловна.
number-ask =
    Сейчас: { $number }.
    Напишите другой номер цифрами, например: 3. Следующие протоколы продолжат счёт от самого большого.
number-which = <b>Какой номер дать протоколу?</b> { $title } ({ $when })
number-skipped =
    { $count ->
        [one] Раньше было заседание, протокола которого ещё нет:
       *[other] Раньше были заседания, протоколов которых ещё нет:
    }
    { $lines }
number-moved =
    По датам сдвинутся номера более поздних протоколов. Если они уже напечатаны, их нужно будет взять заново:
    { $lines }
number-meeting = • { $when } – { $title }
number-moves = { $meeting }: № { $before } станет № { $after }
number-swapped =
    <b>У другого протокола теперь № { $number }</b>, возьмите его заново:
    { $meeting }
number-none = номера ещё нет

agenda-now =
    Сейчас:
    { $lines }
agenda-ask =
    <b>Какая повестка?</b> { $title }
    { $now }Напишите её целиком одним сообщением, каждый вопрос – с новой строки, например: Анализ работы за год.
agenda-reset =
    Теперь повестка снова как в плане. До этого было:
    { $lines }

site-hint =
    <b>Сообщение для сайта</b> – следующим сообщением: нажмите на него и удерживайте, чтобы скопировать.
    { $lines }
site-ready = Проверьте и отправляйте.
site-no-people = Сколько было людей, там нет: явка не отмечена.
site-no-decisions = Решений там нет: они не записаны.
site-cut = Всё не поместилось: длинные списки там сокращены.
site-held-meeting = { $day } прошло заседание{ $named }.
site-held-seminar = { $day } прошёл семинар{ $named }.
site-held-workshop = { $day } прошёл мастер-класс{ $named }.
site-held-council = { $day } прошло совещание{ $named }.
site-held-contest = { $day } прошёл конкурс{ $named }.
site-held-other = { $day } прошла встреча.
site-association = { $title }:
site-venue = Место проведения – { $venue }.
site-online = Встреча прошла онлайн.
site-theme = Тема: «{ $theme }».
site-people =
    { $count ->
        [one] Участвовал { $count } педагог{ $organisations }{ $guests }.
        [few] Участвовали { $count } педагога{ $organisations }{ $guests }.
       *[many] Участвовали { $count } педагогов{ $organisations }{ $guests }.
    }
site-only-guests = Участвовали гости – { $number }.
site-organisations =
    { $count ->
        [one] { " " }из { $count } образовательной организации
       *[other] { " " }из { $count } образовательных организаций
    }
site-guests = , гостей – { $number }
site-questions = Обсудили: { $list }.
site-talk = Выступление: { $list }.
site-talks = Выступили: { $list }.
site-talk-line = { $name }{ $organisation } – { $form }«{ $theme }»
site-talk-nameless = { $form }«{ $theme }»
site-talk-form = { $form }{ " " }
site-from = { " " }({ $organisation })
site-numbered = { $number }) { $text }
site-decision = Решение: { $list }.
site-decisions = Решили: { $list }.
site-others = и другое

button-protocol = Протокол и сообщение
button-protocol-word = Протокол (Word)
button-agenda = Повестка
button-site-text = Сообщение для сайта
button-promised = Вписать тех, кто обещал
button-nobody = Оставить место, впишу от руки
button-add-decisions = Записать решения
button-fix-protocol = Исправить
button-outcomes = Прошлые решения
button-decision = { $number }. { $text }
button-edit-words = Изменить
button-no-due = Без срока
button-outcome-done = Выполнено
button-outcome-doing = В работе
button-outcome-not-done = Не выполнено
button-chairman = Председатель
button-secretary = Секретарь
button-protocol-number = Номер протокола
button-no-chairman = Руководитель объединения
button-no-secretary = Впишу от руки
button-number-by-date = № { $number } – по порядку дат
button-number-last = № { $number } – следующий по счёту
button-number-first = Сначала протокол: { $when }
button-swap-numbers = Поменять: здесь № { $number }, там № { $other }
button-agenda-of-plan = Как в плане

protocol-not-held = Эта встреча не состоялась, протокол по ней не нужен.
decision-gone = Этого решения в протоколе больше нет. Откройте, пожалуйста, протокол ещё раз.
decisions-full = Больше { $most } решений в один протокол не поместится. Соедините, пожалуйста, некоторые: «Протокол и сообщение», «Исправить» – или напишите короче.
lines-too-many = Строк слишком много: хватит { $most }. Напишите, пожалуйста, короче.
deadline-impossible = Такого дня нет: { $day }. Поправьте, пожалуйста, срок, например: Сдать сведения о фондах до 15 декабря.
number-not-understood = Не вижу номера. Напишите его цифрами, например: 3.
number-taken = № { $number } в этом учебном году уже занят: { $title }. Поменяйте номера местами или напишите другой, например: { $free }.
