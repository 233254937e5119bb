import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBigRoom } from '../../src/compose.js';
import type { Route } from '../../src/http/route.js';
import { languages } from '../../src/shared/languages.js';
import { programme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { serve, type Listening } from './listen.js';

const { developer } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
  developer: { privacyUrl: string; termsOfUseUrl: string };
};
/** The paths that the manifest names. */
const paths = [developer.privacyUrl, developer.termsOfUseUrl].map((url) => url.replace('{{PUBLIC_URL}}', ''));

const titles = {
  '/privacy': { fi: 'Tietosuoja', sv: 'Dataskydd', en: 'Privacy' },
  '/terms': { fi: 'Käyttöehdot', sv: 'Användarvillkor', en: 'Terms of use' },
} as const;

describe('the pages that the manifest names', () => {
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
        const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
        assert.equal(links.length, 3);
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

  it('say what is so of a trial, and what is so of an organisation’s own', async () => {
    await start();
    const own = makeBigRoom(testAdapters({ loopbackOnly: false }));
    await own.people.add(programme, []);
    const texts = async (routes: readonly Route[], path: string): Promise<string> => {
      const route = routes.find((each) => each.path === path);
      assert.ok(route?.permission === 'open');
      const reply = await route.handle({
        params: {},
        query: {},
        body: undefined,
        language: 'en',
        sender: '127.0.0.1',
        browser: '',
      });
      return 'text' in reply ? reply.text : '';
    };
    const trial = await page('/privacy', 'en');
    assert.match(trial, /Whoever started the trial is responsible/);
    assert.doesNotMatch(trial, /Azure|coordinator/);
    const privacy = await texts(own.routes, '/privacy');
    assert.match(privacy, /The controller is the organisation that runs this Big Room/);
    assert.match(privacy, /Ask the communications coordinator/);
    assert.doesNotMatch(privacy + (await texts(own.routes, '/terms')), /trial|this computer/i);
  });
});
