/** The live connection: hints that something changed, and the truth about the connection in the foot. */
import { HttpTransportType, HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import { gone, leave, refresh, refreshParts, refreshSteady } from './fragments';
import { clockTime, serverNow, signInAddress, swapped, text } from './page';

interface Hint { kind: string; id?: string; caseId?: string; version?: number }
interface Typing { handoffId: string; who: string }
export interface VoiceSignal { handoffId: string; peer: string; to: string | null; who: string; kind: string; data: string }
interface VoiceEars { entered: () => void; changed: () => void }

let connection: HubConnection | null = null;
let freshAt = serverNow();
let lostAt = 0;
let everConnected = false;
let justBack = false;

function truth(state: 'connected' | 'connecting' | 'again'): void {
  const el = document.getElementById('truth');
  if (!el) return;
  el.dataset.state = state;
  const line = state === 'connecting'
    ? text('connecting', Math.max(0, Math.round((serverNow() - lostAt) / 1000)), clockTime(freshAt))
    : text(state, clockTime(freshAt));
  if (el.textContent !== line) el.textContent = line;
  // Once a second is for the eye only.
  el.setAttribute('aria-live', state === 'connecting' ? 'off' : 'polite');
}

const pending = new Set<string>();
let timer = 0;

function hint(kind: string): void {
  pending.add(kind);
  if (timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    const kinds = [...pending];
    pending.clear();
    for (const k of kinds) void refresh(k).then(fresh).catch(() => undefined);
  }, 30);
}

function fresh(): void {
  freshAt = serverNow();
  here();
}

/** Connected; for a while after a loss it says that it is back, whatever happens meanwhile. */
function here(): void {
  if (connection?.state === HubConnectionState.Connected) truth(justBack ? 'again' : 'connected');
}

// The lines a page shows may change with what happens.
let watchedLines = '';
function watchLines(): void {
  const lines = document.querySelector<HTMLElement>('[data-watch-lines]')?.dataset.watchLines ?? '';
  if (!lines || lines === watchedLines) return;
  watchedLines = lines;
  tell('WatchLines', lines.split(' '));
}

async function enter(): Promise<void> {
  await connection!.invoke('Enter');
  const watched = document.querySelector<HTMLElement>('[data-watch-case]')?.dataset.watchCase;
  if (watched) await connection!.invoke('WatchCase', watched);
  watchedLines = '';
  watchLines();
  // A page that was just made is fetched again only when it may have missed something; its live parts always are.
  const missed = everConnected || await connection!.invoke<boolean>('Missed', document.body.dataset.now ?? '');
  await (missed ? refresh() : refreshParts());
  freshAt = serverNow();
  if (everConnected) {
    justBack = true;
    setTimeout(() => { justBack = false; here(); }, 5000);
  }
  everConnected = true;
  here();
  ears?.entered();
  lostAt = 0;
}

function lost(): void {
  if (!lostAt) lostAt = serverNow();
  truth('connecting');
}

/** The server says that nobody is signed in here any more: asking again gives the same answer. A socket that fails does not tell why. */
const signedOut = async (): Promise<boolean> =>
  (await fetch('/hubs/live/negotiate?negotiateVersion=1', { method: 'POST' }).catch(() => null))?.status === 401;

async function start(): Promise<void> {
  for (;;) {
    try {
      await connection!.start();
      await enter();
      return;
    } catch {
      lost();
      if (await signedOut()) return leave(signInAddress());
      if (connection!.state === HubConnectionState.Connected) await connection!.stop().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

/** Sends something over the hub when it is connected; never a reason to fail. */
export function tell(method: string, ...args: unknown[]): void {
  if (connection?.state === HubConnectionState.Connected) void connection.invoke(method, ...args).catch(() => undefined);
}

/** Calls the hub and waits for its answer; throws when not connected or refused. */
export async function ask(method: string, ...args: unknown[]): Promise<unknown> {
  if (connection?.state !== HubConnectionState.Connected) throw new Error(method);
  const answer = await connection.invoke<{ ok: boolean; value: unknown } | null>(method, ...args);
  if (answer && !answer.ok) throw new Error(method);
  return answer?.value;
}

let hear: ((signal: VoiceSignal) => void) | null = null;
let ears: VoiceEars | null = null;

/** Who speaks here hears the signals of the talk, each new connection, and that the talk changed. */
export function onVoice(signal: (signal: VoiceSignal) => void, others: VoiceEars): void {
  hear = signal;
  ears = others;
}

export function live(): void {
  if (!document.body.dataset.signedIn) return;
  connection = new HubConnectionBuilder()
    // At once a socket: what one node negotiates, another does not know. Once again at once, then start() goes on.
    .withUrl('/hubs/live', { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withAutomaticReconnect([0])
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 6000;
  connection.keepAliveIntervalInMilliseconds = 2000;

  connection.on('hint', (h: Hint) => {
    if (h.kind === 'signed_out') leave(signInAddress());
    else if (h.kind === 'gone') gone(h.caseId);
    else hint(h.kind);
    if (h.kind === 'handoff') ears?.changed();
  });
  connection.on('voice', (signal: VoiceSignal) => hear?.(signal));
  let typingGone = 0;
  connection.on('typing', (t: Typing) => {
    const el = document.getElementById('typing');
    if (!el || document.querySelector<HTMLElement>('[data-handoff]')?.dataset.handoff !== String(t.handoffId)) return;
    el.textContent = text('typing', t.who);
    clearTimeout(typingGone);
    typingGone = window.setTimeout(() => { el.textContent = ''; }, 4000);
  });
  connection.onreconnecting(lost);
  connection.onreconnected(() => enter().catch(() => undefined));
  connection.onclose(() => { lost(); void start(); });
  setInterval(() => { if (lostAt) truth('connecting'); }, 1000);
  addEventListener('pagehide', () => { void connection?.stop(); });
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
  void start();

  document.addEventListener(swapped, watchLines);
  setInterval(() => { if (connection?.state === HubConnectionState.Connected) void refreshSteady().then(fresh).catch(() => undefined); }, 5000);

  let lastTyping = 0;
  document.addEventListener('input', (e) => {
    const id = (e.target as HTMLElement).dataset?.typing;
    if (id && Date.now() - lastTyping > 2000) {
      lastTyping = Date.now();
      tell('Typing', id);
    }
  });
}
