"use strict";

/* The page keeps what the server told it and draws it; every act goes to the server, and what comes of it
   comes back through one long poll. What people and bots wrote is only ever put in as text. */

const $ = (id) => document.getElementById(id);

const state = {
  bot: null,
  people: new Map(), // id → summary
  messages: new Map(), // id of the person → Map(message id → message)
  person: Number(location.hash.slice(1)) || null,
  seq: 0,
  shift: 0, // seconds from this machine's clock to the bot's
  zone: undefined,
  keysHidden: false,
  atEnd: true, // the newest message is in sight, and stays so
};

// --- asking the server -------------------------------------------------------------------------------------

async function ask(path, body) {
  const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const form = { method: "POST", body };
  const options = body === undefined ? {} : body instanceof FormData ? form : json;
  const response = await fetch("/sandbox/" + path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || "Не получилось. Попробуйте ещё раз.");
  return answer;
}

/* An act of the chosen person; null, and a word about it, if it could not be done. */
async function act(name, body = {}) {
  try {
    return await ask(`people/${state.person}/${name}`, body);
  } catch (error) {
    toast(error.message);
    return null;
  }
}

async function follow() {
  for (;;) {
    try {
      take(await ask(`changes?since=${state.seq}&timeout=${state.seq ? 25 : 0}`));
      $("offline").hidden = true;
    } catch (error) {
      if (!(error instanceof TypeError)) console.error(error);
      // A server that was started anew counts from the beginning, and so do we.
      $("offline").hidden = false;
      Object.assign(state, { seq: 0, people: new Map(), messages: new Map() });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function take(news) {
  const first = state.seq === 0;
  state.seq = news.seq;
  state.bot = news.bot;
  state.shift = news.clock.now - Date.now() / 1000;
  state.zone = news.clock.zone || undefined;
  for (const person of news.people) state.people.set(person.id, person);
  for (const message of news.messages) {
    if (!state.messages.has(message.person_id)) state.messages.set(message.person_id, new Map());
    state.messages.get(message.person_id).set(message.message_id, message);
  }
  drawClock();
  drawPeople();
  if (first) {
    choose(state.people.has(state.person) ? state.person : null);
    return;
  }
  const changed = news.messages.filter((message) => message.person_id === state.person);
  drawMessages(changed, true);
  drawChat();
  for (const answer of news.answers) if (answer.person_id === state.person) showAnswer(answer);
}

// --- words and times ---------------------------------------------------------------------------------------

const format = (seconds, options) =>
  new Intl.DateTimeFormat("ru", { timeZone: state.zone, ...options }).format(new Date(seconds * 1000));
const hour = { hour: "2-digit", minute: "2-digit" };
const day = { weekday: "long", day: "numeric", month: "long" };
const now = () => Date.now() / 1000 + state.shift;
const phone = matchMedia("(max-width: 47rem)");

const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
const noteOf = (person) => (person.note || fullName(person)).replaceAll("№ ", "№\u00a0");
const initials = (person) => (person.first_name[0] + (person.last_name[0] || "")).toUpperCase();

function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}

// --- building elements -------------------------------------------------------------------------------------

function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const DOWNLOAD = "M12 4v11M7 11l5 5 5-5M5 20h14";

// --- the clock and the people ------------------------------------------------------------------------------

function drawClock() {
  const short = { weekday: "short", day: "numeric", month: "long", ...hour };
  $("now").textContent = format(now(), phone.matches ? short : { ...day, year: "numeric", ...hour });
  $("now").dateTime = new Date(now() * 1000).toISOString();
}

function drawPeople() {
  const list = $("people");
  for (const person of state.people.values()) {
    let button = list.querySelector(`[data-person="${person.id}"]`);
    if (!button) {
      button = el("button", { type: "button", className: "person", onclick: () => choose(person.id) });
      button.dataset.person = person.id;
      list.append(el("li", {}, button));
    }
    const unread = person.id === state.person && chatIsSeen() ? 0 : person.unread;
    const note = [noteOf(person), person.blocked ? "бот заблокирован" : ""];
    button.replaceChildren(
      el("span", { className: "face", ariaHidden: "true" }, initials(person)),
      el(
        "span",
        { className: "person-names" },
        el("b", {}, fullName(person)),
        el("span", {}, note.filter(Boolean).join(" · ")),
      ),
      unread ? el("span", { className: "badge", ariaLabel: `Новых: ${unread}` }, String(unread)) : "",
    );
    if (person.id === state.person) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const others = [...state.people.values()].filter((person) => person.id !== state.person);
  const waiting = others.reduce((sum, person) => sum + person.unread, 0);
  $("elsewhere").hidden = !waiting;
  $("elsewhere").textContent = waiting;
  $("elsewhere").ariaLabel = `У других новых: ${waiting}`;
  document.title = (waiting ? `(${waiting}) ` : "") + state.bot.first_name;
}

function choose(id) {
  state.person = id;
  document.body.dataset.pane = id === null ? "people" : "chat";
  history.replaceState(null, "", id === null ? location.pathname : `#${id}`);
  const list = $("messages");
  list.setAttribute("aria-busy", "true"); // a whole chat is not to be read aloud
  list.replaceChildren();
  state.atEnd = true;
  drawMessages([...(state.messages.get(id) || new Map()).values()], false);
  list.setAttribute("aria-busy", "false");
  drawPeople();
  drawChat();
}

// --- the chat ----------------------------------------------------------------------------------------------

function drawChat() {
  const person = state.people.get(state.person);
  const writable = Boolean(person && person.started && !person.blocked);
  $("chat-title").textContent = state.bot.first_name;
  $("chat-person").textContent = !person
    ? "Выберите, за кого писать"
    : person.typing > 0
      ? "печатает…"
      : `вы – ${noteOf(person)}`;
  if (person && person.typing > 0) {
    const shown = person;
    setTimeout(() => {
      shown.typing = 0;
      if (state.people.get(state.person) === shown) drawChat();
    }, person.typing * 1000);
  }
  $("menu").hidden = !person;
  $("compose").hidden = !writable;
  $("begin").hidden = !person || person.started || person.blocked;
  $("unblock-box").hidden = !person || !person.blocked;
  $("block").hidden = !writable;
  $("voice").hidden = $("sticker").hidden = !writable;
  $("about").textContent = state.bot.description;
  $("about").hidden = !state.bot.description;
  if (person) {
    drawKeyboard(person);
    drawCommands(person);
    markRead(person);
  }
}

function drawKeyboard(person) {
  const rows = person.keyboard ? person.keyboard.keyboard : [];
  const box = $("keyboard");
  $("keys").hidden = !rows.length;
  $("keys").ariaExpanded = String(!state.keysHidden);
  box.hidden = !rows.length || state.keysHidden;
  $("text").placeholder = person.keyboard?.input_field_placeholder || "Сообщение";
  const drawn = JSON.stringify(rows);
  if (box.dataset.drawn === drawn) return; // the focus stays where it is
  box.dataset.drawn = drawn;
  box.replaceChildren(...rows.map((row) => el("div", { className: "row" }, ...row.map(replyKey))));
}

function replyKey(button) {
  const special = Object.keys(button).some((name) => name.startsWith("request_") || name === "web_app");
  const press = () => (special ? toast("Такие кнопки здесь не действуют.") : act("key", { text: button.text }));
  return el("button", { type: "button", className: `key ${button.style || ""}`, onclick: press }, button.text);
}

function drawCommands(person) {
  $("slash").hidden = !person.commands.length;
  if (!person.commands.length) showCommands(false);
  $("commands").replaceChildren(
    ...person.commands.map((command) => {
      const send = () => {
        showCommands(false);
        act("text", { text: "/" + command.command });
      };
      const parts = [el("b", {}, "/" + command.command), el("span", {}, command.description)];
      return el("button", { type: "button", onclick: send }, ...parts);
    }),
  );
}

function showCommands(shown) {
  $("commands").hidden = !shown;
  $("slash").ariaExpanded = String(shown);
}

const chatIsSeen = () =>
  document.visibilityState === "visible" && $("messages").checkVisibility();

function markRead(person) {
  if (!person.unread || !chatIsSeen()) return;
  const ids = [...state.messages.get(person.id).keys()];
  act("read", { up_to: Math.max(...ids) });
}

function drawMessages(messages, arriving) {
  const list = $("messages");
  if (arriving) noteEnd(); // before the browser tells of a scroll that has just been
  let news = false;
  for (const message of messages) {
    const old = list.querySelector(`[data-message="${message.message_id}"]`);
    if (message.deleted) {
      old?.remove();
      continue;
    }
    const item = drawMessage(message);
    if (old) {
      const focused = old.contains(document.activeElement) ? document.activeElement.textContent : null;
      old.replaceWith(item);
      if (focused !== null) refocus(item, focused);
    } else {
      item.classList.toggle("new", arriving);
      list.append(item);
      news = true;
      if (!message.from_bot) state.atEnd = true;
    }
  }
  separateDays(list);
  stayAtEnd();
  if (news && !state.atEnd) $("newer").hidden = false;
}

let shownHeight = 0;
function noteEnd() {
  const list = $("messages");
  if (list.clientHeight !== shownHeight) return; // not the reader scrolled: there is more room, or less
  state.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (state.atEnd) $("newer").hidden = true;
}

function stayAtEnd() {
  if (state.atEnd) $("messages").scrollTop = $("messages").scrollHeight;
}

/* After an edit the focus returns to the same button, or to the message's first. */
function refocus(item, label) {
  const buttons = [...item.querySelectorAll(".key")];
  (buttons.find((button) => button.textContent === label) || buttons[0] || $("messages")).focus();
}

function separateDays(list) {
  let last = "";
  for (const item of list.children) {
    const label = item.querySelector(".day");
    label.hidden = label.textContent === last;
    last = label.textContent;
  }
}

function drawMessage({ message_id: id, from_bot: fromBot, message }) {
  const bubble = el("div", { className: "bubble" });
  if (message.reply_to_message) {
    const replied = message.reply_to_message;
    bubble.append(el("div", { className: "reply-to" }, replied.text || replied.caption || "Файл"));
  }
  if (message.forward_origin) bubble.append(el("div", { className: "reply-to" }, "Переслано"));
  if (message.photo) bubble.append(drawPhoto(message.photo.at(-1)));
  if (message.document) bubble.append(drawDocument(message.document));
  if (message.voice) bubble.append(el("div", {}, "🎤 Голосовое сообщение, 3 с"));
  if (message.contact) bubble.append(el("div", {}, `👤 ${message.contact.phone_number}`));
  if (message.location) bubble.append(el("div", {}, "📍 Место на карте"));
  if (message.poll) bubble.append(el("div", {}, `📊 ${message.poll.question}`));
  if (message.sticker) bubble.append(el("div", { className: "sticker" }, message.sticker.emoji));
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.entities ?? message.caption_entities ?? [];
    bubble.append(el("div", { className: "text" }, ...drawText(text, 0, text.length, entities)));
  }
  const time = (message.edit_date ? "изменено " : "") + format(message.edit_date ?? message.date, hour);
  bubble.append(el("div", { className: "meta" }, time));
  const item = el(
    "li",
    { className: fromBot ? "message" : "message mine" },
    el("div", { className: "day" }, format(message.date, day)),
    bubble,
  );
  item.dataset.message = id;
  if (message.reply_markup) {
    item.classList.add("with-buttons");
    item.append(drawInline(id, message.reply_markup.inline_keyboard));
  }
  return item;
}

function drawPhoto(photo) {
  const address = `/sandbox/files/${photo.file_id}`;
  const image = el("img", { src: address, alt: "Картинка", width: photo.width, height: photo.height });
  return el("a", { className: "photo", href: address, target: "_blank" }, image);
}

function drawDocument(file) {
  const address = `/sandbox/files/${file.file_id}?download=1`;
  const names = el("span", {}, el("b", {}, file.file_name), el("span", {}, size(file.file_size)));
  return el("a", { className: "document", href: address, download: file.file_name }, icon(DOWNLOAD), names);
}

/* The part of a text from start to end as nodes, with the entities that lie in it. */
function drawText(text, start, end, entities) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const from = entity.offset;
    const to = Math.min(from + entity.length, end);
    if (from < at || from >= end) continue;
    if (from > at) nodes.push(text.slice(at, from));
    const inside = entities.slice(i + 1).filter((other) => other.offset < to);
    nodes.push(drawEntity(entity, text.slice(from, to), drawText(text, from, to, inside)));
    at = to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

function drawEntity(entity, text, inside) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, inside);
    case "url":
      return link(/^https?:/i.test(text) ? text : "https://" + text, inside);
    case "bot_command": {
      const send = () => act("text", { text });
      return el("button", { type: "button", className: "command", onclick: send }, ...inside);
    }
    case "spoiler": {
      const open = (event) => event.currentTarget.classList.add("open");
      return el("span", { className: "spoiler", role: "button", tabIndex: 0, onclick: open, onkeydown: open }, ...inside);
    }
    default:
      return el(TAGS[entity.type] || "span", {}, ...inside);
  }
}

