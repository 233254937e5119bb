import assert from 'node:assert/strict';
import type { Frame, Page, Response } from 'playwright-core';
import { demoPeopleByKey } from '../../src/demo/people.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import { tabInTeams, tabOnPhone, type TabHostWish } from '../world/teams/tab-host.js';
import { signInWorld, type SignInWorld } from './sign-in-world.js';

const eeva = { oid: '00000000-0000-0000-0000-00000000ee7a', name: 'Eeva Esimerkki' };

const greeting = (tab: Frame | Page) => tab.getByRole('heading', { name: /^(Hei|Hej|Hello)/ });

const isSession = (response: Response): boolean => new URL(response.url()).pathname === '/api/session';

describe('the tab where people sign in', function () {
  this.timeout('180s');
  let world: SignInWorld;
  before(async () => {
    world = await signInWorld();
  });
  after(() => world.stop());

  /** Teams, in which somebody with these claims has signed in. */
  const asMember = (
    claims: Readonly<Record<string, unknown>>,
    wish: Partial<TabHostWish> = {},
  ): TabHostWish => ({
    token: () => world.entra.signTab(claims),
    ...wish,
  });

  describe('in Teams on a desktop', () => {
    it('makes a worker of a member who was never here, under the name of the token', async () => {
      const context = await world.window();
      const session = context.waitForEvent('response', { predicate: isSession });
      const { tab, asked } = await tabInTeams(context, world.url, asMember(eeva));
      await greeting(tab).waitFor();
      assert.equal(await tab.getByRole('button', { name: /Eeva Esimerkki/ }).isVisible(), true);
      const { person, mode } = (await (await session).json()) as SessionAnswer;
      assert.deepEqual([person.name, person.role, mode], ['Eeva Esimerkki', 'worker', 'entra']);
      const wanted = await asked();
      assert.equal(wanted.filter((func) => func === 'authentication.getAuthToken').length, 1);
      assert.ok(wanted.includes('appInitialization.success'), wanted.join(', '));
    });

    it('gives a coordinator by app role the inbox, and at the next token without it no more', async () => {
      const context = await world.window();
      let roles: string[] = ['Coordinator'];
      const kaisa = { oid: '00000000-0000-0000-0000-00000000c001', name: 'Kaisa Koe' };
      const wish = { token: () => world.entra.signTab({ ...kaisa, roles }) };
      const inbox = (tab: Frame) => tab.getByLabel('Uutisten näkymät');
      const first = await tabInTeams(context, `${world.url}/#/news`, wish);
      await inbox(first.tab).waitFor();
      roles = [];
      const second = await tabInTeams(context, `${world.url}/#/news`, wish);
      await second.tab.getByRole('button', { name: /Kaisa Koe/ }).waitFor();
      assert.equal(await inbox(second.tab).count(), 0);
    });

    it('follows the theme, the language and the deep link of Teams', async () => {
      const wish = asMember(
        { oid: '00000000-0000-0000-0000-00000000de3b', name: 'Sven Svensson' },
        { theme: 'dark', locale: 'sv-se', subPageId: 'sessions' },
      );
      const { tab, setTheme } = await tabInTeams(await world.window(), world.url, wish);
      await tab.getByRole('navigation').getByText('Nyheter').waitFor();
      assert.equal(await tab.evaluate(() => window.location.hash), '#/sessions');
      const theme = () => tab.evaluate(() => document.documentElement.dataset.theme);
      assert.equal(await theme(), 'dark');
      await setTheme('contrast');
      await tab.waitForFunction(() => document.documentElement.dataset.theme === 'highContrast');
    });

    it('asks for nothing before there is a token, then for everything at once', async () => {
      const context = await world.window();
      const paths: string[] = [];
      context.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) paths.push(pathname);
      });
      let give: (token: string) => void = () => undefined;
      const token = new Promise<string>((resolve) => {
        give = resolve;
      });
      const { tab } = await tabInTeams(context, world.url, { token: () => token });
      await tab.getByText('Kirjaudutaan sisään…').waitFor();
      assert.deepEqual(paths, []);
      give(await world.entra.signTab(eeva));
      await greeting(tab).waitFor();
      assert.deepEqual(paths.slice(0, 2).sort(), ['/api/overview', '/api/session']);
      assert.equal(paths.filter((path) => path === '/api/people').length, 0);
    });

    it('says kindly that it is not for guests', async () => {
      const wish = asMember({ oid: '00000000-0000-0000-0000-000000009e57', name: 'Gäst', acct: 1 });
      const { tab, asked } = await tabInTeams(await world.window(), world.url, wish);
      await tab.getByRole('heading', { name: 'Olet täällä vieraana' }).waitFor();
      assert.equal(await tab.getByRole('button').count(), 0);
      await tab
        .page()
        .waitForFunction(() =>
          (window as unknown as { asked: string[] }).asked.includes('appInitialization.expectedFailure'),
        );
      assert.ok((await asked()).includes('appInitialization.expectedFailure'));
    });

    const failures = {
      resourceRequiresConsent: 'Big Room tarvitsee luvan',
      CancelledByUser: 'Kirjautuminen jäi kesken',
      FailedToOpenWindow: 'Kirjautuminen jäi kesken',
      'interaction_required: AADSTS50076': 'Kirjautuminen jäi kesken',
      'Network error': 'Tietoja ei saatu haettua',
      'authentication.getAuthToken is not supported': 'Tässä ei voi kirjautua',
      'App resource defined in manifest and iframe origin do not match': 'Kirjautuminen ei onnistunut',
    };
    for (const [error, title] of Object.entries(failures)) {
      it(`says what to do where Teams answers "${error}", and signs in when tried again`, async () => {
        const answers: (string | { error: string })[] = [{ error }, await world.entra.signTab(eeva)];
        const { tab } = await tabInTeams(await world.window(), world.url, {
          token: () => Promise.resolve(answers.shift() ?? { error }),
        });
        await tab.getByRole('heading', { name: title }).waitFor();
        await tab.getByRole('button', { name: 'Yritä uudelleen' }).click();
        await greeting(tab).waitFor();
      });
    }

    it('fetches a new token after a 401, and stores what was typed once', async () => {
      const aino = demoPeopleByKey.aino;
      const answers = [await world.entra.signTab({ oid: aino.id, name: aino.name, scp: 'something_else' })];
      const { tab, page } = await tabInTeams(await world.window(), world.url, {
        token: async () => answers.shift() ?? world.entra.signTab({ oid: aino.id, name: aino.name }),
      });
      const statuses: number[] = [];
      page.on('response', (response) => {
        if (isSession(response)) statuses.push(response.status());
      });
      await greeting(tab).waitFor();
      assert.deepEqual(statuses, [401, 200]);
    });

    it('keeps what is typed while the sign-in has ended, and stores it after the person has signed in again', async () => {
      let isOver = false;
      const { oid, name } = { oid: '00000000-0000-0000-0000-0000000000ed', name: 'Essi Esimerkki' };
      const { tab, page } = await tabInTeams(await world.window(), `${world.url}/#/news/new`, {
        token: async () =>
          isOver
            ? { error: 'interaction_required' }
            : // Expires so soon that the next request asks for another.
              world.entra.signTab({ oid, name, exp: Math.floor(Date.now() / 1000) + 30 }),
      });
      const field = tab.getByRole('textbox', { name: 'Mitä tapahtui?' });
      await field.waitFor();
      isOver = true;
      await field.click();
      await page.keyboard.insertText('Elma-ryhmä alkoi Vaasassa maanantaina.');
      await tab.getByRole('button', { name: 'Lähetä uutinen' }).click();
      await tab.getByText(/Kirjautumisesi päättyi/).waitFor();
      assert.ok((await field.innerText()).includes('Elma-ryhmä'));
      isOver = false;
      const stored: number[] = [];
      page.on('response', (response) => {
        if (response.request().method() === 'POST' && response.url().endsWith('/api/news'))
          stored.push(response.status());
      });
      await tab.getByRole('button', { name: 'Kirjaudu uudelleen' }).click();
      await tab.waitForFunction(() => /^#\/news\/(?!new)/.test(window.location.hash));
      assert.deepEqual([stored.length, await tab.getByText(/Kirjautumisesi päättyi/).count()], [1, 0]);
    });

    it('says that sign-in can’t be checked while Entra’s keys can’t be read, and tries again', async () => {
      const token = await world.entra.signTab(eeva);
      const context = await world.window();
      let isAway = true;
      await context.route('**/api/**', (route) =>
        isAway
          ? route.fulfill({
              status: 503,
              contentType: 'application/problem+json',
              body: JSON.stringify({ code: 'signIn.unavailable', status: 503 }),
            })
          : route.continue(),
      );
      const { tab } = await tabInTeams(context, world.url, { token: () => Promise.resolve(token) });
      await tab.getByRole('heading', { name: 'Kirjautumista ei saatu tarkistettua' }).waitFor();
      isAway = false;
      await tab.getByRole('button', { name: 'Yritä uudelleen' }).click();
      await greeting(tab).waitFor();
    });
  });

  describe('in Teams on a phone', () => {
    it('signs in, and follows theme, language and deep link', async () => {
      const wish = asMember(
        { oid: '00000000-0000-0000-0000-00000000f0e1', name: 'Fanny Exempel' },
        { theme: 'dark', locale: 'sv-FI', subPageId: 'news' },
      );
      const context = await world.window({ viewport: { width: 360, height: 740 } });
      const { tab } = await tabOnPhone(context, world.url, wish);
      await tab.getByRole('navigation').getByText('Nyheter').waitFor();
      assert.equal(await tab.evaluate(() => window.location.hash), '#/news');
      assert.equal(await tab.evaluate(() => document.documentElement.dataset.theme), 'dark');
    });
  });

  describe('in a browser', () => {
    before(() => {
      world.entra.people.members = [
        { ...eeva, preferred_username: 'eeva@county.example' },
        { oid: '00000000-0000-0000-0000-00000000be01', name: 'Bertil Exempel' },
      ];
    });
    beforeEach(() => world.entra.people.endSessions());

    it('signs in at Entra, comes back to the same place, and is signed in at the next page', async () => {
      const page = await (await world.window()).newPage();
      await page.goto(`${world.url}/#/sessions`);
      await page.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      await page.getByRole('button', { name: /Eeva Esimerkki/ }).waitFor();
      assert.equal(new URL(page.url()).hash, '#/sessions');
      const { length } = world.entra.people.asked;
      await page.reload();
      await page.getByRole('button', { name: /Eeva Esimerkki/ }).waitFor();
      assert.equal(world.entra.people.asked.length, length);
    });

    it('signs out from the menu of the person', async () => {
      const page = await (await world.window()).newPage();
      await page.goto(world.url);
      await page.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      await page.getByRole('button', { name: /Eeva Esimerkki/ }).click();
      await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
      await page.getByRole('heading', { name: 'Pick an account' }).waitFor();
      await page.getByRole('link', { name: 'Bertil Exempel' }).click();
      await page.getByRole('button', { name: /Bertil Exempel/ }).waitFor();
    });

    it('says what to do where consent was refused, and tries again', async () => {
      const page = await (await world.window()).newPage();
      world.entra.people.refusesConsent = true;
      await page.goto(world.url);
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('heading', { name: 'Big Room tarvitsee luvan' }).waitFor();
      world.entra.people.refusesConsent = false;
      await page.getByRole('button', { name: 'Yritä uudelleen' }).click();
      await page.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      await greeting(page).waitFor();
    });

    it('lets one sign in again in another window, and goes on here with what was typed', async () => {
      world.entra.people.tokenSeconds = 61;
      const context = await world.window();
      const page = await context.newPage();
      await page.goto(`${world.url}/#/news/new`);
      await page.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      const field = page.getByRole('textbox', { name: 'Mitä tapahtui?' });
      await field.click();
      await page.keyboard.insertText('Elma-ryhmä alkoi Vaasassa tiistaina.');
      world.entra.people.endSessions();
      world.entra.people.tokenSeconds = 3600;
      const posted: number[] = [];
      page.on('response', (response) => {
        if (response.request().method() === 'POST' && response.url().endsWith('/api/news'))
          posted.push(response.status());
      });
      // Its last token is good for no request any more.
      await page.clock.setSystemTime(Date.now() + 62_000);
      await page.getByRole('button', { name: 'Lähetä uutinen' }).click();
      await page.getByText(/Kirjautumisesi päättyi/).waitFor();
      const [other] = await Promise.all([
        context.waitForEvent('page'),
        page.getByRole('button', { name: 'Kirjaudu uudelleen' }).click(),
      ]);
      await other.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      await other.getByRole('button', { name: /Eeva Esimerkki/ }).waitFor();
      await other.close();
      await page.bringToFront();
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await page.waitForFunction(() => /^#\/news\/(?!new)/.test(window.location.hash));
      assert.equal(posted.length, 1);
    });

    it('shows nothing of one person to another who signs in on the same device', async () => {
      const context = await world.window();
      const page = await context.newPage();
      await page.goto(`${world.url}/#/news/new`);
      await page.getByRole('link', { name: 'Eeva Esimerkki' }).click();
      const field = page.getByRole('textbox', { name: 'Mitä tapahtui?' });
      await field.click();
      await page.keyboard.insertText('Kesken jäänyt juttu');
      await page.getByRole('button', { name: /Eeva Esimerkki/ }).click();
      await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
      const signInAs = async (name: string): Promise<void> => {
        await page.getByRole('link', { name }).click();
        await page.getByRole('button', { name: new RegExp(name) }).waitFor();
        await page.goto(`${world.url}/#/news/new`);
        await field.waitFor();
      };
      await signInAs('Bertil Exempel');
      assert.equal(await page.getByText('Kesken jäänyt juttu').count(), 0);
      await page.getByRole('button', { name: /Bertil Exempel/ }).click();
      await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
      await signInAs('Eeva Esimerkki');
      await page.getByText('Kesken jäänyt juttu').waitFor();
    });
  });
});
