/** Forms without leaving the page: sent once, answered in place, and what was typed stays. */
import { flushDrafts, forgetDraft, restoreDrafts } from './drafts';
import { leave, ownAct, parse, refresh, takeFrom } from './fragments';
import { announce, fragmentHeader, isField, isVisible, signInAddress, text } from './page';
import { clearSent, markSent } from './swap';

const busy = new WeakSet<HTMLFormElement>();
const changedMeanwhile = new Set<string>();
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

function fail(form: HTMLFormElement, message: string): void {
  form.querySelector('[data-failed]')?.remove();
  const notice = document.createElement('p');
  notice.className = 'field__error';
  notice.dataset.failed = '';
  notice.setAttribute('role', 'alert');
  notice.textContent = message;
  form.prepend(notice);
}

/** The "no" of a refused form: where this page shows it, else in words at the form, or at the top when the form is gone. */
function showNo(form: HTMLFormElement, page: Document): void {
  const shown = [...document.querySelectorAll<HTMLElement>('[data-error-summary], main .field__error')].find(isVisible);
  if (shown) {
    if (shown.dataset.errorSummary !== undefined) shown.focus();
    return;
  }
  const main = page.querySelector('main');
  const words = (nodes: (Element | null | undefined)[]) => nodes.map((n) => n?.textContent?.trim().replace(/\s+/g, ' ')).filter(Boolean).join('. ');
  const mistakes = form.id ? [...(page.getElementById(form.id)?.querySelectorAll('.field__error') ?? [])] : [];
  const line = words([main?.querySelector('[data-error-summary]')]) || words(mistakes) || words([main?.querySelector('h1'), main?.querySelector('p')]) || text('failed');
  const top = document.getElementById('strip-said');
  if (form.isConnected && form.closest('main')) fail(form, line);
  else if (top) top.textContent = line;
}

function setBusy(form: HTMLFormElement, submitter: HTMLElement | null, on: boolean): void {
  if (on) busy.add(form);
  else busy.delete(form);
  submitter?.setAttribute('aria-busy', String(on));
}

/** The answer to a sent form, or null when it is another page: this one is being left. */
async function post(action: string, body: URLSearchParams | FormData): Promise<Response | null> {
  const response = await fetch(action, { method: 'POST', body, headers: fragmentHeader, credentials: 'same-origin' });
  const target = new URL(response.url);
  if (response.status === 401 || target.pathname === '/sign-in') {
    leave(signInAddress());
    return null;
  }
  if (!response.redirected || target.pathname === location.pathname) return response;
  await flushDrafts();
  leave(response.url);
  return null;
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const data = new FormData(form, submitter);
  // A form with files goes as it is; the browser says where each part begins.
  const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  const slow = setTimeout(() => announce(text('busy')), 1000);
  setBusy(form, submitter, true);
  form.querySelector('[data-failed]')?.remove();
  markSent(form);
  await forgetDraft(form);
  try {
    const action = submitter?.hasAttribute('formaction') ? (submitter as HTMLButtonElement).formAction : form.action;
    const response = await ownAct(() => post(action, body));
    if (!response) return;
    const page = parse(await response.text());
    const found = takeFrom(page);
    if (response.ok) { done(form); form.closest('dialog')?.close(); }
    else showNo(form, page);
    if (response.ok) await refresh(undefined, found).catch(() => undefined);
    if (response.ok && form.dataset.then) focusFirst(form.dataset.then);
  } catch {
    fail(form, text('failed'));
  } finally {
    clearTimeout(slow);
    clearSent();
    setBusy(form, submitter, false);
    // A new attempt is a new intention: it gets its own key.
    form.querySelector<HTMLInputElement>('input[name=key]')?.setAttribute('value', newKey());
    if (changedMeanwhile.delete(form.id)) (document.getElementById(form.id) as HTMLFormElement | null)?.requestSubmit();
  }
}

/** Where the work goes on after this form: the first of these that is there. */
function focusFirst(selectors: string): void {
  if (document.activeElement && isField(document.activeElement)) return;
  selectors.split(',').map((s) => document.querySelector<HTMLElement>(s)).find((el) => el && isVisible(el))?.focus();
}

function done(form: HTMLFormElement): void {
  if (form.dataset.send !== undefined && form.isConnected) {
    form.reset();
    form.querySelectorAll('textarea').forEach((t) => { t.value = ''; });
    form.querySelectorAll('[data-saved]').forEach((s) => { s.textContent = ''; });
  }
}

async function openDialog(link: HTMLAnchorElement): Promise<void> {
  await flushDrafts();
  const response = await fetch(link.href, { headers: fragmentHeader });
  const dialog = document.getElementById('fragment-dialog') as HTMLDialogElement;
  if (!response.ok || !dialog) { location.assign(link.href); return; }
  dialog.replaceChildren(...parse(await response.text()).body.childNodes);
  restoreDrafts(dialog);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>('[autofocus]')?.focus();
}

export function forms(): void {
  document.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    // Not form.method: a button named so hides it.
    if (form.getAttribute('method') !== 'post') return;
    if (busy.has(form)) { e.preventDefault(); return; }
    if (form.dataset.live === undefined) { setBusy(form, e.submitter, true); return; }
    e.preventDefault();
    void send(form, e.submitter);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form').forEach((f) => setBusy(f, f.querySelector('[aria-busy]'), false)));

  document.addEventListener('change', (e) => {
    const form = (e.target as HTMLInputElement).form;
    if (form?.dataset.autosave !== 'on' || !form.checkValidity()) return;
    if (busy.has(form)) changedMeanwhile.add(form.id);
    else form.requestSubmit();
  });
  document.addEventListener('keydown', (e) => {
    const field = e.target as HTMLTextAreaElement;
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing && field.dataset?.enterSubmits !== undefined) {
      e.preventDefault();
      if (field.value.trim()) field.form?.requestSubmit();
    }
  });
  document.addEventListener('click', (e) => {
    const link = (e.target as Element).closest<HTMLAnchorElement>('a[data-dialog]');
    if (link && !e.ctrlKey && !e.metaKey && !e.shiftKey) { e.preventDefault(); void openDialog(link); }
  });
  // What a person filters stays in the page.
  document.addEventListener('input', (e) => {
    const target = (e.target as HTMLElement).dataset?.filter;
    if (!target) return;
    const words = (e.target as HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
    const root = document.querySelector(target)!;
    for (const item of root.querySelectorAll<HTMLElement>('[data-filter-item]')) {
      item.hidden = !words.every((w) => item.textContent!.toLowerCase().includes(w));
    }
    for (const group of root.querySelectorAll<HTMLElement>('[data-filter-group]')) {
      group.hidden = !group.querySelector('[data-filter-item]:not([hidden])');
    }
    const none = document.querySelector<HTMLElement>('[data-filter-none]');
    if (none) none.hidden = root.querySelector('[data-filter-item]:not([hidden])') !== null;
  });
  // Enter takes the first that is left.
  document.addEventListener('keydown', (e) => {
    const filter = e.target as HTMLInputElement;
    if (e.key !== 'Enter' || filter.dataset?.filterEnter === undefined) return;
    e.preventDefault();
    document.querySelector<HTMLElement>(`${filter.dataset.filter} [data-filter-item]:not([hidden]) :is(a, button)`)?.click();
  });
  document.querySelector<HTMLElement>('[data-error-summary]')?.focus();
}
