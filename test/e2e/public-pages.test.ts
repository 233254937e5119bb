import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import type axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { ContactAnswer } from '../../src/shared/answers/contacts.js';
import type { PublicPageAnswer } from '../../src/shared/answers/sessions.js';
import { t } from '../../src/i18n/messages.js';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { partsOf } from '../world/eml.js';
import { tabWorld, type TabWorld } from './tab-world.js';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const criteria = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const satisfies readonly BrowserContextOptions[];

/** The paths of the pages that one person's mails lead to. */
interface OwnPages {
  readonly stop: string;
  readonly answer: string;
  readonly agree: string;
}

describe('the public pages in a browser', function () {
  this.timeout('300s');
  let world: TabWorld;
  let seriesId: string;
  let series: string;
  let session: string;
  const own = new Map<PublicLanguage, OwnPages>();

  const textOf = (mail: string): string =>
    partsOf(mail).find(({ headers }) => /^content-type: text\/plain/im.test(headers))?.content ?? '';
  async function mailWith(pattern: RegExp, address: string): Promise<string> {
    for (;;) {
      const texts = (await world.mails()).filter((mail) => mail.includes(address)).map(textOf);
      const found = texts.map((text) => pattern.exec(text)?.[0]).find((each) => each !== undefined);
      if (found !== undefined) return new URL(found).pathname + new URL(found).search;
      await wait(100);
    }
  }
  async function contact(name: string, language: PublicLanguage, given: boolean): Promise<string> {
    const { contact: added } = await world.ask<ContactAnswer>('aino', 'POST', '/api/contacts', {
      name,
      address: `${name.toLowerCase()}@jarjesto.example`,
      language,
      series: [seriesId],
      consent: given ? { given, how: 'Puhelimessa' } : { given },
    });
    return added.id;
  }

  before(async () => {
    world = await tabWorld();
    seriesId = world.ids.series('hankeradio');
    const path = `/api/series/${seriesId}/public-page`;
    series = (await world.ask<PublicPageAnswer>('aino', 'GET', path)).path ?? assert.fail();
    const [, date = ''] = world.ids.occurrence('hankeradio', 'confirmed').split('-');
    session = `${series}/${date.replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3')}`;
    for (const language of publicLanguages) {
      await contact(`Outi${language}`, language, true);
      const asked = await contact(`Pekka${language}`, language, false);
      await world.ask('aino', 'POST', `/api/contacts/${asked}/ask`);
      const address = `outi${language}@jarjesto.example`;
      own.set(language, {
        stop: await mailWith(/http\S+\/stop\/\w+/, address),
        answer: await mailWith(/http\S+\/coming\/\S+=coming/, address),
        agree: await mailWith(/http\S+\/agree\/\w+/, `pekka${language}@jarjesto.example`),
      });
    }
  });
  after(() => world.stop());

  const ownOf = (language: PublicLanguage): OwnPages => own.get(language) ?? assert.fail();
  const pagesOf = (language: PublicLanguage): string[] => {
    const { stop, answer, agree } = ownOf(language);
    const about = ['privacy', 'terms', 'accessibility'].map((page) => `/${page}?language=${language}`);
    return [
      `${series}?language=${language}`,
      `${session}?language=${language}`,
      stop,
      answer,
      agree,
      ...about,
    ];
  };
  async function windowOf(look: BrowserContextOptions = {}): Promise<Page> {
    const context = await world.window(look);
    const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await context.addInitScript(await readFile(script, 'utf8'));
    return context.newPage();
  }
  const visit = async (page: Page, path: string): Promise<void> => {
    const response = await page.goto(world.url + path);
    assert.equal(response?.status(), 200, path);
  };
  /** What is at the focus: its text or name, and whether one sees that it is there. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { height } = element.getBoundingClientRect();
      return {
        tag: element.tagName,
        isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' && height > 0,
      };
    });

  it('have the pages about Big Room beside them, to which the tab leads from behind one’s own name', async () => {
    const page = await world.pageOf('eeva', { viewport: { width: 360, height: 740 } });
    await page.goto(`${world.url}/#/sessions`);
    await page.getByRole('button', { name: /Eeva/ }).click();
    const about = page.getByRole('navigation', { name: t('fi', 'shell.about') });
    for (const key of ['privacy', 'terms', 'accessibility'] as const) {
      const link = about.getByRole('link', { name: t('fi', `shell.about.${key}`), exact: true });
      const { pathname, search } = new URL((await link.getAttribute('href')) ?? '', page.url());
      const path = pathname + search;
      assert.equal(path, `/${key}?language=fi`);
      await visit(await windowOf(), path);
    }
    const outside = await windowOf();
    await visit(outside, `${series}?language=fi`);
    await outside.getByRole('link', { name: t('fi', 'accessibility.title') }).click();
    await outside.waitForURL(/\/accessibility\?language=fi$/);
  });

  for (const language of publicLanguages)
    describe(`in ${language}`, () => {
      it('have nothing that axe finds, in light and dark, wide and narrow', async () => {
        const faults: string[] = [];
        for (const look of looks) {
          const page = await windowOf(look);
          for (const path of pagesOf(language)) {
            await visit(page, path);
            assert.equal(await page.locator('html').getAttribute('lang'), language, path);
            const violations = await page.evaluate(
              async (runOnly) => (await window.axe.run({ runOnly, resultTypes: ['violations'] })).violations,
              criteria,
            );
            faults.push(
              ...violations.flatMap(({ id, nodes }) =>
                nodes.map(({ target }) => `${path} ${look.colorScheme}: ${id}: ${target.join(' ')}`),
              ),
            );
            const room = await page.evaluate(() => [
              document.documentElement.scrollWidth,
              document.documentElement.clientWidth,
            ]);
            if ((room[0] ?? 0) > (room[1] ?? 0)) faults.push(`${path}: wider than ${room.join(' > ')}`);
          }
          await page.context().close();
        }
        assert.deepEqual(faults, []);
      });

      it('lead the keys through all that can be pressed, in order, with the focus in sight', async () => {
        const page = await windowOf();
        for (const path of pagesOf(language)) {
          await visit(page, path);
          const wanted = await page
            .locator('a[href], button, input:not([type=hidden]), select, textarea')
            .evaluateAll((all) => {
              const radios = new Set<string>();
              return all
                .filter((element) => {
                  // Of radio buttons of one name the keys reach one.
                  if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
                  const isFirst = !radios.has(element.name);
                  radios.add(element.name);
                  return isFirst;
                })
                .map(({ tagName }) => tagName);
            });
          const reached: string[] = [];
          for (let step = 0; step < wanted.length; step += 1) {
            await page.keyboard.press('Tab');
            const at = await focused(page);
            assert.ok(at?.isSeen, `${path}: stop ${step + 1} is not in sight`);
            reached.push(at.tag);
          }
          assert.deepEqual(reached, wanted, path);
        }
        await page.context().close();
      });

      it('take a sign-up by keys, without scripts: what is wrong is said at its field, and nothing typed is lost', async () => {
        const page = await windowOf({ javaScriptEnabled: false });
        await visit(page, `${series}?language=${language}`);
        const field = (key: 'public.field.name' | 'public.field.address') =>
          page.locator('#sign-up ~ form').getByLabel(t(language, key), { exact: true });
        await field('public.field.name').focus();
        await page.keyboard.type('Outi Ollila');
        await field('public.field.address').focus();
        await page.keyboard.type('outi(at)');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText(t(language, 'public.check')).waitFor();
        assert.equal(await field('public.field.name').inputValue(), 'Outi Ollila');
        assert.equal(await field('public.field.address').inputValue(), 'outi(at)');
        assert.equal(await field('public.field.address').getAttribute('aria-invalid'), 'true');
        await field('public.field.address').fill(`outi.ollila.${language}@jarjesto.example`);
        await page.locator('#sign-up ~ form input[type=checkbox]').focus();
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.getByRole('status').getByText(t(language, 'public.signUp.taken')).waitFor();
        await page.context().close();
      });

      it('take an answer, a consent and a choice by keys, without scripts; a look changes nothing', async () => {
        const page = await windowOf({ javaScriptEnabled: false });
        const { answer, agree, stop } = ownOf(language);
        const press = async (name: string): Promise<void> => {
          await page.getByRole('button', { name, exact: true }).focus();
          await page.keyboard.press('Enter');
        };
        const heading = (text: string) => page.getByRole('heading', { name: text, exact: true }).waitFor();
        await visit(page, answer);
        await visit(page, answer);
        await heading(t(language, 'public.answer.ask'));
        await press(t(language, 'public.answer.button.coming'));
        await heading(t(language, 'public.answer.coming'));
        await visit(page, agree);
        await press(t(language, 'ask.button'));
        await heading(t(language, 'ask.agreed'));
        await visit(page, stop);
        await page.getByLabel(t(language, 'choices.what.reminders')).focus();
        await page.keyboard.press('Space');
        await press(t(language, 'choices.save'));
        await page.getByRole('status').waitFor();
        assert.ok(await page.getByLabel(t(language, 'choices.what.reminders')).isChecked());
        await press(t(language, 'stop.button'));
        await heading(t(language, 'stop.done'));
        await press(t(language, 'stop.back'));
        await heading(t(language, 'choices.heading'));
        await page.context().close();
      });
    });
});
