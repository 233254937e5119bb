import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBigRoom } from '../../src/compose.js';
import type { Route } from '../../src/http/route.js';
import { publicPageRoutes } from '../../src/people/public-pages.js';
import { type Language, languages } from '../../src/shared/languages.js';
import { programme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { serve, type Listening } from './listen.js';

const { developer } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
  developer: { privacyUrl: string; termsOfUseUrl: string };
};
/** The paths that the manifest names, and the one of the accessibility statement. */
const paths = [
  ...[developer.privacyUrl, developer.termsOfUseUrl].map((url) => url.replace('${{PUBLIC_URL}}', '')),
  '/accessibility',
];

const titles = {
  '/privacy': { fi: 'Tietosuoja', sv: 'Dataskydd', en: 'Privacy' },
  '/terms': { fi: 'Käyttöehdot', sv: 'Användarvillkor', en: 'Terms of use' },
  '/accessibility': {
    fi: 'Saavutettavuusseloste',
    sv: 'Tillgänglighetsutlåtande',
    en: 'Accessibility statement',
  },
} as const;

async function textAt(routes: readonly Route[], path: string, language: Language): Promise<string> {
  const route = routes.find((each) => each.path === path);
  assert.ok(route?.permission === 'open');
  const reply = await route.handle({
    params: {},
    query: {},
    body: undefined,
    language,
    sender: '127.0.0.1',
    browser: '',
  });
  return 'text' in reply ? reply.text : '';
}

describe('the pages about Big Room', () => {
  let server: Listening;

  const start = async (withProgramme = true) => {
    const adapters = testAdapters();
    const bigRoom = makeBigRoom(adapters);
    if (withProgramme) await bigRoom.people.add(programme, []);
    server = await serve(bigRoom, adapters);
  };
  const page = async (path: string, language: string): Promise<string> => {
    const answer = await fetch(server.url + path, { headers: { 'accept-language': language } });
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    return answer.text();
  };

  afterEach(() => server.stop());

  it('answer in the language of the browser, with links to the others and to each other', async () => {
    await start();
    assert.deepEqual(paths, Object.keys(titles));
    for (const [path, title] of Object.entries(titles)) {
      for (const language of languages) {
        const html = await page(path, `${language}-FI`);
        assert.match(html, new RegExp(`<html lang="${language}">[^]*<h1>${title[language]}</h1>`));
        assert.match(html, new RegExp(programme.names[language]));
        const links = [...html.matchAll(/href="(\/[^"]+)"/g)].map(([, href = '']) => href);
        assert.equal(links.length, 4);
        for (const link of links) await page(link, 'fi');
        assert.equal(await page(`${path}?language=${language}`, 'de'), html);
      }
      assert.match(await page(`${path}?language=xx`, 'sv'), /<html lang="sv">/);
    }
  });

  it('answer before there is a programme', async () => {
    await start(false);
    for (const path of paths) assert.match(await page(path, 'en'), /Big Room/);
  });

  it('give the state of accessibility, the day of the statement, whom to ask and who supervises', async () => {
    const { names } = programme;
    const own = publicPageRoutes({
      programme: () =>
        Promise.resolve({ ...programme, helper: { name: 'Eeva Esimerkki', address: 'eeva@county.example' } }),
      use: 'own',
    });
    const text = await textAt(own, '/accessibility', 'fi');
    assert.match(text, new RegExp(names.fi));
    assert.match(text, /306\/2019[^]*osittain/);
    assert.match(text, /ruudunlukijoilla/);
    assert.match(text, /laadittu 30\.11\.2026/);
    assert.match(text, /Eeva Esimerkki[^]*mailto:eeva@county\.example/);
    assert.match(text, /14\späiv[^]*Traficom[^]*href="https:\/\/www\.saavutettavuusvaatimukset\.fi\/"/);
    assert.match(
      await textAt(own, '/accessibility', 'sv'),
      /delvis[^]*30\.11\.2026[^]*saavutettavuusvaatimukset\.fi\/sv"/,
    );
    assert.match(await textAt(own, '/accessibility', 'en'), /in part[^]*30 Nov(ember)? 2026/);
    const trial = publicPageRoutes({ programme: () => Promise.resolve(programme), use: 'trial' });
    assert.match(await textAt(trial, '/accessibility', 'en'), /Ask whoever started the trial/);
  });

  it('say what is so of a trial, and what is so of an organisation’s own', async () => {
    await start();
    const own = makeBigRoom(testAdapters({ loopbackOnly: false }));
    await own.people.add(programme, []);
    const trial = await page('/privacy', 'en');
    assert.match(trial, /Whoever started the trial is responsible/);
    assert.doesNotMatch(trial, /Azure|coordinator/);
    const privacy = await textAt(own.routes, '/privacy', 'en');
    assert.match(privacy, /The controller is the organisation that runs this Big Room/);
    assert.match(privacy, /Ask the communications coordinator/);
    assert.match(privacy, /identity in Entra and Teams[^]*Microsoft Entra handles signing in[^]*SharePoint/);
    assert.doesNotMatch(privacy + (await textAt(own.routes, '/terms', 'en')), /trial|this computer/i);
  });
});
