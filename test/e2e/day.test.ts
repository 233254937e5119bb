import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { t } from '../../src/i18n/messages.js';
import type { IssueAnswer, IssueListAnswer } from '../../src/shared/answers/newsletter.js';
import type { NewsItemAnswer, NewsListAnswer } from '../../src/shared/answers/news.js';
import type { OutletsAnswer } from '../../src/shared/answers/outlets.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { Language } from '../../src/shared/languages.js';
import { visit } from '../gallery/tab.js';
import type { Coordinator } from './coordinator.js';
import type { Playground } from './playground.js';
import { stepsOf } from './steps.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const { linnea } = demoPeopleByKey;

/** What people write in chat in one message, with the title under which it is found in the tab. */
const stories = {
  freely: {
    title: 'Omahoidon verkkokurssi alkoi eilen Mallikylän terveysasemalla',
    text: 'Omahoidon verkkokurssi alkoi eilen Mallikylän terveysasemalla. Ensimmäisellä viikolla mukaan tuli neljäkymmentä asukasta. Kurssi jatkuu tammikuun loppuun.',
  },
  named: {
    title: 'Chat palvelee nyt myös iltaisin',
    text: 'uutinen: Chat palvelee nyt myös iltaisin. Vastaajina ovat sairaanhoitajat kello 20 asti.',
  },
  pasted: {
    title: 'Ikäihmisten etäkäynnit laajenevat',
    text: 'Ikäihmisten etäkäynnit laajenevat\n\nKotihoito tekee etäkäyntejä nyt kolmessa kunnassa.\nKokemukset ovat olleet hyviä.',
  },
  swedish: {
    title: 'Den digitala mottagningen öppnade i måndags i Mallby',
    text: 'Den digitala mottagningen öppnade i måndags i Mallby. Under första veckan hade vi trettio besök, och både patienter och personal är nöjda.',
  },
  english: {
    title: 'The appointment robot answered its first thousand calls this week',
    text: 'The appointment robot answered its first thousand calls this week. Residents waited two minutes less on average than they did a month ago.',
  },
  spoken: {
    title: 'No niin meillä oli eilen tosi hyvä työpaja niistä etäkäynneistä',
    text: 'No niin meillä oli eilen tosi hyvä työpaja niistä etäkäynneistä. Porukka tykkäs ja sovittiin et jatketaan vielä tammikuussa samalla porukalla.',
  },
} as const;

const byForm = 'Ajanvaraus toimii nyt puhelimella';
const byLink = 'Uusi opas auttaa etävastaanottoon';
const byWorker = 'Hoitopolku löytyy nyt verkosta';
const byMail = 'Naapurikunta kutsuu tutustumaan';

