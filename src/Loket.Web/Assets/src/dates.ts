/** Beside a chosen day stands the same day in words: a browser in another language writes its numbers in another order. */
import { swapped } from './page';

function say(input: HTMLInputElement): void {
  let words = input.nextElementSibling;
  if (!words?.classList.contains('field__day')) {
    words = document.createElement('span');
    words.className = 'field__day support';
    input.after(words);
  }
  const day = input.valueAsDate;
  words.textContent = day
    ? day.toLocaleDateString(document.documentElement.lang === 'en' ? 'en-GB' : 'nl', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    : '';
}

const sayAll = () => document.querySelectorAll<HTMLInputElement>('input[type=date]').forEach(say);

export function dates(): void {
  sayAll();
  document.addEventListener(swapped, sayAll);
  document.addEventListener('input', (e) => {
    if (e.target instanceof HTMLInputElement && e.target.type === 'date') say(e.target);
  });
}
