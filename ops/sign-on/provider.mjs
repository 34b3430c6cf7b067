// A certified OpenID Connect provider (npm oidc-provider) with a few invented people, for trying sign-on and for its tests.
// Settings: PORT (5090), LOKET (address of Loket, http://localhost:5080). Nobody proves here who they are.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const port = Number(process.env.PORT ?? 5090);
const loket = process.env.LOKET ?? 'http://localhost:5080';
const issuer = process.env.ISSUER ?? `http://127.0.0.1:${port}`;
const people = JSON.parse(readFileSync(new URL('people.json', import.meta.url), 'utf8'));

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'loket',
    client_secret: 'only-for-trying',
    redirect_uris: [`${loket}/sign-on/answer`],
    post_logout_redirect_uris: [`${loket}/sign-in`],
    backchannel_logout_uri: `${loket}/sign-on/logout`,
    backchannel_logout_session_required: true,
  }],
  claims: { openid: ['sub', 'sid'], profile: ['name', 'organisation_oin', 'groups'] },
  conformIdTokenClaims: false,
  // Its own way out refuses addresses of this machine, which is where Loket is tried.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  cookies: { keys: [crypto.randomUUID()] },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  findAccount: (_, id) => {
    const person = people.find((p) => p.sub === id);
    return person && { accountId: id, claims: () => person };
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});

provider.on('backchannel.error', (_, fault, client) => console.error(`${client.clientId} could not be told of a logout: ${fault.message}`, fault.cause ?? fault));

const page = (body) => `<!doctype html><html lang="nl"><meta charset="utf-8"><title>Wie bent u?</title><main><h1>Wie bent u?</h1>
<p>Een aanbieder om inloggen te proberen. Alle personen zijn verzonnen.</p>${body}</main></html>`;

async function interact(req, res) {
  const chosen = new URL(req.url, issuer).searchParams.get('person');
  if (people.some((p) => p.sub === chosen)) {
    await provider.interactionFinished(req, res, { login: { accountId: chosen } }, { mergeWithLastSubmission: false });
    return;
  }
  const list = people.map((p) => `<li><a href="?person=${p.sub}">${p.name}</a> ${p.groups.join(', ')}</li>`).join('');
  res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page(`<ul>${list}</ul>`));
}

const oidc = provider.callback();
createServer((req, res) => {
  if (!req.url.startsWith('/interaction/')) return oidc(req, res);
  return interact(req, res).catch((fault) => res.writeHead(400).end(String(fault.message)));
}).listen(port, '127.0.0.1', () => console.log(`The provider is ready: ${issuer}`));
