papers =
    <b>{ $title }</b>
    🗓 { $when }
    Что подготовить?

button-papers = Бумаги
