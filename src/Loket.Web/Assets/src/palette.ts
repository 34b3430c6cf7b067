/** Ctrl K: everything this page offers, found by typing. Nothing leaves the page. */
import { isVisible, text } from './page';

const dialog = () => document.getElementById('palette-dialog') as HTMLDialogElement;
const input = () => document.getElementById('palette-input') as HTMLInputElement;
const list = () => document.getElementById('palette-list') as HTMLUListElement;

let targets: { label: string; el: HTMLElement }[] = [];
let shown: { label: string; el: HTMLElement }[] = [];
let at = 0;

function collect(): void {
  const seen = new Set<string>();
  targets = [...document.querySelectorAll<HTMLElement>('.bar__link, main a[href], main button:not([disabled]), main summary')].flatMap((el) => {
    if (!isVisible(el)) return [];
    const copy = el.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('kbd, svg').forEach((n) => n.remove());
    copy.querySelectorAll('span, b, br').forEach((n) => n.after(' '));
    const label = copy.textContent?.trim().replace(/\s+/g, ' ') ?? '';
    if (!label || seen.has(label)) return [];
    seen.add(label);
    return [{ label, el }];
  });
}

function show(): void {
  const words = input().value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = targets.filter((t) => words.every((w) => t.label.toLowerCase().includes(w))).slice(0, 12);
  at = Math.min(at, Math.max(0, shown.length - 1));
  list().replaceChildren(...(shown.length ? shown.map((t, i) => {
    const item = document.createElement('li');
    item.role = 'option';
    item.id = `palette-${i}`;
    item.ariaSelected = String(i === at);
    item.textContent = t.label;
    item.addEventListener('click', () => choose(i));
    return item;
  }) : [Object.assign(document.createElement('li'), { className: 'palette__none', textContent: text('noResult') })]));
  input().setAttribute('aria-activedescendant', shown.length ? `palette-${at}` : '');
}

function choose(i: number): void {
  const target = shown[i]?.el;
  dialog().close();
  target?.focus();
  target?.click();
}

export function openPalette(): void {
  collect();
  input().value = '';
  at = 0;
  show();
  if (!dialog().open) dialog().showModal();
  input().focus();
}

export function palette(): void {
  if (!dialog()) return;
  document.addEventListener('click', (e) => {
    if ((e.target as Element).closest('[data-palette]')) openPalette();
  });
  input().addEventListener('input', () => { at = 0; show(); });
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
