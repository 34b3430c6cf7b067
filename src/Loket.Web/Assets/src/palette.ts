/**
 * `/` or Ctrl K: everything Loket knows and everything this page offers, found by typing. What is typed is posted to
 * our own server, which keeps nothing of it.
 */
import { fragmentHeader, text } from './page';
import { parse } from './fragments';
import { caps, press, usable } from './press';

const dialog = () => document.getElementById('palette-dialog') as HTMLDialogElement;
const form = () => document.getElementById('palette-form') as HTMLFormElement;
const input = () => document.getElementById('palette-input') as HTMLInputElement;
const list = () => document.getElementById('palette-list') as HTMLUListElement;

interface Choice { label: string; content?: Node[]; keys?: string; open: () => void }

const doable = ['.bar__link', '#strip :is(a, button)', 'main a[href]', 'main button', 'main summary', 'main [data-key-label]', '.me__menu :is(a, button)', '.foot button'].join();

const waitMs = 120;
const mostMeant = 2;
const mostOfPage = 5;
const most = 12;
let onPage: Choice[] = [];
let found: Choice[] = [];
let refusal = '';
let shown: Choice[] = [];
let at = 0;
let timer = 0;
let asked = 0;

function collect(): void {
  const seen = new Set<string>();
  onPage = [...document.querySelectorAll<HTMLElement>(doable)].flatMap((el) => {
    if (!usable(el)) return [];
    const copy = el.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('kbd, svg').forEach((n) => n.remove());
    copy.querySelectorAll('span, b, br').forEach((n) => n.after(' '));
    const label = (el.dataset.keyLabel || copy.textContent || '').trim().replace(/\s+/g, ' ');
    if (!label || seen.has(label)) return [];
    seen.add(label);
    return [{ label, keys: el.dataset.key || el.dataset.keys, open: () => press(el) }];
  });
}

function named(t: Choice): HTMLElement {
  const name = Object.assign(document.createElement('span'), { className: 'found__name' });
  name.append(t.label, ...(t.keys ? [' ', ...caps(t.keys)] : []));
  return name;
}

function show(): void {
  const words = input().value.toLowerCase().split(/\s+/).filter(Boolean);
  const here = onPage.filter((t) => words.every((w) => t.label.toLowerCase().includes(w)));
  // What begins as typed is an act one means; the rest of the page comes after what was found.
  const meant = found.length && words.length ? here.filter((t) => t.label.toLowerCase().startsWith(words.join(' '))).slice(0, mostMeant) : [];
  shown = [...meant, ...found, ...here.filter((t) => !meant.includes(t)).slice(0, found.length ? mostOfPage : most)];
  at = Math.min(at, Math.max(0, shown.length - 1));
  list().replaceChildren(...(shown.length ? shown.map((t, i) => {
    const item = document.createElement('li');
    item.role = 'option';
    item.id = `palette-${i}`;
    item.ariaSelected = String(i === at);
    if (t.content) item.append(...t.content.map((n) => n.cloneNode(true)));
    else item.append(named(t),
      ...(found.length ? [Object.assign(document.createElement('span'), { className: 'found__kind', textContent: text('onPage') })] : []));
    item.addEventListener('click', () => choose(i));
    return item;
  }) : [Object.assign(document.createElement('li'), { className: 'palette__none', textContent: refusal || text('noResult') })]));
  input().setAttribute('aria-activedescendant', shown.length ? `palette-${at}` : '');
  document.getElementById(`palette-${at}`)?.scrollIntoView({ block: 'nearest' });
}

async function ask(): Promise<void> {
  const mine = ++asked;
  const question = input().value.trim();
  if (question.length < 2) {
    found = [];
    refusal = '';
    show();
    return;
  }
  const body = new URLSearchParams([...new FormData(form())].map(([name, value]) => [name, String(value)]));
  const response = await fetch(form().action, { method: 'POST', body, headers: fragmentHeader, credentials: 'same-origin' }).catch(() => null);
  if (mine !== asked || !response?.ok) return;
  const page = parse(await response.text());
  refusal = page.querySelector('[role=alert]')?.textContent ?? '';
  found = [...page.querySelectorAll<HTMLAnchorElement>('a[data-hit]')].map((a) => {
    const address = a.getAttribute('href')!;
    return { label: a.textContent ?? '', content: [...a.children].map((n) => document.importNode(n, true)), open: () => location.assign(address) };
  });
  show();
}

function choose(i: number): void {
  const choice = shown[i];
  if (!choice) { form().submit(); return; }
  dialog().close();
  choice.open();
}

export function openPalette(): void {
  collect();
  input().value = '';
  found = [];
  refusal = '';
  asked++;
  at = 0;
  show();
  if (!dialog().open) dialog().showModal();
  input().focus();
}

export function palette(): void {
  if (!dialog()) return;
  document.addEventListener('click', (e) => {
    if (!(e.target as Element).closest('[data-palette]') || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    openPalette();
  });
  input().addEventListener('input', () => {
    at = 0;
    show();
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), waitMs);
  });
  input().addEventListener('keydown', (e) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      at = (at + (e.key === 'ArrowDown' ? 1 : -1) + shown.length) % Math.max(1, shown.length);
      show();
    } else if (e.key === 'Enter') {
      e.preventDefault();
      choose(at);
    }
  });
}
