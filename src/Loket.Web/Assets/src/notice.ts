/**
 * A message of the system when a question arrives and nobody looks at Loket: only after the person asked for it and the
 * browser was allowed to. It says that there is a question, nothing of what or whom.
 */
import { chosen, choose, text } from './page';

const storeName = 'loket-notice';
const tag = 'loket-offer';
let shown: Notification | null = null;

const button = () => document.querySelector<HTMLElement>('[data-notice]');
const isOn = () => chosen(storeName) === 'on' && Notification.permission === 'granted';

/** Speaking with somebody, as the server knows it: do not disturb. */
export const inTalk = (): boolean => document.querySelector('.me [data-talking=true]') !== null;

export const isAway = (): boolean => document.hidden || !document.hasFocus();

/** Shows the message, or takes it back when the question is no longer there. */
export function tellScreen(on: boolean): void {
  shown?.close();
  shown = null;
  if (!on || !button() || !isOn() || !isAway()) return;
  shown = new Notification(text('flash'), { tag, silent: true });
  shown.onclick = () => { window.focus(); shown?.close(); };
}

function show(): void {
  const el = button()!;
  el.setAttribute('aria-pressed', String(isOn()));
  el.querySelector('span')!.textContent = text(Notification.permission === 'denied' ? 'noticeDenied' : isOn() ? 'noticeOn' : 'noticeOff');
}

export function notices(): void {
  const el = button();
  if (!el || !('Notification' in window)) return;
  el.hidden = false;
  show();
  el.addEventListener('click', async () => {
    const on = isOn();
    if (!on) await Notification.requestPermission();
    choose(storeName, on ? 'off' : 'on');
    show();
  });
}