function link(address, inside, className = "") {
  if (!/^(https?|tg):/i.test(address)) return el("span", {}, ...inside);
  const open = (event) => {
    if (!isOurs(address)) return;
    event.preventDefault();
    act("open", { link: address });
  };
  return el("a", { href: address, target: "_blank", rel: "noreferrer", className, onclick: open }, ...inside);
}

/* A link to this bot opens here, not in a browser. */
function isOurs(address) {
  const names = /^(?:https?:\/\/(?:www\.)?(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)/i.exec(address);
  return names !== null && names[1].toLowerCase() === state.bot.username.toLowerCase();
}

function drawInline(messageId, rows) {
  const keys = (row) => row.map((button) => inlineKey(messageId, button));
  return el("div", { className: "inline" }, ...rows.map((row) => el("div", { className: "row" }, ...keys(row))));
}

function inlineKey(messageId, button) {
  const className = `key ${button.style || ""}`;
  const address = button.url || button.web_app?.url;
  if (address) return link(address, [button.text, el("span", { className: "out", ariaHidden: "true" }, "↗")], className);
  const press = async (event) => {
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      return toast("Скопировано");
    }
    if (button.callback_data === undefined) return toast("Такие кнопки здесь не действуют.");
    const key = event.currentTarget;
    key.ariaBusy = "true";
    const pressed = await act("press", { message_id: messageId, data: button.callback_data });
    if (pressed) key.dataset.query = pressed.callback_query_id;
    else key.ariaBusy = "false";
  };
  const disabled = Boolean(button.disabled);
  return el("button", { type: "button", className, disabled, onclick: press }, button.text);
}

