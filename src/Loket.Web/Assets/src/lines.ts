/** On a new case the lines follow what is chosen: `data-lines` on the form is their address. */
import { refreshAround } from './fragments';

export function lines(): void {
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
