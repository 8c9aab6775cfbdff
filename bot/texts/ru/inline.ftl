### The bot's name typed in any chat: what is found, and what is posted.

# Over the list; a line of a telephone.
inline-door = Войти в Звонок
inline-finish-joining = Осталось представиться – открыть Звонок
inline-request-waits = Заявка у руководителя – открыть Звонок
inline-for-members = Весь план видят те, кто в списке – открыть Звонок
inline-nothing-found = Такой встречи не нашлось – открыть Звонок
inline-nothing-ahead = Встреч впереди пока нет – открыть Звонок

inline-online = Онлайн
inline-mixed = Можно и онлайн.
inline-going =
    { $count ->
        [one] На { $day } собирается прийти { $count } человек.
        [few] На { $day } собираются прийти { $count } человека.
       *[many] На { $day } собираются прийти { $count } человек.
    }
button-open-in-bot = Открыть в Звонке
