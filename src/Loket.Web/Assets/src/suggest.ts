/** From question to door: while the question is typed, its words suggest topics; one key takes one over. */
import { fragmentHeader, announce } from './page';
import { swap } from './swap';

const waitMs = 350;
let timer = 0;
let asked = 0;

async function ask(form: HTMLFormElement): Promise<void> {
  const region = document.getElementById('suggestions');
  if (!region) return;
  const mine = ++asked;
  const body = new URLSearchParams([...new FormData(form)].filter(([name]) => ['question', 'municipality', '__RequestVerificationToken'].includes(name)).map(([name, value]) => [name, String(value)]));
  const response = await fetch(form.dataset.suggest!, { method: 'POST', body, headers: fragmentHeader, credentials: 'same-origin' }).catch(() => null);
  if (mine !== asked || !response?.ok) return;
  const next = document.createElement('div');
  next.innerHTML = await response.text();
  swap(region, next);
}

function choose(button: HTMLButtonElement): void {
  const form = button.form!;
  for (const [name, value] of [['topic', button.dataset.topic], ['lifeEvent', button.dataset.event]] as const) {
    const field = form.elements.namedItem(name) as HTMLSelectElement | null;
    if (!field || !value) continue;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  form.querySelectorAll('[data-choose]').forEach((b) => b.setAttribute('aria-pressed', String(b === button)));
  announce(button.querySelector('.suggestions__name')?.textContent ?? '');
}

export function suggest(): void {
  document.addEventListener('input', (e) => {
    const field = e.target as HTMLTextAreaElement;
    if (field.name !== 'question' || !field.form?.dataset.suggest) return;
    clearTimeout(timer);
    const form = field.form;
    timer = window.setTimeout(() => void ask(form), waitMs);
  });
  document.addEventListener('click', (e) => {
    const button = (e.target as Element).closest<HTMLButtonElement>('button[data-choose]');
    if (!button?.form) return;
    e.preventDefault();
    choose(button);
  });
}
