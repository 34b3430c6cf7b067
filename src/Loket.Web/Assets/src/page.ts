/** What every module shares: the page's texts, the server's clock, announcements, and where somebody is typing. */

/** A text from the page's `#texts` template with {0}, {1}… filled in. */
export function text(key: string, ...args: (string | number)[]): string {
  const template = document.getElementById('texts')?.dataset[key] ?? '';
  return template.replace(/\{(\d)\}/g, (_, n: string) => String(args[Number(n)] ?? ''));
}

const clockOffset = (() => {
  const server = Date.parse(document.body.dataset.now ?? '');
  return Number.isNaN(server) ? 0 : server - Date.now();
})();

/** Now by the server's clock, in milliseconds. */
export const serverNow = (): number => Date.now() + clockOffset;

export function clockTime(at: number, seconds = true): string {
  return new Date(at).toLocaleTimeString('nl-NL', {
    timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}),
  });
}

/** Says something to a screen reader, once. */
export function announce(message: string, now = false): void {
  const region = document.getElementById(now ? 'announce-now' : 'announce');
  if (!region || !message) return;
  region.textContent = '';
  setTimeout(() => { region.textContent = message; }, 50);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const notTyped = new Set(['radio', 'checkbox', 'hidden', 'button', 'submit']);

export const isField = (el: EventTarget | null): el is Field =>
  el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement || (el instanceof HTMLInputElement && !notTyped.has(el.type));

export const isTick = (el: Element): el is HTMLInputElement =>
  el instanceof HTMLInputElement && (el.type === 'radio' || el.type === 'checkbox');

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** It holds something else than the server put there. */
export function isDirty(c: Control): boolean {
  if (isTick(c)) return c.checked !== c.defaultChecked;
  if (c instanceof HTMLSelectElement) return c.selectedIndex !== Math.max(0, [...c.options].findIndex((o) => o.defaultSelected));
  return c.value !== c.defaultValue;
}

/** True while something typed would be lost or disturbed by moving the focus. */
export function isTyping(): boolean {
  return isField(document.activeElement) || document.querySelector('dialog[open]') !== null;
}

/** What lies in a closed part of the page has a place there, but is not seen. */
export const isVisible = (el: Element): boolean => el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true });

/** What a key or the search box can do now: what is seen, and what lies in one's own menu, open or not. */
export const isReachable = (el: Element): boolean => isVisible(el) || el.closest('.me__menu') !== null;

/** What this person chose in this browser; at a shared desk everybody has their own. */
const own = (name: string) => `${name}-${document.body.dataset.me ?? ''}`;
export const chosen = (name: string): string | null => localStorage.getItem(own(name));
export const choose = (name: string, value: string): void => localStorage.setItem(own(name), value);

/** To the way in, and after it back to where the person was. */
export const signInAddress = (): string => `/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;

/** The header by which the server knows a fetch of ours. */
export const fragmentHeader = { 'X-Loket-Fragment': '1' };

export const swapped = 'loket:swapped';
