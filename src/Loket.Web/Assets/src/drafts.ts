/** Nothing typed is lost: forms with `data-draft` are kept on the server while typing. Never a number that names a person. */
import { clockTime, fragmentHeader, isDirty, isTick, serverNow, text, type Control } from './page';

const never = new Set(['bsn', 'kvk', 'rsin', 'phone', 'reach', 'key', 'draft', '__RequestVerificationToken', 'returnUrl']);
const timers = new Map<string, number>();
const waiting = new Map<string, HTMLFormElement>();
const underWay = new Map<string, Promise<void>>();

/** A page that shows its own draft (without `data-restore`) wants the whole form, and settles by itself what changed meanwhile. */
const isOwn = (form: HTMLFormElement): boolean => form.dataset.restore === undefined;

/** The controls of a form by the name they are kept under: of fields with one name the second is `name 1`. */
function slots(form: HTMLFormElement): [string, Control][] {
  const seen = new Map<string, number>();
  return [...form.elements].flatMap((el): [string, Control][] => {
    const c = el as Control;
    const typed = el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement || (el instanceof HTMLInputElement && !['submit', 'button', 'file'].includes(el.type));
    if (!typed || !c.name || c.disabled || never.has(c.name) || (c.name === 'version' && isOwn(form))) return [];
    const nth = isTick(c) ? 0 : seen.get(c.name) ?? 0;
    if (!isTick(c)) seen.set(c.name, nth + 1);
    return [[nth ? `${c.name} ${nth}` : c.name, c]];
  });
}

/** What to keep: the whole form, or what was changed in it and the version it was changed from. */
function fields(form: HTMLFormElement): Record<string, string> {
  const all = slots(form);
  const whole = isOwn(form) || form.dataset.refused !== undefined;
  const changed = new Set(all.filter(([, c]) => whole || (c.type !== 'hidden' && isDirty(c))).map(([key]) => key));
  if (!changed.size) return {};
  changed.add('version');
  const result: Record<string, string> = {};
  for (const [key, c] of all) {
    if (!changed.has(key)) continue;
    if (!isTick(c)) result[key] = c.value;
    else if (c.checked) result[key] = result[key] ? `${result[key]},${c.value}` : c.value;
    else result[key] ??= '';
  }
  return result;
}

function show(form: HTMLFormElement, line: string): void {
  const slot = form.querySelector('[data-saved]');
  if (slot) slot.textContent = line;
}

async function save(name: string): Promise<void> {
  // A live refresh may have put the same form anew, with what was typed.
  const held = waiting.get(name);
  const form = held?.isConnected ? held : held && document.querySelector<HTMLFormElement>(`form[data-draft="${CSS.escape(name)}"]`);
  clearTimeout(timers.get(name));
  if (!form) { waiting.delete(name); return; }
  const token = form.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]')?.value ?? '';
  try {
    const response = await fetch('/drafts', {
      method: 'POST',
      // Also when the page is being left.
      keepalive: true,
      headers: { ...fragmentHeader, 'Content-Type': 'application/json', RequestVerificationToken: token },
      body: JSON.stringify({ form: name, fields: fields(form) }),
    });
    if (!response.ok) throw new Error(String(response.status));
    waiting.delete(name);
    const body = await response.json() as { savedAt: string };
    show(form, text('saved', clockTime(Date.parse(body.savedAt) || serverNow(), false)));
  } catch {
    show(form, text('unsaved'));
    timers.set(name, window.setTimeout(() => start(name), 5000));
  }
}

function start(name: string): Promise<void> {
  const work = save(name).finally(() => { if (underWay.get(name) === work) underWay.delete(name); });
  underWay.set(name, work);
  return work;
}

/** Sends what is still waiting, now. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...waiting.keys()].map(start));
}

/** The form itself is being sent: its draft is no longer needed. Waits for one that is under way, lest it comes after. */
export function forgetDraft(form: HTMLFormElement): Promise<void> | undefined {
  const name = form.dataset.draft;
  if (!name) return;
  clearTimeout(timers.get(name));
  waiting.delete(name);
  return underWay.get(name);
}

/** What was typed and not sent, put back: what somebody changed here meanwhile stays theirs. */
function restore(form: HTMLFormElement): void {
  const values = JSON.parse(form.dataset.restore!) as Record<string, string>;
  let isBack = false;
  for (const [key, c] of slots(form)) {
    const value = values[key];
    if (value === undefined || isDirty(c) || (c.type === 'hidden' && key !== 'version')) continue;
    if (isTick(c)) c.checked = value.split(',').includes(c.value);
    else c.value = value;
    isBack ||= key !== 'version' && isDirty(c);
  }
  if (!isBack) return;
  for (let fold = form.closest('details'); fold; fold = fold.parentElement!.closest('details')) fold.open = true;
  const line = document.createElement('p');
  line.className = 'draft-back support';
  line.append(`${form.dataset.restoredLine!} `);
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.className = 'nl-button nl-button--subtle nl-button--flush';
  clear.textContent = text('clear');
  clear.addEventListener('click', () => {
    form.reset();
    line.remove();
    form.dispatchEvent(new Event('input', { bubbles: true }));
    [...form.elements].find((el): el is HTMLElement => el instanceof HTMLElement && el.matches('textarea, select, input:not([type=hidden])'))?.focus();
  });
  line.append(clear);
  form.prepend(line);
}

/** Puts back what was typed in the forms of this part, but not in those by name that stood there already. */
export function restoreDrafts(root: ParentNode, but = new Set<string>()): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-restore]:not([data-restore=""])')) {
    if (!but.has(form.dataset.draft!)) restore(form);
  }
}

export const draftNames = (root: ParentNode): Set<string> =>
  new Set([...root.querySelectorAll<HTMLFormElement>('form[data-draft]')].map((f) => f.dataset.draft!));

export function drafts(): void {
  restoreDrafts(document);
  document.addEventListener('input', (e) => {
    const form = e.target instanceof HTMLFormElement ? e.target : (e.target as HTMLInputElement).form;
    const name = form?.dataset.draft;
    if (!form || !name) return;
    // The browser keeps no copy of its own: going back after sending would show it again, to be sent a second time.
    form.autocomplete = 'off';
    waiting.set(name, form);
    clearTimeout(timers.get(name));
    timers.set(name, window.setTimeout(() => void start(name), 700));
  });
  document.addEventListener('submit', (e) => void forgetDraft(e.target as HTMLFormElement), true);
  document.addEventListener('visibilitychange', () => { if (document.hidden) void flushDrafts(); });
  addEventListener('beforeunload', (e) => {
    if (!waiting.size) return;
    void flushDrafts();
    e.preventDefault();
  });
}
