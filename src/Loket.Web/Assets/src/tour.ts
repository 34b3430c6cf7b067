/**
 * The tour: the steps of the page /tour, each beside what it speaks of. It runs because somebody asked for it, stops at
 * any step, and gives way to a question that arrives.
 */
import { fragmentHeader, isVisible, swapped } from './page';
import { parse } from './fragments';

interface Step { at: string; title: string; text: string }

let running = false;

export async function start(): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search);
  if (running) return;
  running = true;
  document.querySelectorAll<HTMLDialogElement>('dialog[open]').forEach((dialog) => dialog.close());
  const response = await fetch('/tour', { headers: fragmentHeader });
  const told = parse(await response.text());
  const steps = [...told.querySelectorAll<HTMLElement>(`[data-tour="${CSS.escape(location.pathname)}"] [data-at]`)].map<Step>((el) => ({
    at: el.dataset.at!, title: el.querySelector('h3')!.textContent!, text: el.querySelector('p')!.textContent!,
  }));
  const template = told.querySelector<HTMLTemplateElement>('template#tour-panel');
  if (steps.length && template) show(steps, document.importNode(template.content, true));
  else running = false;
}

function show(steps: Step[], parts: DocumentFragment): void {
  const before = document.activeElement as HTMLElement | null;
  const panel = parts.querySelector<HTMLElement>('.tour')!;
  const part = (name: string) => panel.querySelector<HTMLElement>(`[data-tour-${name}]`)!;
  const next = part('next') as HTMLButtonElement;
  const back = part('back') as HTMLButtonElement;
  const count = part('count').textContent!;
  const sheet = parts.querySelector('link')!;
  let n = 0;

  const mark = () => {
    document.querySelectorAll('.tour-at').forEach((el) => el.classList.remove('tour-at'));
    const at = [...document.querySelectorAll(steps[n]!.at)].find(isVisible);
    at?.classList.add('tour-at');
    return at;
  };
  const go = (to: number) => {
    if (to === steps.length) { stop(); return; }
    n = to;
    const step = steps[n]!;
    part('count').textContent = count.replace('{0}', String(n + 1)).replace('{1}', String(steps.length));
    part('title').textContent = step.title;
    part('text').textContent = step.text;
    back.disabled = n === 0;
    next.textContent = (n === steps.length - 1 ? next.dataset.last : next.dataset.more)!;
    mark()?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (e: KeyboardEvent) => { if (e.key === 'Escape') { e.preventDefault(); stop(); } };
  const look = () => { if (document.querySelector('[data-offer]')) stop(); else mark(); };
  const stop = () => {
    running = false;
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener(swapped, look);
    document.querySelectorAll('.tour-at').forEach((el) => el.classList.remove('tour-at'));
    const hadFocus = panel.contains(document.activeElement);
    panel.remove();
    if (hadFocus) (before?.isConnected && isVisible(before) && before !== document.body ? before : document.querySelector<HTMLElement>('main'))?.focus();
  };

  next.addEventListener('click', () => go(n + 1));
  back.addEventListener('click', () => { go(n - 1); if (back.disabled) next.focus(); });
  part('stop').addEventListener('click', stop);
  document.addEventListener('keydown', onKey, true);
  document.addEventListener(swapped, look);
  go(0);
  const ready = () => { document.body.append(panel); next.focus(); mark()?.scrollIntoView({ block: 'nearest' }); };
  if (document.querySelector(`link[href="${sheet.getAttribute('href')}"]`)) { ready(); return; }
  sheet.addEventListener('load', ready);
  document.head.append(sheet);
}
