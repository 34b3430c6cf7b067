/**
 * An offer arrives, on the line's own page or in the strip of any other: sound when allowed, a message of the system
 * when wished, focus only when nobody is typing, and every key of the offer ignored in the first half second. In a
 * conversation it comes silently: no sound, no message, and the focus stays where it was.
 * While ringing ends in acceptance, the sender goes to the conversation after the name stood there for three seconds.
 */
import { keyOf } from './keys';
import { inTalk, isAway, notices, tellScreen } from './notice';
import { announce, chosen, choose, isField, isTyping, serverNow, swapped, text } from './page';

const storeName = 'loket-sound';
const graceMs = 500;
let current = '';
let shownAt = 0;
let audio: AudioContext | null = null;
const soundOn = () => chosen(storeName) !== 'off';

function ring(): void {
  if (!soundOn() || audio?.state !== 'running') return;
  const start = audio.currentTime;
  for (const [i, pitch] of [659, 880, 659, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start + i * 0.18);
    volume.gain.linearRampToValueAtTime(0.15, start + i * 0.18 + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + i * 0.18 + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + i * 0.18);
    tone.stop(start + i * 0.18 + 0.17);
  }
}

const title = document.title;
let flashing = 0;

function flash(on: boolean): void {
  clearInterval(flashing);
  document.title = title;
  if (!on) return;
  flashing = window.setInterval(() => { document.title = document.title === title ? `● ${text('flash')}` : title; }, 1000);
}

function look(): void {
  const offer = document.querySelector<HTMLElement>('[data-offer]');
  const id = offer?.dataset.offer ?? '';
  if (id === current) return;
  current = id;
  flash(false);
  tellScreen(false);
  if (!offer) return;
  const said = document.getElementById('strip-said');
  if (said) said.textContent = '';
  shownAt = performance.now();
  if (isAway()) flash(true);
  announce(offer.dataset.announce ?? '', !inTalk());
  if (inTalk()) return;
  ring();
  tellScreen(true);
  if (!isTyping()) offer.querySelector<HTMLElement>('[data-accept]')?.focus();
}

let going = '';
function goToTalk(): void {
  const link = document.querySelector<HTMLAnchorElement>('a[data-goto]');
  const at = Date.parse(link?.dataset.goto ?? '');
  if (!link || Number.isNaN(at) || going === link.href || serverNow() - at > 8000) return;
  going = link.href;
  setTimeout(() => {
    const still = document.querySelector<HTMLAnchorElement>('a[data-goto]');
    if (still?.href !== going) return;
    if (isTyping()) still.scrollIntoView({ block: 'nearest' });
    else location.assign(still.href);
  }, Math.max(0, at + 3000 - serverNow()));
}

function showSound(): void {
  const button = document.querySelector<HTMLElement>('[data-sound]');
  if (!button) return;
  const on = soundOn() && audio?.state === 'running';
  button.setAttribute('aria-pressed', String(on));
  button.querySelector('span')!.textContent = text(soundOn() && inTalk() ? 'soundTalk' : on ? 'soundOn' : 'soundOff');
  const use = button.querySelector('use');
  use?.setAttribute('href', use.getAttribute('href')!.replace(/#.*/, on ? '#sound' : '#sound-off'));
}

/** A browser lets a page sound only after the person did something on it; a key as Alt alone does not count. */
function allowSound(): void {
  audio ??= new AudioContext();
  if (audio.state !== 'running') void audio.resume().then(showSound);
}

export function offers(): void {
  document.addEventListener('keydown', (e) => {
    if (!current || performance.now() - shownAt >= graceMs) return;
    const inOffer = (e.target as Element).closest?.('[data-offer]');
    const meant = (e.key === 'Enter' || e.key === ' ') && (e.altKey || inOffer);
    const ofOffer = (e.altKey || !isField(e.target)) && document.querySelector(`[data-offer] [data-key="${CSS.escape(keyOf(e))}"]`);
    if (meant || ofOffer) {
      e.preventDefault();
      e.stopPropagation();
    }
  }, true);
  if (document.querySelector('[data-sound]')) {
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, allowSound);
    document.querySelector('[data-sound]')!.addEventListener('click', () => {
      const on = soundOn() && audio?.state === 'running';
      choose(storeName, on ? 'off' : 'on');
      allowSound();
      showSound();
      if (!on) ring();
    });
    showSound();
  }
  document.addEventListener(swapped, () => { look(); goToTalk(); showSound(); });
  notices();
  addEventListener('focus', () => flash(false));
  look();
  goToTalk();
}
