/**
 * Speech between the people of a live talk, browser to browser. The hub only helps them find each other. When it cannot
 * be set up, the talk goes on in text and the page shows the number of the line.
 */
import { ask, onVoice, type VoiceSignal } from './live';
import { announce } from './page';
import { Peer } from './voice-peer';

interface VoiceView { mayJoin: boolean; people: string[]; iceServers: RTCIceServer[]; phone: string | null }

const patience = 15_000;
const me = crypto.randomUUID();
const peers = new Map<string, Peer>();
let root: HTMLElement;
let view: VoiceView;
let mic: MediaStream | null = null;
let meter: AnalyserNode | null = null;
let hearing: AudioContext | null = null;
let state = 'off';
let startedAt = 0;
let muted = false;
let onHold = false;

const handoff = (): string => root.dataset.voice!;
const part = <T extends HTMLElement>(name: string): T => root.querySelector<T>(`[data-voice-${name}]`)!;
const say = (to: string | null, kind: string, data: unknown = ''): Promise<unknown> =>
  ask('Voice', handoff(), { peer: me, to, kind, data: typeof data === 'string' ? data : JSON.stringify(data) });

/** One of off, asking, waiting, connecting, on, silent, held, denied, failed: each has its own sentence on the page. */
function show(next: string): void {
  if (next !== state) announce(root.dataset[`say${next[0]!.toUpperCase()}${next.slice(1)}`] ?? '');
  state = next;
  root.dataset.state = next;
  part('state').textContent = (root.dataset[`say${next[0]!.toUpperCase()}${next.slice(1)}`] ?? '').replace('{0}', view?.phone ?? '');
  const joined = mic !== null;
  part<HTMLButtonElement>('join').hidden = joined;
  for (const name of ['leave', 'mute', 'hold', 'meter', 'devices']) part(name).hidden = !joined;
  part('mute').setAttribute('aria-pressed', String(muted));
  part('hold').setAttribute('aria-pressed', String(onHold));
}

function sound(): void {
  mic?.getAudioTracks().forEach((track) => { track.enabled = !muted && !onHold; });
  peers.forEach((peer) => peer.quiet(onHold));
}

async function openMicrophone(device?: string): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(device ? { deviceId: { exact: device } } : {}) },
  });
  hearing ??= new AudioContext();
  meter = hearing.createAnalyser();
  meter.fftSize = 512;
  hearing.createMediaStreamSource(stream).connect(meter);
  // Unplugged: say so instead of going on in silence.
  stream.getAudioTracks()[0]!.addEventListener('ended', () => { if (mic === stream) leave('failed'); });
  return stream;
}

async function fillDevices(): Promise<void> {
  const list = part<HTMLSelectElement>('devices');
  const inputs = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === 'audioinput');
  const used = mic?.getAudioTracks()[0]?.getSettings().deviceId;
  list.replaceChildren(...inputs.map((d) => new Option(d.label, d.deviceId, false, d.deviceId === used)));
  list.hidden = !mic || inputs.length < 2;
}

async function changeDevice(id: string): Promise<void> {
  try {
    const next = await openMicrophone(id);
    const old = mic;
    mic = next;
    sound();
    await Promise.all([...peers.values()].map((peer) => peer.speak(next)));
    old?.getTracks().forEach((track) => track.stop());
  } catch {
    await fillDevices();
  }
}

async function load(): Promise<boolean> {
  const answer = await fetch(`/api/v1/handoffs/${handoff()}/voice`).catch(() => null);
  if (!answer?.ok) return false;
  view = await answer.json() as VoiceView;
  for (const [id, peer] of peers) if (!view.people.includes(peer.who)) drop(id);
  if (!view.mayJoin && mic) leave('off');
  root.hidden = !view.mayJoin;
  return view.mayJoin;
}

async function enter(): Promise<void> {
  await ask('JoinVoice', handoff());
  await say(null, 'here');
}

