/** On a new case the lines follow what is chosen: `data-lines` on the form is their address. */
import { refreshAround } from './fragments';
import { swapped } from './page';

/** What the other side will see is what is ticked now, not what started ticked. */
function count(): void {
  const said = document.querySelector<HTMLElement>('[data-going]');
  const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-goes]')];
  if (!said || boxes.every((b) => b.disabled)) return;
  const ticked = boxes.filter((b) => b.checked);
  const word = ticked.length === 0 ? said.dataset.none : ticked.length === 1 ? said.dataset.one : said.dataset.many?.replace('{0}', String(ticked.length));
  said.textContent = `${word ?? ''}${ticked.some((b) => b.dataset.goes === 'bsn') ? said.dataset.bsn ?? '' : ''}`;
}

export function lines(): void {
  count();
  document.addEventListener(swapped, count);
  document.addEventListener('change', (e) => { if ((e.target as HTMLElement).dataset.goes) count(); });
  document.addEventListener('change', (e) => {
    const field = e.target as HTMLSelectElement;
    const address = field.form?.dataset.lines;
    const region = document.getElementById('lines');
    if (!address || !region || !['topic', 'municipality'].includes(field.name)) return;
    const chosen = new FormData(field.form!);
    const query = new URLSearchParams(['topic', 'municipality'].map((name) => [name, String(chosen.get(name) ?? '')]));
    region.dataset.fragment = `${address}?${query}`;
    refreshAround(region);
  });
}
