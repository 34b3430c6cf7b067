/** Copies what was agreed, made on the server without a BSN. */
import { announce, text } from './page';

export function copying(): void {
  document.addEventListener('click', (e) => {
    const button = (e.target as Element).closest<HTMLElement>('[data-copy]');
    const from = button && document.querySelector(button.dataset.copy!);
    if (!button || !from) return;
    void navigator.clipboard.writeText(from.textContent!.trim()).then(() => {
      announce(text('copied'));
      const note = document.createElement('span');
      note.className = 'support ok';
      note.textContent = text('copied');
      button.after(note);
      setTimeout(() => note.remove(), 3000);
    });
  });
}
