/** A "no" given with one key can be taken back for three seconds; then it is sent. */
import { serverNow, swapped, text } from './page';

const undoMs = 3000;
/** Not later than this before the offer ends. */
const marginMs = 500;

let waiting: { offer: string; form: HTMLFormElement; reason: string; timer: number } | null = null;

const bar = () => document.getElementById('undo');
const reasonOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('input[name=reason]')?.value ?? '';
const offerOf = (el: Element) => el.closest<HTMLElement>('[data-offer]')?.dataset.offer ?? '';

function show(form: HTMLFormElement | null): void {
  const region = bar();
  if (!region) return;
  region.hidden = !form;
  region.querySelector('span')!.textContent = form ? text('declining', form.querySelector('b')?.textContent?.trim() ?? '') : '';
}

function stop(): void {
  if (waiting) clearTimeout(waiting.timer);
  waiting = null;
  show(null);
}

/** The same form as it stands on the page now: a live refresh may have put it anew. */
function current(): HTMLFormElement | undefined {
  return waiting?.form.isConnected ? waiting.form
    : [...document.querySelectorAll<HTMLFormElement>('[data-offer] form[data-undo]')].find((f) => offerOf(f) === waiting?.offer && reasonOf(f) === waiting.reason);
}

function send(): void {
  const form = current();
  stop();
  if (!form) return;
  form.dataset.undo = 'over';
  form.requestSubmit();
}

function undo(): void {
  stop();
  document.querySelector<HTMLElement>('[data-offer] [data-accept]')?.focus();
}

export function declining(): void {
  if (!bar()) return;
  document.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    const offer = offerOf(form);
    if (!offer) return;
    if (form.dataset.undo !== 'wait') { if (!form.action.endsWith('/more-time')) stop(); return; }
    const until = Date.parse(form.closest('[data-offer]')!.querySelector<HTMLElement>('[data-countdown]')?.dataset.countdown ?? '');
    const ms = Math.min(undoMs, until - serverNow() - marginMs);
    if (!(ms > 0)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (waiting?.offer === offer && waiting.reason === reasonOf(form)) return;
    stop();
    waiting = { offer, form, reason: reasonOf(form), timer: window.setTimeout(send, ms) };
    show(form);
  }, true);
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || !waiting) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    undo();
  }, true);
  bar()!.querySelector('button')!.addEventListener('click', undo);
  document.addEventListener(swapped, () => { if (waiting && !current()) stop(); });
  // Who leaves the page meant the "no".
  addEventListener('pagehide', () => {
    const form = current();
    if (form) void fetch(form.action, { method: 'POST', body: new URLSearchParams([...new FormData(form)].map(([n, v]) => [n, String(v)])), keepalive: true });
  });
}
