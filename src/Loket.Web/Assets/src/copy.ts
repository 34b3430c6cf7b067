/** Copies what was agreed, made on the server without a BSN; and opens the print dialog. */
import { announce, text } from './page';

export function copying(): void {
  document.addEventListener('click', (e) => {
    if ((e.target as Element).closest('[data-print]')) window.print();
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
