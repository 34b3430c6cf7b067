/** What a key does to the thing that carries it, what that is called, and whether it can be done now. */
import { isReachable, isTick } from './page';

export const usable = (el: Element): boolean =>
  isReachable(el) && !(el as HTMLButtonElement).disabled && !el.closest('fieldset:disabled');

export function press(el: HTMLElement): void {
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

export function label(el: HTMLElement): string {
  if (el.dataset.keyLabel) return el.dataset.keyLabel;
  const copy = (el.tagName === 'INPUT' ? el.closest('label') ?? el : el).cloneNode(true) as HTMLElement;
  copy.querySelectorAll('kbd, .visually-hidden, .support, svg').forEach((n) => n.remove());
  return copy.textContent?.trim().replace(/\s+/g, ' ') ?? '';
}

const name = (key: string) => (key.length === 1 ? key.toUpperCase() : key === 'escape' ? 'Esc' : key[0]!.toUpperCase() + key.slice(1));

/** `alt+s` and `g z` as key caps. */
export function caps(keys: string): HTMLElement[] {
  return keys.split(/[+ ]/).map((key) => {
    const cap = document.createElement('kbd');
    cap.textContent = name(key);
    if (keys.length === 1) cap.className = 'single';
    return cap;
  });
}
