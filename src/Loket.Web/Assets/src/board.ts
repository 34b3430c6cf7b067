/** Rows of a list: J and K walk them, and the panel beside the board follows the row. */
import { fragmentHeader, isVisible } from './page';
import { parse } from './fragments';
import { swap } from './swap';

/** The marked rows, or of any list of links and buttons the first of each row. */
function rowsIn(part: ParentNode): HTMLElement[] {
  const marked = [...part.querySelectorAll<HTMLElement>('[data-rows] [data-row]')].filter(isVisible);
  if (marked.length) return marked;
  const lists = [...part.querySelectorAll(':is(.rows, .found, .upkeep__pages) > li, tbody > tr')];
  return lists.flatMap((row) => [...row.querySelectorAll<HTMLElement>('a[href], button')].filter(isVisible).slice(0, 1));
}

/** Those of the pane one is in, else of the page. */
function rows(): HTMLElement[] {
  const pane = document.activeElement?.closest('main [data-pane]');
  const near = pane ? rowsIn(pane) : [];
  const main = document.querySelector('main');
  return near.length || !main ? near : rowsIn(main);
}

export const hasRows = (): boolean => rows().length > 0;

export function moveRow(step: number): boolean {
  const all = rows();
  if (!all.length) return false;
  const focused = all.indexOf(document.activeElement as HTMLElement);
  const selected = all.findIndex((r) => r.closest('[aria-selected=true]'));
  const from = focused >= 0 ? focused : selected;
  const next = all[Math.max(0, Math.min(all.length - 1, from + (from < 0 ? 1 : step)))]!;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  void follow(next);
  return true;
}

let wanted = '';

async function follow(link: HTMLElement): Promise<void> {
  const url = link.dataset.panel;
  const panel = document.getElementById('chain-panel');
  if (!url || !panel) return;
  wanted = url;
  document.querySelectorAll('[data-rows] tr[aria-selected=true]').forEach((r) => r.setAttribute('aria-selected', 'false'));
  link.closest('tr')?.setAttribute('aria-selected', 'true');
  const response = await fetch(url, { headers: fragmentHeader });
  if (!response.ok || wanted !== url) return;
  const next = document.createElement('div');
  next.replaceChildren(...parse(await response.text()).body.childNodes);
  swap(panel, next);
  panel.dataset.fragment = url;
  history.replaceState(null, '', link.getAttribute('href'));
  const list = document.getElementById('chain-rows');
  if (list) list.dataset.fragment = `/chain/rows${location.search}`;
}

export function board(): void {
  document.addEventListener('click', (e) => {
    const link = (e.target as Element).closest?.<HTMLElement>('[data-panel]')
      ?? (e.target as Element).closest?.('.chain__row')?.querySelector<HTMLElement>('[data-panel]');
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || !matchMedia('(min-width: 1024px)').matches) return;
    e.preventDefault();
    link.focus();
    void follow(link);
  });
}
