// The terminal in the page: keys, clipboard, size and files over one WebSocket that comes back by itself.
import { Terminal } from "./xterm.mjs";
import { FitAddon } from "./addon-fit.mjs";
import { UnicodeGraphemesAddon } from "./addon-unicode-graphemes.mjs";

const PIECE = 16384; // bytes in a message to the server, which takes no more than 65,536
const PING = 15000, SILENCE = 40000; // milliseconds
const WAITS = [0.5, 1, 2, 4, 8, 15]; // seconds before each try to come back
const ENDINGS = { 4000: "left", 4001: "fault", 4002: "full", 4003: "waited", 4004: "idle", 4005: "elsewhere" };
const BROWSERS_OWN = ["F11", "F12"];

// ── Styles ─────────────────────────────────────────────────────────────────────────────────────
// xterm.js writes <style> elements and style attributes, both of which the page's security policy
// forbids. The same rules as style sheets of the document, and set one by one, are allowed.

const create = document.createElement.bind(document);
document.createElement = (name, options) => {
  if (name !== "style") return create(name, options);
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const stand = create("template");
  Object.defineProperty(stand, "textContent", { set: (rules) => sheet.replaceSync(rules) });
  return stand;
};
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

// ── The terminal ───────────────────────────────────────────────────────────────────────────────
// A Latin font first: it has “ ” … → in one column, as the screens count them; a Chinese font would
// draw them over two.

const body = document.body;
const [mostColumns, mostRows] = body.dataset.most.split(",").map(Number);
const terminal = new Terminal({
  allowProposedApi: true, // for the widths of characters
  fontFamily:
    '"Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", ' +
    '"PingFang SC", "Microsoft YaHei", "Noto Sans Mono CJK SC", "WenQuanYi Zen Hei Mono", monospace',
  fontSize: 16,
  scrollback: 0,
  macOptionClickForcesSelection: true,
  theme: { background: "#121212" },
  linkHandler: { activate: () => {} }, // links are shown, not opened
});
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.loadAddon(new UnicodeGraphemesAddon());
terminal.unicode.activeVersion = "15-graphemes";
terminal.open(document.getElementById("cells"));

function measure() {
  const found = fit.proposeDimensions();
  if (found?.cols && found?.rows) {
    terminal.resize(Math.min(found.cols, mostColumns), Math.min(found.rows, mostRows));
  }
}
measure();
new ResizeObserver(measure).observe(document.getElementById("cells"));
terminal.onResize(({ cols, rows }) => say({ size: [cols, rows] }));

// What is left beside the last column and below the last row has the colour of the screen there.
terminal.onRender(() => {
  const cell = terminal.buffer.active.getLine(terminal.rows >> 1)?.getCell(terminal.cols - 1);
  const colour = cell?.isBgRGB() && "#" + cell.getBgColor().toString(16).padStart(6, "0");
  if (colour && colour !== terminal.options.theme.background) {
    terminal.options.theme = { background: colour };
    body.style.background = colour;
  }
});

// ── Keys and clipboard ─────────────────────────────────────────────────────────────────────────

terminal.attachCustomKeyEventHandler((event) => {
  if (event.type !== "keydown") return true;
  const key = event.key.toLowerCase();
  const withCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (withCommand && key === "c" && terminal.hasSelection()) {
    copy(terminal.getSelection());
    terminal.clearSelection();
    event.preventDefault();
    return false;
  }
  const isPaste = (withCommand && key === "v") || (event.shiftKey && key === "insert");
  const isZoom = withCommand && ["+", "-", "=", "0"].includes(key);
  return !(isPaste || isZoom || BROWSERS_OWN.includes(event.key)); // these the browser does itself
});

// The program's own “copy” (OSC 52). It may write to the clipboard; it may never read it.
terminal.parser.registerOscHandler(52, (command) => {
  const data = command.split(";")[1];
  if (/^[A-Za-z0-9+/]+=*$/.test(data)) {
    copy(new TextDecoder().decode(Uint8Array.from(atob(data), (one) => one.charCodeAt(0))));
  }
  return true;
});

function copy(text) {
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).catch(() => copyWithoutLeave(text));
  } else {
    copyWithoutLeave(text); // a page without TLS
  }
}

function copyWithoutLeave(text) {
  const field = create("textarea");
  field.value = text;
  body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  terminal.focus();
}

const encoder = new TextEncoder();
terminal.onData((text) => {
  const data = encoder.encode(text);
  for (let at = 0; at < data.length; at += PIECE) send(data.subarray(at, at + PIECE));
});
terminal.onBinary((text) => send(Uint8Array.from(text, (one) => one.charCodeAt(0))));

// ── The connection ─────────────────────────────────────────────────────────────────────────────

let socket = null;
let heard = 0; // when the server was last heard
let tries = 0; // that failed since it was last open
let wasOpen = false;

function send(data) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(data);
}

function say(message) {
  send(JSON.stringify(message));
}

function show(state) {
  body.dataset.state = state;
  if (state === "open") terminal.focus();
  else if (["left", "waited", "idle", "elsewhere", "fault"].includes(state)) document.getElementById("enter").focus();
}

function connect() {
  const place = new URL("ws", location.href);
  place.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  place.search = new URLSearchParams({
    columns: terminal.cols,
    rows: terminal.rows,
    theme: matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark",
  });
  const opening = new WebSocket(place);
  opening.binaryType = "arraybuffer";
  opening.onopen = () => {
    [wasOpen, tries, heard, file] = [true, 0, Date.now(), null];
    terminal.reset();
    say({ size: [terminal.cols, terminal.rows] });
    show("open");
  };
  opening.onmessage = ({ data }) => {
    heard = Date.now();
    if (typeof data === "string") told(JSON.parse(data));
    else if (file) take(data);
    else terminal.write(new Uint8Array(data));
  };
  opening.onclose = ({ code }) => {
    if (opening === socket) closed(ENDINGS[code]);
  };
  socket = opening;
}

function closed(ending) {
  socket = null;
  show(ending ?? (wasOpen ? "lost" : "unreachable"));
  if (ending && ending !== "full") return; // somebody presses Enter
  const usual = ending === "full" ? 15 : WAITS[Math.min(tries++, WAITS.length - 1)];
  setTimeout(connect, 1000 * usual * (1 + Math.random())); // not everybody at once
}

// A cable that was pulled out tells nobody.
setInterval(() => {
  if (socket?.readyState !== WebSocket.OPEN) return;
  say({ ping: 1 });
  if (Date.now() - heard > SILENCE) {
    const gone = socket;
    closed();
    gone.close();
  }
}, PING);

document.getElementById("enter").onclick = () => {
  wasOpen = false;
  show("connecting");
  connect();
};

addEventListener("beforeunload", (event) => {
  if (socket?.readyState === WebSocket.OPEN) event.preventDefault();
});

// ── Files ──────────────────────────────────────────────────────────────────────────────────────
// Announced by name and size; then that many bytes come in order, with nothing between them.

let file = null;

function told(message) {
  if (message.file === undefined) return;
  file = { name: message.file, left: message.size, parts: [] };
  if (file.left === 0) keep();
}

function take(part) {
  file.parts.push(part);
  file.left -= part.byteLength;
  if (file.left <= 0) keep();
}

function keep() {
  const link = create("a");
  link.href = URL.createObjectURL(new Blob(file.parts, { type: "application/octet-stream" }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  file = null;
}

show("connecting");
connect();
window.terminal = terminal; // for whoever looks for a fault in the browser's console
