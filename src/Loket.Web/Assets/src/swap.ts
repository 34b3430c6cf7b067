/** Replaces a part of the page by a newer one without losing focus, typed text, open parts or scroll. */
import { draftNames, restoreDrafts } from './drafts';
import { announce, isDirty, isField, isTick, swapped, type Control } from './page';

// What differs each time and is not seen.
const secrets = /<input[^>]*name="(?:key|__RequestVerificationToken)"[^>]*>| data-restored?(?:-line)?="[^"]*"/g;
const plain = (el: Element) => el.innerHTML.replace(secrets, '');
const source = new WeakMap<Element, string>();

const controls = (root: Element) => [...root.querySelectorAll<Control>('input:not([type=hidden]), textarea, select')];
const nameOf = (c: Control) => `${c.getAttribute('form') ?? c.form?.id ?? ''}|${c.name}|${isTick(c) ? c.value : ''}|${c.id}`;

/** Controls of this form with these values were sent: they are no longer somebody's unsaved work. */
const sent = new Map<string, string>();
const sentForms = new Set<HTMLFormElement>();
export function markSent(form: HTMLFormElement): void {
  sentForms.add(form);
  for (const c of form.elements) {
    if (c instanceof HTMLInputElement || c instanceof HTMLTextAreaElement || c instanceof HTMLSelectElement) {
      sent.set(nameOf(c), isTick(c) ? String(c.checked) : c.value);
    }
  }
}
export function clearSent(): void {
  sent.clear();
  sentForms.clear();
}

function keep(root: Element): Map<string, string> {
  const values = new Map<string, string>();
  for (const c of controls(root)) {
    const value = isTick(c) ? String(c.checked) : c.value;
    if (isDirty(c) && sent.get(nameOf(c)) !== value) values.set(nameOf(c), value);
  }
  return values;
}

function restore(root: Element, values: Map<string, string>): void {
  for (const c of controls(root)) {
    const value = values.get(nameOf(c));
    if (value === undefined) continue;
    if (isTick(c)) c.checked = value === 'true';
    else c.value = value;
  }
}

/** Where the focus was: enough to find the same control in the new part. */
function focusPath(root: Element): (() => void) | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) return null;
  const { id } = active;
  const name = active instanceof HTMLInputElement || active instanceof HTMLButtonElement ? `${active.name}|${active.value}` : '';
  const action = active.closest('form')?.getAttribute('action');
  const href = active.getAttribute('href');
  const details = active.closest('details[id]')?.id;
  const selection = isField(active) && !(active instanceof HTMLSelectElement) && 'selectionStart' in active
    ? [active.selectionStart, active.selectionEnd] as const : null;
  return () => {
    const all = [...root.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')];
    const again = (id && root.querySelector<HTMLElement>(`#${CSS.escape(id)}`))
      || all.find((el) => (href && el.getAttribute('href') === href)
        || (action && el.closest('form')?.getAttribute('action') === action && `${(el as HTMLInputElement).name}|${(el as HTMLInputElement).value}` === name))
      || (details && root.querySelector<HTMLElement>(`#${CSS.escape(details)} > summary`))
      || root.closest<HTMLElement>('[data-pane]');
    again?.focus({ preventScroll: true });
    if (selection && again && isField(again) && !(again instanceof HTMLSelectElement)) {
      try { again.setSelectionRange(selection[0], selection[1]); } catch { /* a date field has no selection */ }
    }
  };
}

/** A form that shows a refusal or a draft stays as it is, with what was typed, until it is sent again. */
function keepForms(current: Element, next: Element): void {
  for (const form of current.querySelectorAll<HTMLFormElement>('form[id][data-kept="true"]')) {
    next.querySelector(`#${CSS.escape(form.id)}`)?.replaceWith(form);
  }
}

/**
 * Puts the children of `next` into `current`. Nothing happens when nothing changed. With `answer` the new part answers
 * a form that was sent, so it may replace a refused form.
 */
export function swap(current: Element, next: Element, answer = false): boolean {
  const before = source.get(current) ?? plain(current);
  const after = plain(next);
  source.set(current, after);
  // A form that was answered starts anew, also when the page around it stayed the same.
  if (before === after && !(answer && [...sentForms].some((f) => current.contains(f)))) return false;

  const typed = keep(current);
  const open = new Map([...current.querySelectorAll<HTMLDetailsElement>('details[id]')].map((d) => [d.id, d.open]));
  const formsSent = new Set(answer ? [...sentForms].map((f) => f.id) : []);
  const spoken = current.querySelector('[data-announce]')?.getAttribute('data-announce');
  const focus = focusPath(current);
  const scrollers = [...current.querySelectorAll<HTMLElement>('[data-stick]')].map((s) => ({ top: s.scrollTop, end: s.scrollHeight - s.scrollTop - s.clientHeight < 40 }));

  for (const name of ['data-fragment', 'data-hints', 'class']) {
    const value = next.getAttribute(name);
    if (value !== null) current.setAttribute(name, value);
  }
  if (!answer) keepForms(current, next);
  const shown = draftNames(current);
  current.replaceChildren(...next.childNodes);

  restore(current, typed);
  restoreDrafts(current, shown);
  for (const details of current.querySelectorAll<HTMLDetailsElement>('details[id]')) {
    const form = details.querySelector('form')?.id ?? '';
    if (open.get(details.id) && !(form && formsSent.has(form))) details.open = true;
  }
  current.querySelectorAll<HTMLElement>('[data-stick]').forEach((s, i) => {
    s.scrollTop = scrollers[i]?.end === false ? scrollers[i]!.top : s.scrollHeight;
  });
  focus?.();
  const speak = current.querySelector('[data-announce]')?.getAttribute('data-announce');
  if (speak && speak !== spoken) announce(speak);
  current.dispatchEvent(new CustomEvent(swapped, { bubbles: true }));
  return true;
}
