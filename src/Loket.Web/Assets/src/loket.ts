import { board } from './board';
import { copying } from './copy';
import { countdown } from './countdown';
import { dates } from './dates';
import { declining } from './decline';
import { drafts } from './drafts';
import { forms } from './forms';
import { keys } from './keys';
import { lines } from './lines';
import { live } from './live';
import { offers } from './offer';
import { palette } from './palette';
import { snippets } from './snippets';
import { suggest } from './suggest';
import { theme } from './theme';

document.querySelectorAll<HTMLElement>('[data-stick]').forEach((el) => { el.scrollTop = el.scrollHeight; });

theme();
offers();
declining();
forms();
drafts();
board();
palette();
keys();
copying();
countdown();
dates();
lines();
snippets();
suggest();
// Only a talk has a voice; it listens before the connection stands.
if (document.querySelector('[data-voice]')) (await import('./voice')).voice();
live();
// The tour is fetched by who takes it.
const tour = () => { if (location.hash === '#tour') void import('./tour').then((t) => t.start()); };
addEventListener('hashchange', tour);
tour();