function showAnswer({ callback_query_id: query, answer }) {
  const key = document.querySelector(`[data-query="${query}"]`);
  if (key) key.ariaBusy = "false";
  if (answer.url && isOurs(answer.url)) act("open", { link: answer.url });
  if (!answer.text) return;
  if (!answer.show_alert) return void toast(answer.text);
  $("alert-text").textContent = answer.text;
  if (!$("alert").open) $("alert").showModal();
}

let toastTimer;
function toast(text) {
  $("toast").hidden = false; // first shown, then filled: so a screen reader tells it
  $("toast").textContent = text;
  clearTimeout(toastTimer);
  // Long enough to read it slowly.
  toastTimer = setTimeout(() => ($("toast").hidden = true), 2500 + 70 * text.length);
}

// --- what the reader does ----------------------------------------------------------------------------------

async function send() {
  const text = $("text").value;
  if (!text.trim()) return;
  if (await act("text", { text })) {
    $("text").value = "";
    fitText();
  }
}

async function sendFile(file) {
  const form = new FormData();
  form.append("file", file);
  form.append("caption", $("text").value);
  form.append("as", /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? "photo" : "document");
  if (await act("file", form)) {
    $("text").value = "";
    fitText();
  }
}

function fitText() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 2}px`;
}

function askForLink() {
  $("menu").open = false;
  $("link").value = "";
  openDialog("link-dialog");
}

/* Closed by Escape a dialog would keep its last answer. */
function openDialog(id) {
  $(id).returnValue = "";
  $(id).showModal();
}

async function moveClock(hours) {
  const clock = await ask("clock", { add: hours * 3600 });
  state.shift = clock.now - Date.now() / 1000;
  drawClock();
}

async function addPerson() {
  const names = { first_name: $("add-first").value, last_name: $("add-last").value, note: $("add-note").value };
  const person = await ask("people", names);
  state.people.set(person.id, person);
  $("add-form").reset();
  choose(person.id);
}

function fromMenu(id, name) {
  $(id).onclick = () => {
    $("menu").open = false;
    act(name);
  };
}

for (const button of document.querySelectorAll("[data-hours]")) {
  button.onclick = () => moveClock(Number(button.dataset.hours));
}
$("back").onclick = () => {
  document.body.dataset.pane = "people";
  $("people").querySelector("[aria-current]")?.focus();
};
$("start").onclick = () => act("start");
$("unblock").onclick = () => act("unblock");
$("start-link").onclick = $("open-link").onclick = askForLink;
fromMenu("voice", "voice");
fromMenu("sticker", "sticker");
fromMenu("block", "block");
$("add").onclick = () => openDialog("add-dialog");
$("link-dialog").onclose = () => $("link-dialog").returnValue && act("open", { link: $("link").value.trim() });
$("add-dialog").onclose = () => $("add-dialog").returnValue && addPerson();
$("compose").onsubmit = (event) => {
  event.preventDefault();
  send();
};
$("text").oninput = fitText;
$("text").onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
};
$("attach").onclick = () => $("file").click();
$("file").onchange = () => {
  for (const file of $("file").files) sendFile(file);
  $("file").value = "";
};
$("slash").onclick = () => showCommands($("commands").hidden);
$("keys").onclick = () => {
  state.keysHidden = !state.keysHidden;
  drawChat();
};
$("newer").onclick = () => ($("messages").scrollTop = $("messages").scrollHeight);
$("messages").onscroll = noteEnd;
// Keyboards come and go below the messages, a phone's own too.
new ResizeObserver(() => {
  shownHeight = $("messages").clientHeight;
  stayAtEnd();
}).observe($("messages"));
document.onclick = (event) => {
  if (!$("menu").contains(event.target)) $("menu").open = false;
};
document.onkeydown = (event) => {
  if (event.key === "Escape") $("menu").open = false;
};
document.onvisibilitychange = () => state.seq && drawChat();
window.onhashchange = () => {
  const id = Number(location.hash.slice(1));
  if (state.people.has(id) && id !== state.person) choose(id);
};

setInterval(() => state.seq && drawClock(), 1000);
follow();
