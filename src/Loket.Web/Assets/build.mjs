// Bundles the front end into ../wwwroot/dist under fixed names; the pages add a version from the content.
import { build } from 'esbuild';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../wwwroot/dist');

await rm(dist, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/loket.ts', 'css/loket.css', 'css/plots.css', 'css/tour.css'],
  outdir: dist,
  bundle: true,
  minify: true,
  format: 'esm',
  // What only some pages need is fetched there.
  splitting: true,
  chunkNames: 'part-[hash]',
  target: ['chrome123', 'firefox121', 'safari17.5'],
  loader: { '.woff2': 'file' },
  assetNames: '[name]',
  entryNames: '[name]',
  legalComments: 'linked',
  logLevel: 'warning',
});
await cp(join(here, 'icons.svg'), join(dist, 'icons.svg'));
// The fonts travel with their licence (SIL OFL).
await cp(join(here, 'node_modules/@fontsource/fira-sans/LICENSE'), join(dist, 'fira-sans-LICENSE.txt'));
await cp(join(here, 'favicon.svg'), join(dist, 'favicon.svg'));
