/** Nothing typed is lost: forms with `data-draft` are kept on the server while typing. Never a number that names a person. */
import { clockTime, fragmentHeader, serverNow, text } from './page';

const never = new Set(['bsn', 'kvk', 'rsin', 'phone', 'key', '__RequestVerificationToken', 'version', 'returnUrl']);
const timers = new Map<string, number>();
const waiting = new Map<string, HTMLFormElement>();

function fields(form: HTMLFormElement): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (never.has(name)) continue;
    result[name] = name in result ? `${result[name]},${String(value)}` : String(value);
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
    const response = await fetch(`/drafts/${encodeURIComponent(name)}`, {
      method: 'POST',
      // Also when the page is being left.
      keepalive: true,
      headers: { ...fragmentHeader, 'Content-Type': 'application/json', RequestVerificationToken: token },
      body: JSON.stringify({ fields: fields(form) }),
    });
    if (!response.ok) throw new Error(String(response.status));
    waiting.delete(name);
    const body = response.status === 204 ? null : await response.json().catch(() => null) as { savedAt?: string } | null;
    show(form, text('saved', clockTime(body?.savedAt ? Date.parse(body.savedAt) : serverNow(), false)));
  } catch {
    show(form, text('unsaved'));
    timers.set(name, window.setTimeout(() => void save(name), 5000));
  }
}

/** Sends what is still waiting, now. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...waiting.keys()].map(save));
}

/** The form itself is being sent: its draft is no longer needed. */
export function forgetDraft(form: HTMLFormElement): void {
  const name = form.dataset.draft;
  if (!name) return;
  clearTimeout(timers.get(name));
  waiting.delete(name);
}

export function drafts(): void {
  document.addEventListener('input', (e) => {
    const form = (e.target as HTMLInputElement).form;
    const name = form?.dataset.draft;
    if (!form || !name) return;
    waiting.set(name, form);
    clearTimeout(timers.get(name));
    timers.set(name, window.setTimeout(() => void save(name), 700));
  });
  document.addEventListener('submit', (e) => forgetDraft(e.target as HTMLFormElement), true);
  document.addEventListener('visibilitychange', () => { if (document.hidden) void flushDrafts(); });
  addEventListener('beforeunload', (e) => {
    if (!waiting.size) return;
    void flushDrafts();
    e.preventDefault();
  });
}