describe('a day of news, from the first message to the newsletter', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let chat: Playground;
  let tab: Coordinator;
  let colleague: Coordinator;
  let worker: Coordinator;
  let issueId: string;
  const ids = new Map<string, string>();

  const idOf = (title: string): string => {
    const id = ids.get(title);
    assert.ok(id !== undefined, `${title} is not among ${[...ids.keys()].join(', ')}`);
    return id;
  };
  const get = (title: string) => world.ask<NewsItemAnswer>('aino', 'GET', `/api/news/${idOf(title)}`);

  /** Writes what lacks of an item in both languages, and says that both are ready; over HTTP. */
  async function writeBoth(title: string): Promise<void> {
    const { item } = await get(title);
    for (const language of ['fi', 'sv'] as const) {
      const text = item.texts[language];
      const words = {
        title: text?.title ?? `${title} (${language})`,
        lead: text?.lead === undefined || text.lead === '' ? 'Tämä auttaa monia.' : text.lead,
        body: text?.body ?? 'Samma nyhet på svenska.',
      };
      await world.ask('aino', 'PUT', `/api/news/${item.id}/texts/${language}`, {
        ...words,
        basedOn: text?.revision ?? 0,
      });
    }
    for (const language of ['fi', 'sv'] as const) {
      const { item: now } = await get(title);
      const seen = { fi: now.texts.fi?.revision, sv: now.texts.sv?.revision };
      await world.ask('aino', 'POST', `/api/news/${item.id}/texts/${language}/ready`, { seen });
    }
  }

  /** Reads what the tab's list of new items has, by title in whatever language it has one. */
  async function learnIds(): Promise<void> {
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news');
    for (const { id, titles } of lines)
      for (const title of Object.values(titles)) if (title !== '') ids.set(title, id);
  }

  const row = (title: string): Locator => tab.page.locator(`#news-${idOf(title)}`);
  const openInbox = async (view = 'new'): Promise<void> => {
    await visit(tab.page, world.url, `/news?view=${view}`);
    await tab.page.locator('a[id^="news-"]').first().waitFor();
  };

  before(async () => {
    world = await tabWorld({ undoSeconds: 2 });
    const look = { viewport: { width: 1400, height: 1000 } };
    chat = await world.chat(look);
    tab = await world.tabOf('aino', look);
    worker = await world.tabOf('jari', look);
    colleague = await world.tabOf('linnea', look);
  });

  after(() => world.stop());

  describe('workers tell what happened', () => {
    /** Says it, sends the form that it filled in, and waits for the receipt, all in one language. */
    const submit = async (
      { title, text }: { title: string; text: string },
      language: Language,
    ): Promise<void> => {
      await chat.say(text);
      const form = chat.card(t(language, 'chat.form.filled'));
      await form.locator.waitFor();
      await form.press(t(language, 'chat.form.send'));
      await chat.card(thanks[language], title).text();
    };
    const thanks: Readonly<Record<Language, string>> = { fi: 'Kiitos', sv: 'Tack', en: 'Thank' };

    it('by the form', async () => {
      await chat.say('uutinen');
      const form = chat.card('Kerro uutinen');
      await form.write('Mitä tapahtui?', `${byForm}. Ajan saa samana päivänä.`);
      await form.press('Lähetä');
      await chat.card('Kiitos uutisesta').text();
    });

    it('in one message: a message and a tap make an item', async () => {
      const steps = await stepsOf(async (hands) => {
        await hands.say(chat, stories.freely.text);
        const form = chat.card('Täytin lomakkeen viestistäsi');
        await form.locator.waitFor();
        await hands.click(form.button('Lähetä'));
        await chat.card('Kiitos uutisesta', stories.freely.title).text();
      });
      assert.equal(steps, 2);
    });

    it('with “uutinen:” before it, pasted with line breaks, and as one speaks', async () => {
      for (const story of [stories.named, stories.pasted, stories.spoken]) await submit(story, 'fi');
    });

    it('in Swedish and in English, and are answered so', async () => {
      await submit(stories.swedish, 'sv');
      await submit(stories.english, 'en');
    });

    it('by a link alone, which the form keeps', async () => {
      await chat.say('https://elma.example.org/opas');
      const form = chat.card(/Täytin lomakkeen viestistäsi/);
      await form.locator.waitFor();
      await form.write('Mitä tapahtui?', `${byLink}. Oppaan tekivät hankkeen asiantuntijat.`);
      await form.press('Lähetä');
      await chat.card('Kiitos uutisesta', byLink).text();
    });

    it('in the tab, a worker; and the coordinator from a mail, with where it came from', async () => {
      for (const [who, title, button] of [
        [worker, byWorker, 'Lähetä uutinen'],
        [tab, byMail, 'Tallenna uutinen'],
      ] as const) {
        await who.page.goto(`${world.url}/#/news/new`);
        await who.page.getByRole('textbox', { name: 'Otsikko' }).fill(title);
        await who.page.getByRole('textbox', { name: /^Ingressi/ }).fill('Tämä auttaa monia.');
        await who.page.getByRole('textbox', { name: 'Mitä tapahtui?' }).click();
        await who.page.keyboard.insertText('Näin siitä kerrottiin.');
        if (who === tab)
          await who.page.getByRole('textbox', { name: 'Mistä uutinen tuli' }).fill('Sähköposti Maijalta');
        await who.press(button);
        await who.page.getByRole('heading', { name: `Uutinen: ${title}` }).waitFor();
      }
      await tab.reads('Lähde: Sähköposti Maijalta');
    });

    it('and all ten are in the inbox, each with its words', async () => {
      await learnIds();
      const titles = [byForm, ...Object.values(stories).map(({ title }) => title), byLink, byWorker, byMail];
      assert.equal(titles.length, 10);
      for (const title of titles) idOf(title);
      assert.equal((await get(byLink)).item.link, 'https://elma.example.org/opas');
      assert.match(
        (await get(stories.pasted.title)).item.texts.fi?.body ?? '',
        /Kokemukset ovat olleet hyviä/,
      );
      assert.equal((await get(stories.swedish.title)).item.originalLanguage, 'sv');
      assert.equal((await get(stories.english.title)).item.originalLanguage, 'en');
    });
  });

  describe('questions and answers', () => {
    const question = async (title: string, note: string): Promise<void> => {
      await world.ask('aino', 'POST', `/api/news/${idOf(title)}/request-changes`, { note });
      await chat.page.getByText(note).last().waitFor();
    };

    it('one open question: the next message is its answer', async () => {
      await question(stories.freely.title, 'Mihin asti kurssille pääsee mukaan?');
      const steps = await stepsOf(async (hands) => {
        await hands.say(chat, 'Kurssille otetaan väkeä vuodenvaihteeseen saakka');
        await chat.card('Lähetin vastauksesi viestintään').text();
      });
      assert.equal(steps, 1);
      await tab.page.goto(`${world.url}/#/news/${idOf(stories.freely.title)}`);
      await tab.reads('Kurssille otetaan väkeä vuodenvaihteeseen saakka');
    });

    it('two open questions: the bot asks which one, and keeps the words', async () => {
      await question(stories.named.title, 'Montako vastaajaa iltaisin on?');
      await question(stories.pasted.title, 'Mitkä kolme kuntaa?');
      await chat.say('Vastaajia on kolme');
      const which = chat.card('Mihin uutiseen vastaat?');
      await which.locator.waitFor();
      await which.press(stories.named.title);
      await chat.card('Lähetin vastauksesi viestintään', stories.named.title).text();
      assert.equal((await get(stories.named.title)).item.state.status, 'submitted');
      assert.equal((await get(stories.pasted.title)).item.state.status, 'changesRequested');
    });
  });

  describe('the coordinator’s desk', () => {
    it('shows who else is at an item', async () => {
      await openInbox();
      await colleague.page.goto(`${world.url}/#/news/${idOf(byWorker)}`);
      await row(byWorker).getByText(`${linnea.name} lukee`).waitFor();
    });

    it('from the inbox to a published release, with the translation written on the way', async () => {
      await openInbox();
      const steps = await stepsOf(async (hands) => {
        await hands.click(row(byForm));
        await tab.page.getByRole('heading', { name: `Uutinen: ${byForm}` }).waitFor();
        // Writing is work, not a step of the way.
        await tab.press('Kirjoita ruotsiksi');
        await tab.write('sv', {
          title: 'Tidsbokningen fungerar i telefonen',
          lead: 'Det går lätt att boka.',
          body: 'Du får en tid samma dag.',
        });
        await hands.click(tab.column('sv').getByRole('button', { name: 'Merkitse valmiiksi' }));
        await tab.column('sv').getByText('Valmis', { exact: true }).waitFor();
        await hands.click(tab.outlets.getByRole('switch', { name: 'Intranet' }));
        await hands.click(tab.outlets.getByRole('button', { name: 'Julkaise nyt' }));
        await tab.outlets.getByText('Julkaistu', { exact: true }).waitFor();
      });
      assert.equal(steps, 4);
      const pages = await Promise.all(
        ['fi', 'sv'].map(async (language) => (await fetch(`${world.url}/intranet/${language}`)).text()),
      );
      assert.ok(pages[0]?.includes(byForm));
      assert.ok(pages[1]?.includes('Tidsbokningen fungerar i telefonen'));
      await chat.card(/Uutisesi on julkaistu/).text();
    });

    it('from the inbox to an approved newsletter: four steps for one item, one more for each further', async () => {
      const { issues } = await world.ask<IssueListAnswer>('aino', 'GET', '/api/newsletter');
      issueId = issues[0]?.id ?? '';
      const { issue } = await world.ask<IssueAnswer>('aino', 'GET', `/api/newsletter/${issueId}`);
      const placed = [issue.lead, ...issue.sections.flatMap((section) => section.stories)];
      for (const story of placed)
        if (story !== undefined)
          await world.ask('aino', 'DELETE', `/api/newsletter/${issueId}/stories/${story.id}`);
      const chosen = [stories.freely.title, stories.named.title, stories.spoken.title];
      for (const title of chosen) await writeBoth(title);
      await openInbox('inWork');
      const steps = await stepsOf(async (hands) => {
        for (const title of chosen)
          await hands.click(tab.page.getByRole('checkbox', { name: new RegExp(title) }));
        const bar = tab.page.getByRole('group', { name: 'Valituille uutisille' });
        await hands.click(bar.getByRole('button', { name: 'Lisää uutiskirjeeseen' }));
        await bar.waitFor({ state: 'detached' });
        await hands.click(tab.page.getByRole('navigation').first().getByRole('link', { name: 'Uutiskirje' }));
        await tab.reads('Kaikki tekstit ovat valmiit.');
        await hands.click(tab.button('Hyväksy numero'));
        await tab.reads('Aino Mallikas hyväksyi');
      });
      assert.equal(steps, 3 + chosen.length);
    });

    it('exports the issue as HTML, text and a mail, marks it as sent, and the next one begins', async () => {
      for (const [button, expected] of [
        ['Lataa HTML', /<html[^]*Omahoidon verkkokurssi/],
        ['Lataa teksti', /Omahoidon verkkokurssi/],
        ['Outlookiin (.eml)', /^X-Unsent: 1/m],
      ] as const) {
        const [file] = await Promise.all([
          tab.page.waitForEvent('download'),
          tab.page.getByRole('button', { name: button }).click(),
        ]);
        assert.match(await readFile(await file.path(), 'utf8'), expected);
      }
      await tab.press('Merkitse lähetetyksi');
      await tab.page.getByRole('alertdialog').getByRole('button', { name: 'Merkitse lähetetyksi' }).click();
      await tab.page.getByRole('heading', { name: 'Uutiskirje 2', level: 1 }).waitFor();
      const { issues } = await world.ask<IssueListAnswer>('aino', 'GET', '/api/newsletter');
      assert.equal(issues[1]?.id, issueId);
      assert.notEqual(issues[0]?.status, 'sent');
    });
  });

  describe('what is published', () => {
    /** The address of the page on the intranet, and what it answers. */
    const page = async (title: string, language: 'fi' | 'sv') => {
      const { releases } = await world.ask<OutletsAnswer>('aino', 'GET', `/api/news/${idOf(title)}/outlets`);
      const release = await world.ask<ReleaseAnswer>('aino', 'GET', `/api/releases/${releases[0]?.id ?? ''}`);
      const url = release.release.out?.urls[language];
      assert.ok(url !== undefined, `${title} has no page in ${language}`);
      const answer = await fetch(url);
      return { status: answer.status, html: await answer.text() };
    };
    const openItem = async (title: string): Promise<void> => {
      await tab.page.goto(`${world.url}/#/news/${idOf(title)}`);
      await tab.page.getByRole('heading', { name: `Uutinen: ${title}` }).waitFor();
    };
    /** Waits until the page says that the release is leaving, and then that it is out. */
    const goesOut = async (leaving: RegExp): Promise<void> => {
      await tab.page.getByRole('article').getByText(leaving).waitFor();
      await tab.page.getByRole('article').getByText('Julkaistu', { exact: true }).waitFor();
    };
    const titleField = () => tab.column('fi').getByRole('textbox', { name: /otsikko$/ });

    it('are three releases, also one with a question that was never answered', async () => {
      for (const title of [stories.pasted.title, stories.swedish.title]) {
        await writeBoth(title);
        await openItem(title);
        if (title === stories.pasted.title) await tab.press('Avaa uudelleen');
        await tab.turn('Intranet');
        await tab.outlets.getByRole('button', { name: 'Julkaise nyt' }).click();
        await tab.outlets.getByText('Julkaistu', { exact: true }).waitFor();
        assert.equal((await page(title, 'sv')).status, 200);
      }
    });

    it('a typo is corrected in three steps, on the same page', async () => {
      await openItem(byForm);
      const steps = await stepsOf(async (hands) => {
        await hands.click(tab.outlets.getByRole('link', { name: 'Avaa' }));
        await hands.click(titleField());
        await titleField().fill(`${byForm} kaikkialla`);
        await hands.click(tab.button('Julkaise korjaus'));
        await goesOut(/^Korjaus julkaistaan/);
      });
      assert.equal(steps, 3);
      assert.ok((await page(byForm, 'fi')).html.includes(`${byForm} kaikkialla`));
    });

    it('a correction has a note to its readers, where one is wanted', async () => {
      await openItem(stories.swedish.title);
      await tab.outlets.getByRole('link', { name: 'Avaa' }).click();
      await titleField().fill('Digivastaanotto avattiin Mallikylässä maanantaina');
      await tab.press('Kerro lukijoille, mitä korjattiin');
      await tab.page.getByLabel('Kerro suomeksi, mitä korjattiin').fill('Päivä oli väärä.');
      await tab.page.getByLabel('Kerro ruotsiksi, mitä korjattiin').fill('Dagen var fel.');
      await tab.press('Julkaise korjaus');
      await tab.reads(/Lukijoille kerrottiin korjauksesta/);
      assert.match((await page(stories.swedish.title, 'fi')).html, /Päivä oli väärä\./);
      assert.match((await page(stories.swedish.title, 'sv')).html, /Dagen var fel\./);
    });

    it('a page that is taken down says so, and comes back', async () => {
      await openItem(stories.pasted.title);
      await tab.outlets.getByRole('link', { name: 'Avaa' }).click();
      await tab.press('Poista näkyvistä');
      await tab.page.getByRole('alertdialog').getByRole('button', { name: 'Poista näkyvistä' }).click();
      await tab.reads(/poisti tiedotteen näkyvistä/);
      assert.equal((await page(stories.pasted.title, 'fi')).status, 410);
      await tab.press('Palauta näkyviin');
      await goesOut(/^Palautetaan näkyviin/);
      assert.equal((await page(stories.pasted.title, 'fi')).status, 200);
    });
  });
});
