/** Sentences chosen in a dialog go into the field behind it, where the cursor was; the person reads them and sends them. */

export function snippets(): void {
  document.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    const field = form.dataset.insertInto ? document.querySelector<HTMLTextAreaElement>(form.dataset.insertInto) : null;
    const words = (e.submitter as HTMLElement | null)?.dataset.insert;
    if (!field || !words) return;
    e.preventDefault();
    e.stopPropagation();
    form.closest('dialog')?.close();
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(`${before && !/\s$/.test(before) ? ' ' : ''}${words}`, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  }, true);
}
