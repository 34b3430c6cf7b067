/**
 * The keyboard. `data-key="m"` works alone outside fields and with Alt anywhere; `data-key="alt+m"` only with Alt;
 * `data-keys="g z"` is a sequence. With `data-key-focus` the key focuses instead of presses.
 */
import { isField, isReachable, isTick, isVisible, swapped } from './page';
import { moveRow } from './board';
import { openPalette } from './palette';

const storeName = 'loket-single-keys';
const singleKeysOn = () => localStorage.getItem(storeName) !== 'off';
const dialog = () => document.getElementById('keys-dialog') as HTMLDialogElement | null;

export function keyOf(e: KeyboardEvent): string {
  if (e.altKey) {
    if (/^Key[A-Z]$/.test(e.code)) return e.code[3]!.toLowerCase();
    if (/^(Digit|Numpad)\d$/.test(e.code)) return e.code.slice(-1);
  }
  return e.key.toLowerCase();
}

const usable = (el: Element) => isReachable(el) && !(el as HTMLButtonElement).disabled && !el.closest('fieldset:disabled');

function find(attribute: string, key: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[${attribute}="${CSS.escape(key)}"]`)].find(usable);
}

function press(el: HTMLElement): void {
  if (el.dataset.keyFocus !== undefined) {
    const target = el.querySelector<HTMLElement>('input:checked') ?? el;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  } else if (isTick(el)) {
    el.focus();
    if (!el.checked || el.type === 'checkbox') el.click();
  } else if (el.tagName === 'SUMMARY') {
    // At once, so that the next key already lands in the field.
    const details = el.parentElement as HTMLDetailsElement;
    details.open = !details.open;
    (details.open ? details.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea') ?? el : el).focus();
  } else {
    el.focus();
    el.click();
  }
}

function nextPane(back: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(isVisible);
  if (!panes.length) return;
  const at = panes.findIndex((p) => p.contains(document.activeElement));
  panes[(at + (back ? -1 : 1) + panes.length) % panes.length]!.focus();
}

const label = (el: HTMLElement) => {
  if (el.dataset.keyLabel) return el.dataset.keyLabel;
  const copy = (el.tagName === 'INPUT' ? el.closest('label') ?? el : el).cloneNode(true) as HTMLElement;
  copy.querySelectorAll('kbd, .visually-hidden, .support, svg').forEach((n) => n.remove());
  return copy.textContent?.trim().replace(/\s+/g, ' ') ?? '';
};

const cap = (key: string) => (key.length === 1 ? key.toUpperCase() : key === 'escape' ? 'Esc' : key[0]!.toUpperCase() + key.slice(1));

export function showKeys(): void {
  const list = dialog()?.querySelector('[data-keys-list]');
  if (!list) return;
  const seen = new Set<string>();
  const rows = [...document.querySelectorAll<HTMLElement>('[data-key], [data-keys]')].flatMap((el) => {
    const keys = el.dataset.key || el.dataset.keys;
    if (!keys || seen.has(keys) || !usable(el)) return [];
    seen.add(keys);
    const row = document.createElement('li');
    const name = label(el);
    row.append(name.charAt(0).toUpperCase() + name.slice(1));
    const span = document.createElement('span');
    for (const k of keys.split(/[+ ]/)) {
      const kbd = document.createElement('kbd');
      kbd.textContent = cap(k);
      span.append(kbd);
    }
    row.append(span);
    return [row];
  });
  list.replaceChildren(...rows);
  (document.getElementById('single-keys') as HTMLInputElement).checked = singleKeysOn();
  dialog()!.showModal();
}

/** A hint in the foot stands there only while the page has what its key does: `data-needs` names keys, or a selector. */
function showHints(): void {
  for (const hint of document.querySelectorAll<HTMLElement>('.foot__keys [data-needs]')) {
    const needs = hint.dataset.needs ?? '';
    hint.hidden = needs.startsWith('[') ? ![...document.querySelectorAll(needs)].some(usable) : !needs.split(' ').some((key) => find('data-key', key));
  }
}

let prefix = '';
let prefixTimer = 0;

function onKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.isComposing || e.repeat && e.key !== 'j' && e.key !== 'k') return;
  if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k') {
    if (document.body.dataset.signedIn) { e.preventDefault(); openPalette(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || document.querySelector('dialog[open]')) return;
  if (e.key === 'F6') { e.preventDefault(); nextPane(e.shiftKey); return; }

  const key = keyOf(e);
  if (e.altKey) {
    const el = find('data-key', `alt+${key}`) ?? find('data-key', key);
    if (el) { e.preventDefault(); press(el); } else if (e.key === '?') { e.preventDefault(); showKeys(); }
    return;
  }
  if (isField(e.target) || !singleKeysOn()) {
    if (e.key === 'Escape' && isField(e.target)) (e.target.closest<HTMLElement>('[data-pane]') ?? e.target).focus();
    return;
  }
  if (key === '?') { e.preventDefault(); showKeys(); return; }
  clearTimeout(prefixTimer);
  const el = prefix ? find('data-keys', `${prefix} ${key}`) : find('data-key', key);
  const began = !prefix && document.querySelector(`[data-keys^="${CSS.escape(key)} "]`) !== null;
  prefix = '';
  // Esc stops only what has the focus around it; elsewhere it is a slip.
  if (key === 'escape' && !el?.closest('[data-pane]')?.contains(document.activeElement)) return;
  if (el) {
    e.preventDefault();
    press(el);
  } else if (began && key.length === 1) {
    prefix = key;
    prefixTimer = window.setTimeout(() => { prefix = ''; }, 1500);
  } else if ((key === 'j' || key === 'k') && moveRow(key === 'j' ? 1 : -1)) {
    e.preventDefault();
  }
}

export function keys(): void {
  showHints();
  document.addEventListener(swapped, showHints);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', (e) => {
    if ((e.target as Element).closest('[data-show-keys]')) showKeys();
  });
  document.getElementById('single-keys')?.addEventListener('change', (e) => {
    localStorage.setItem(storeName, (e.target as HTMLInputElement).checked ? 'on' : 'off');
    document.documentElement.classList.toggle('keys-off', !singleKeysOn());
  });
  document.documentElement.classList.toggle('keys-off', !singleKeysOn());
}
