/** Seconds and bars that run down by the server's clock. Text changes in place; a screen reader hears one remark at ten. */
import { refreshAround } from './fragments';
import { announce, serverNow, text } from './page';

const spokenTen = new Set<string>();
const finished = new WeakSet<Element>();

function long(seconds: number): string {
  const m = Math.floor(seconds / 60);
  return m > 0 ? `${m} min ${seconds % 60} sec` : `${seconds} sec`;
}

function tick(): void {
  const now = serverNow();
  for (const el of document.querySelectorAll<HTMLElement>('[data-countdown]')) {
    const until = Date.parse(el.dataset.countdown ?? '');
    const left = Math.max(0, Math.ceil((until - now) / 1000));
    const shown = el.dataset.format === 'long' ? long(left) : String(left);
    if (el.textContent !== shown) el.textContent = shown;
    if (left === 10 && el.dataset.ten !== undefined && !spokenTen.has(el.dataset.countdown!)) {
      spokenTen.add(el.dataset.countdown!);
      announce(text('ten'));
    }
    // The server says what follows; ask once when time is up, in case a hint was lost.
    if (left === 0 && !finished.has(el)) {
      finished.add(el);
      setTimeout(() => { if (el.isConnected) refreshAround(el); }, 800);
    }
  }
  for (const bar of document.querySelectorAll<HTMLProgressElement>('progress[data-until]')) {
    const from = Date.parse(bar.dataset.from ?? '');
    const until = Date.parse(bar.dataset.until ?? '');
    bar.value = Math.max(0, Math.min(100, ((until - now) / (until - from)) * 100));
  }
}

export function countdown(): void {
  tick();
  setInterval(tick, 250);
}
