import { board } from './board';
import { copying } from './copy';
import { countdown } from './countdown';
import { declining } from './decline';
import { drafts } from './drafts';
import { forms } from './forms';
import { keys } from './keys';
import { lines } from './lines';
import { live } from './live';
import { offers } from './offer';
import { palette } from './palette';
import { theme } from './theme';
import { voice } from './voice';

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
lines();
voice();
live();
