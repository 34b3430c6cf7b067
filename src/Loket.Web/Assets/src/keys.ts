/**
 * The keyboard. `data-key="m"` works alone outside fields and with Alt anywhere; `data-key="alt+m"` only with Alt;
 * `data-keys="g z"` is a sequence. With `data-key-focus` the key focuses instead of presses.
 */
import { choose, chosen, isField, isVisible, swapped, text } from './page';
import { hasRows, moveRow } from './board';
import { openPalette } from './palette';
import { caps, label, press, usable } from './press';

const storeName = 'loket-single-keys';
const singleKeysOn = () => chosen(storeName) !== 'off';
const dialog = () => document.getElementById('keys-dialog') as HTMLDialogElement | null;

export function keyOf(e: KeyboardEvent): string {
  if (e.altKey) {
    if (/^Key[A-Z]$/.test(e.code)) return e.code[3]!.toLowerCase();
    if (/^(Digit|Numpad)\d$/.test(e.code)) return e.code.slice(-1);
  }
  return e.key.toLowerCase();
}

/** What lies under an open dialog is not there. */
const shown = (): ParentNode => document.querySelector('dialog[open]') ?? document;

/** Of several with one key, as in the rows of a list, the one around the focus is meant; else the first. */
function find(attribute: string, key: string): HTMLElement | undefined {
  const all = [...shown().querySelectorAll<HTMLElement>(`[${attribute}="${CSS.escape(key)}"]`)].filter(usable);
  return all.find((el) => el.closest('form, details, li, tr')?.contains(document.activeElement)) ?? all[0];
}

function nextPane(back: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(isVisible);
  if (!panes.length) return;
  const at = panes.findIndex((p) => p.contains(document.activeElement));
  panes[(at + (back ? -1 : 1) + panes.length) % panes.length]!.focus();
}

/** Everything that has a key here and now, what the page itself does first. */
function keyed(within = ''): { el: HTMLElement; keys: string }[] {
  const seen = new Set<string>();
  const all = [...document.querySelectorAll<HTMLElement>('main [data-key]'), ...document.querySelectorAll<HTMLElement>('[data-key], [data-keys]')];
  return all.flatMap((el) => {
    const keys = el.dataset.key || el.dataset.keys;
    if (!keys || seen.has(keys) || !usable(el) || (within && !el.closest(within))) return [];
    seen.add(keys);
    return [{ el, keys }];
  });
}

const walkRows = () => (hasRows() ? [{ name: text('rows'), keys: 'j k' }, { name: text('openRow'), keys: 'enter' }] : []);

export function showKeys(): void {
  const list = dialog()?.querySelector('[data-keys-list]');
  if (!list) return;
  const actions = [...walkRows(), ...keyed().map(({ el, keys }) => ({ name: label(el), keys }))];
  list.replaceChildren(...actions.map(({ name, keys }) => {
    const row = document.createElement('li');
    const span = document.createElement('span');
    span.append(...caps(keys));
    row.append(name.charAt(0).toUpperCase() + name.slice(1), span);
    return row;
  }));
  (document.getElementById('single-keys') as HTMLInputElement).checked = singleKeysOn();
  dialog()!.showModal();
}

const mostInFoot = 4;

/** While the page names no keys for the foot, there stand the first of what it has. */
function footOfPage(): void {
  const place = document.querySelector('[data-page-keys]');
  const named = [...document.querySelectorAll<HTMLElement>('.foot__keys > span')].slice(0, -1).some((hint) => !hint.hidden);
  if (named) { place?.replaceChildren(); return; }
  const actions = [...walkRows(), ...keyed('main').map(({ el, keys }) => ({ name: label(el), keys }))];
  place?.replaceChildren(...actions.slice(0, mostInFoot).map(({ name, keys }) => {
    const span = document.createElement('span');
    // A name keeps its capital, a verb does not need one here.
    span.append(...caps(keys), ` ${/^.[a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name}`);
    return span;
  }));
}

/** A hint in the foot stands there only while the page has what its key does: `data-needs` names keys, or a selector. */
function showHints(): void {
  for (const hint of document.querySelectorAll<HTMLElement>('.foot__keys [data-needs]')) {
    const needs = hint.dataset.needs ?? '';
    hint.hidden = needs.startsWith('[') ? ![...document.querySelectorAll(needs)].some(usable) : !needs.split(' ').some((key) => find('data-key', key));
  }
  footOfPage();
}

let prefix = '';
let prefixTimer = 0;

function onKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.isComposing || e.repeat && e.key !== 'j' && e.key !== 'k') return;
  if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k') {
    if (document.body.dataset.signedIn) { e.preventDefault(); openPalette(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || document.querySelector('#keys-dialog[open], #palette-dialog[open]')) return;
  if (e.key === 'F6' && shown() === document) { e.preventDefault(); nextPane(e.shiftKey); return; }

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
  } else if ((key === 'j' || key === 'k') && shown() === document && moveRow(key === 'j' ? 1 : -1)) {
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
    choose(storeName, (e.target as HTMLInputElement).checked ? 'on' : 'off');
    document.documentElement.classList.toggle('keys-off', !singleKeysOn());
  });
  document.documentElement.classList.toggle('keys-off', !singleKeysOn());
}
