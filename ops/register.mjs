// A register of persons over HTTP for trying the connector: the fictitious test persons of RvIG, in the words of the BRP
// API "personen". `node ops/register.mjs [port]` (5091 unless given), then start Loket with Register__Url=http://127.0.0.1:5091.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 5091);
const persons = new Map();
const file = new URL('../db/reference/demo/persons.csv', import.meta.url);
for (const line of readFileSync(file, 'utf8').split('\n').slice(1).filter(Boolean)) {
  const [bsn, name, birth, street, number, postcode, city, municipality, secrecy] = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)
    .map((cell) => cell.replace(/,$/, '').replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
  persons.set(bsn, {
    burgerservicenummer: bsn,
    naam: { volledigeNaam: name },
    ...(birth && { geboorte: { datum: date(birth) } }),
    ...(street && {
      verblijfplaats: { type: 'Adres', verblijfadres: { officieleStraatnaam: street, huisnummer: number, postcode, woonplaats: city } },
    }),
    ...(municipality && { gemeenteVanInschrijving: { code: municipality.replace('gm', '') } }),
    ...(secrecy !== '0' && { geheimhoudingPersoonsgegevens: true }),
  });
}

function date(text) {
  const [jaar, maand] = text.split('-').map(Number);
  return text.length === 10 ? { type: 'Datum', datum: text } : maand ? { type: 'JaarMaandDatum', jaar, maand } : { type: 'JaarDatum', jaar };
}

const server = createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  if (request.method !== 'POST' || request.url !== '/personen') {
    return answer(404, { title: 'Niet gevonden', status: 404 });
  }

  let text = '';
  for await (const piece of request) {
    text += piece;
    if (text.length > 10_000) {
      return answer(413, { title: 'Te groot', status: 413 });
    }
  }

  try {
    const question = JSON.parse(text);
    const found = (question.burgerservicenummer ?? []).map((bsn) => persons.get(bsn)).filter(Boolean);
    return answer(200, { type: 'RaadpleegMetBurgerservicenummer', personen: found });
  } catch {
    return answer(400, { title: 'Geen JSON', status: 400 });
  }
});
server.listen(port, '127.0.0.1', () => console.log(`Register of persons: http://127.0.0.1:${server.address().port} ${persons.size} test persons`));
