### «Справки»: for who was there, for who spoke.

certificates-none-confirmed =
    { $count ->
        [one] <b>Справки:</b> { $title } ({ $when }). Пока есть только ответ после встречи – { $count }. Подтвердите, что так и было, – «Перекличка» – и справка появится здесь.
       *[many] <b>Справки:</b> { $title } ({ $when }). Пока есть только ответы после встречи – { $count }. Подтвердите, что так и было, – «Перекличка» – и справки появятся здесь.
    }
certificates-nobody =
    <b>Справки:</b> { $title } ({ $when })
    Справка – для тех, кто отмечен на встрече, а пока не отмечен никто. Сначала отметьте, кто был: тогда справки появятся здесь сами.
certificates =
    { $count ->
        [one] <b>Справки:</b> { $title } ({ $when }). Был { $count } человек.
        [few] <b>Справки:</b> { $title } ({ $when }). Было { $count } человека.
       *[many] <b>Справки:</b> { $title } ({ $when }). Было { $count } человек.
    }
certificates-talks =
    { $count ->
        [one] Выступление – { $count }: на него сертификат.
       *[many] Выступлений – { $count }: на каждое сертификат.
    }
certificates-unconfirmed-others =
    { $count ->
        [one] Ещё { $count } человек после встречи ответил, что был. Подтвердите – «Перекличка» – и будет справка.
        [few] Ещё { $count } человека после встречи ответили, что были. Подтвердите – «Перекличка» – и будут справки.
       *[many] Ещё { $count } человек после встречи ответили, что были. Подтвердите – «Перекличка» – и будут справки.
    }
certificates-numbers = Номера идут подряд весь учебный год; номер даётся один раз и не меняется.
certificates-caption-attended =
    { $count ->
        [one] <b>{ $count } справка:</b> { $title } ({ $when })
        [few] <b>{ $count } справки:</b> { $title } ({ $when })
       *[many] <b>{ $count } справок:</b> { $title } ({ $when })
    }
    Каждая на своей странице. Распечатайте, поставьте подпись и печать.
certificates-caption-spoke =
    { $count ->
        [one] <b>{ $count } сертификат:</b> { $title } ({ $when })
        [few] <b>{ $count } сертификата:</b> { $title } ({ $when })
       *[many] <b>{ $count } сертификатов:</b> { $title } ({ $when })
    }
    Каждый на своей странице. Распечатайте, поставьте подпись и печать.
certificate-caption-attended =
    <b>Справка № { $number }:</b> { $name }
    { $title } ({ $when }). Подпись и печать – на бумаге, у руководителя.
certificate-caption-spoke =
    <b>Сертификат № { $number }:</b> { $name }
    { $title } ({ $when }). Подпись и печать – на бумаге, у руководителя.
certificates-file-name-attended = Справки { $day }.docx
certificates-file-name-spoke = Сертификаты { $day }.docx
certificate-file-name-attended = Справка – { $name }.docx
certificate-file-name-spoke = Сертификат – { $name }.docx
certificates-too-early = Справка – после встречи: тогда видно, кто был и сколько встреча шла.
certificates-unconfirmed = Справка будет, когда руководитель подтвердит, что вы были на встрече.
certificates-none = Справка – для тех, кто отмечен на встрече, а здесь такой отметки нет. Если это не так, скажите руководителю.

button-all-attended = Справки всем – { $number }
button-all-spoke = Сертификаты всем – { $number }
button-certificate-talk = 🎤 { $name }