async function join(): Promise<void> {
  if (mic || !(await load())) return;
  show('asking');
  try {
    mic = await openMicrophone();
  } catch {
    show('denied');
    return;
  }
  startedAt = Date.now();
  show('waiting');
  await fillDevices();
  await enter().catch(() => leave('failed'));
}

/** Which of two makes the offer: both know it without asking. */
const leads = (other: string): boolean => me > other;

function drop(id: string): void {
  peers.get(id)?.close();
  peers.delete(id);
}

function leave(next = 'off'): void {
  if (mic) void say(null, 'gone').catch(() => undefined);
  void ask('LeaveVoice').catch(() => undefined);
  for (const id of [...peers.keys()]) drop(id);
  mic?.getTracks().forEach((track) => track.stop());
  mic = null;
  muted = onHold = false;
  show(next);
}

function peer(signal: VoiceSignal): Peer {
  let known = peers.get(signal.peer);
  if (!known) {
    known = new Peer(signal.who, view.iceServers, mic!, leads(signal.peer), (kind, data) => void say(signal.peer, kind, data).catch(() => undefined));
    peers.set(signal.peer, known);
    known.quiet(onHold);
    startedAt = Date.now();
  }
  return known;
}

async function heard(signal: VoiceSignal): Promise<void> {
  if (!mic || signal.handoffId !== handoff() || signal.peer === me || (signal.to && signal.to !== me)) return;
  if (!view.people.includes(signal.who) && !((await load()) && view.people.includes(signal.who))) return;
  if (signal.kind === 'gone') drop(signal.peer);
  else if (signal.kind === 'hold' || signal.kind === 'resume') peer(signal).holds = signal.kind === 'hold';
  else if (signal.kind === 'here') {
    if (leads(signal.peer)) peer(signal).call();
    else await say(signal.peer, 'here');
  } else await peer(signal).take(signal.kind, JSON.parse(signal.data));
}

/** What is true by what arrived in the last second, not by what was meant. */
async function look(): Promise<void> {
  if (!mic) return;
  if (meter) {
    const wave = new Uint8Array(meter.fftSize);
    meter.getByteTimeDomainData(wave);
    part<HTMLMeterElement>('meter').value = muted || onHold ? 0 : Math.max(...wave.map((v) => Math.abs(v - 128))) / 128;
  }
  for (const [id, p] of peers) if (p.gone) drop(id);
  const counts = await Promise.all([...peers.values()].map((p) => p.received()));
  root.dataset.received = String(counts.reduce((sum, n) => sum + n, 0));
  const all = [...peers.values()];
  root.dataset.others = String(all.filter((p) => p.flowing).length);
  if (all.some((p) => p.flowing)) show(onHold || all.every((p) => p.holds) ? 'held' : 'on');
  else if (all.some((p) => p.holds) || onHold) show('held');
  else if (all.some((p) => p.heardOnce)) show('silent');
  else if (all.length > 0) show(Date.now() - startedAt > patience ? 'failed' : 'connecting');
  else show('waiting');
}

export function voice(): void {
  const found = document.querySelector<HTMLElement>('[data-voice]');
  if (!found || !('RTCPeerConnection' in window) || !navigator.mediaDevices) return;
  root = found;
  part('join').addEventListener('click', () => void join());
  part('leave').addEventListener('click', () => leave());
  part('mute').addEventListener('click', () => { muted = !muted; sound(); show(state); });
  part('hold').addEventListener('click', () => {
    onHold = !onHold;
    sound();
    void say(null, onHold ? 'hold' : 'resume').catch(() => undefined);
    void look();
  });
  part<HTMLSelectElement>('devices').addEventListener('change', (e) => void changeDevice((e.target as HTMLSelectElement).value));
  // One after another: a candidate that overtook the offer it belongs to would be lost.
  let before: Promise<void> = Promise.resolve();
  onVoice((signal) => { before = before.then(() => heard(signal)).catch(() => undefined); }, {
    entered: () => { if (mic) void enter().catch(() => undefined); },
    changed: () => void load(),
  });
  addEventListener('pagehide', () => { if (mic) leave(); });
  setInterval(() => void look(), 1000);
  void load();
}
