/** The live parts of a page: elements with `data-fragment` (an address, or empty: this page) and `data-hints`. */
import { fragmentHeader, signInAddress } from './page';
import { swap } from './swap';

const parser = new DOMParser();
const regions = () => [...document.querySelectorAll<HTMLElement>('[data-fragment]:not([data-fragment=none])')];
const running = new Map<string, Promise<void>>();
const again = new Set<string>();

export const parse = (html: string): Document => parser.parseFromString(html, 'text/html');

/** Takes every live part that is in a whole page from that page. Gives the ids that were found. */
export function takeFrom(page: Document, also = '[data-swap]'): Set<string> {
  const found = new Set<string>();
  for (const el of [...regions(), ...document.querySelectorAll<HTMLElement>(also)]) {
    const next = el.id ? page.getElementById(el.id) : null;
    if (next && el.isConnected) {
      found.add(el.id);
      if (el.id === 'refusal') refusedAt = performance.now();
      swap(el, next, true);
    }
  }
  return found;
}

// A "no" was about how it stood then: it goes with the next news, once there was time to read it.
const readMs = 5000;
let refusedAt = performance.now();
function dropRefusal(): void {
  const region = document.getElementById('refusal');
  if (!region?.childElementCount) return;
  const wait = refusedAt + readMs - performance.now();
  if (wait > 0) setTimeout(dropRefusal, wait);
  else swap(region, document.createElement('div'));
}

let leaving = false;
let acts = 0;
addEventListener('pageshow', () => (leaving = false));

/** Goes to another page; news for this one no longer matters. */
export function leave(url: string): void {
  leaving = true;
  location.assign(url);
}

/** Runs an act of this person's own. Its answer says where to go next: news that the page is gone must not overtake it. */
export async function ownAct<T>(act: () => Promise<T>): Promise<T> {
  acts++;
  try {
    return await act();
  } finally {
    acts--;
  }
}

/** The case of this page is no longer this person's: what stands here goes, at once. */
export function gone(caseId?: string): void {
  if (leaving || acts > 0 || document.querySelector<HTMLElement>('[data-watch-case]')?.dataset.watchCase !== caseId) return;
  if (location.pathname.startsWith('/handoffs/')) void refresh().catch(() => undefined);
  else {
    leaving = true;
    location.reload();
  }
}

async function load(url: string): Promise<void> {
  if (leaving) return;
  const response = await fetch(url || location.href, { headers: fragmentHeader, credentials: 'same-origin' });
  if (response.status === 401 || new URL(response.url).pathname === '/sign-in') {
    leave(signInAddress());
    return;
  }
  // The talk of this page is no longer this person's: say so once, instead of asking for it again and again.
  if (response.status === 404 && location.pathname.startsWith('/handoffs/') && acts === 0 && !leaving) {
    leave(document.querySelector('a[href="/line"]') ? '/line?gone=true' : '/');
  }
  if (!response.ok) return;
  const page = parse(await response.text());
  for (const el of regions().filter((r) => r.dataset.fragment === url)) {
    if (url === '') {
      const next = page.getElementById(el.id);
      if (next && !el.parentElement?.closest('[data-fragment=""]')) swap(el, next);
    } else {
      const next = document.createElement('div');
      next.replaceChildren(...document.adoptNode(page.body).childNodes);
      swap(el, next);
    }
  }
}

/** Fetches one address once at a time; asked again while under way means once more after it. */
function once(url: string): Promise<void> {
  const busy = running.get(url);
  if (busy) {
    again.add(url);
    return busy;
  }
  const work = load(url).finally(() => {
    running.delete(url);
    if (again.delete(url)) void once(url).catch(() => undefined);
  });
  running.set(url, work);
  return work;
}

/** Re-fetches the parts that listen to this kind of hint; without a kind all of them. */
export async function refresh(kind?: string, except: Set<string> = new Set()): Promise<void> {
  const urls = new Set(regions()
    .filter((el) => !except.has(el.id) && (!kind || (el.dataset.hints ?? '').split(' ').includes(kind)))
    .map((el) => el.dataset.fragment ?? ''));
  await Promise.all([...urls].map(kind ? paced : once));
  if (kind) dropRefusal();
}

/** Re-fetches the parts that have an address of their own. */
export async function refreshParts(): Promise<void> {
  await Promise.all([...new Set(regions().map((el) => el.dataset.fragment ?? ''))].filter((url) => url !== '').map(once));
}

// A part with data-pace is fetched once in so many milliseconds at most, however much happens; what came last is never missed.
const fetchedAt = new Map<string, number>();
const later = new Set<string>();
async function paced(url: string): Promise<void> {
  const pace = Math.max(0, ...regions().filter((el) => el.dataset.fragment === url).map((el) => Number(el.dataset.pace ?? 0)));
  const wait = (fetchedAt.get(url) ?? -Infinity) + pace - performance.now();
  if (later.has(url)) return;
  if (wait > 0) {
    later.add(url);
    setTimeout(() => { later.delete(url); void paced(url).catch(() => undefined); }, wait);
    return;
  }
  fetchedAt.set(url, performance.now());
  await once(url);
}

/** Re-fetches the parts with data-steady, of which time alone changes what they show. */
export async function refreshSteady(): Promise<void> {
  await Promise.all([...new Set(regions().filter((el) => el.dataset.steady !== undefined).map((el) => el.dataset.fragment ?? ''))].map(paced));
}

/** Fetches one part now, e.g. when its countdown ran out. */
export function refreshAround(el: Element): void {
  const region = el.closest<HTMLElement>('[data-fragment]');
  if (region && region.dataset.fragment !== 'none') void once(region.dataset.fragment ?? '').catch(() => undefined);
}
