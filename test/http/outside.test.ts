import assert from 'node:assert/strict';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import type { Transport } from '../../src/delivery/fan-out/kind.js';
import type { Mail } from '../../src/delivery/mail/mailer.js';
import { partitionOf } from '../../src/platform/partition.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { OccurrenceId } from '../../src/platform/ids.js';
import { keyedHash } from '../../src/platform/keyed-hash.js';
import { publicAddresses, publicSignatures } from '../../src/sessions/coming/links.js';
import type { Series } from '../../src/sessions/series/series.js';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import { actor, coordinator, programme } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { testAdapters } from '../world/adapters.js';
import { handClock, type HandClock } from '../world/clock.js';
import { keptLog } from '../world/outbox.js';
import { serve, type Listening } from './listen.js';

const noChat: Transport = {
  prepare: () => Promise.reject(new Error('no chat here')),
  send: () => Promise.reject(new Error('no chat here')),
};
const join = 'https://teams.example.test/join/1';

describe('the public pages of an open series', () => {
  let clock: HandClock;
  let server: Listening;
  let bigRoom: BigRoom;
  let radio: Series;
  let page: string;
  let mails: Mail[];
  let worker: ReturnType<BigRoom['worker']>;
  let fanOuts: FanOutWorker;
  let signatures: ReturnType<typeof publicSignatures>;
  let log: ReturnType<typeof keptLog>;
  const kaisa = { ...coordinator };
  const vilma = actor('vilma');

  beforeEach(async () => {
    clock = handClock('2026-11-23T08:00:00Z');
    mails = [];
    const rows = new MemoryRows();
    const mailer = {
      send: (mail: Mail) => {
        mails.push(mail);
        return Promise.resolve({ result: 'sent' } as const);
      },
    };
    log = keptLog();
    const adapters = testAdapters({ rows, clock, mailer, log });
    bigRoom = makeBigRoom(adapters);
    const [project] = programme.projects;
    await bigRoom.people.add(programme, [
      { ...kaisa, language: 'fi', projects: [] },
      { ...vilma, language: 'fi', projects: [project!.id] },
    ]);
    server = await serve(bigRoom, adapters);
    worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
    fanOuts = bigRoom.fanOutWorker(noChat);
    radio = (await bigRoom.series.create(kaisa, seriesForm('hankeradio', { joinUrl: join }))).series;
    const partition = partitionOf(rows, 'programme', keptLog());
    signatures = publicSignatures(keyedHash(partition));
    page = `/open/${await signatures.pageKey(radio)}`;
  });

  afterEach(() => server.stop());

  const pass = async (by: Parameters<HandClock['forward']>[0] = { minutes: 1 }): Promise<void> => {
    clock.forward(by);
    for (let round = 0; round < 4; round += 1) {
      await worker.sweep();
      await fanOuts.sweep();
      while ((await fanOuts.work()) > 0);
    }
  };
  const get = async (path: string, status = 200): Promise<string> => {
    const answer = await fetch(server.url + path, { headers: { 'accept-language': 'fi' } });
    assert.equal(answer.status, status, path);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(answer.headers.get('set-cookie'), null);
    return answer.text();
  };
  const post = async (
    path: string,
    fields: Readonly<Record<string, string>>,
    { status = 200, from = '203.0.113.7', browser = 'Browser/1.0' } = {},
  ): Promise<string> => {
    const answer = await fetch(server.url + path, {
      method: 'POST',
      headers: {
        'accept-language': 'fi',
        'user-agent': browser,
        'x-forwarded-for': `198.51.100.1, ${from}`,
      },
      body: new URLSearchParams({ formId: 'form-0001', ...fields }),
    });
    const text = await answer.text();
    assert.equal(answer.status, status, `${path}: ${text.slice(-400)}`);
    return text;
  };
  const signUp = {
    name: 'Outi Ollila',
    address: 'outi@jarjesto.example',
    language: 'fi',
    organisation: 'Järjestö ry',
    consent: 'yes',
  };
  const linkIn = ({ text }: Mail): string => /\/sign-up\/\w+/.exec(text)?.[0] ?? '';
  const contacts = async () => (await bigRoom.contacts.list(kaisa, {})).lines;
  const december = '2026-12-01';
  const id = (): OccurrenceId => `${radio.id}-20261201` as OccurrenceId;

  describe('show', () => {
    it('the next sessions with topic and presenter, in three languages, from our own address alone', async () => {
      await bigRoom.rotation.assign(kaisa, id(), programme.projects[0]!.id);
      await bigRoom.rotation.answer(vilma, id(), {
        topic: 'Elma <neuvoo>',
        speaker: 'Vilma Viestijä',
        language: 'fi',
      });
      const html = await get(page);
      assert.match(html, /<h1>Hankeradio<\/h1>/);
      assert.match(html, new RegExp(`href="${page}/2026-12-01\\?language=fi">Elma &lt;neuvoo&gt;</a>`));
      assert.match(html, /ti 1\.12\. klo 9\.00–9\.30[^]*Vilma Viestijä/);
      assert.doesNotMatch(html, /Esitys on/);
      assert.match(html, /webcal:\/\/localhost:3978\/calendar\//);
      assert.doesNotMatch(html, /<script|<img|src="|@import|url\(/);
      for (const [language, text] of [
        ['sv', 'Nästa evenemang'],
        ['en', 'Next sessions'],
      ] as const) {
        assert.match(html, new RegExp(`href="${page}\\?language=${language}" lang="${language}"`));
        const other = await get(`${page}?language=${language}`);
        assert.match(other, new RegExp(`<html lang="${language}">[^]*${text}`));
        assert.match(other, /<span lang="fi">Elma &lt;neuvoo&gt;<\/span>/);
        const inFinnish = { sv: /Presentationen hålls på finska\./, en: /The presentation is in Finnish\./ };
        for (const path of [page, `${page}/${december}`])
          assert.match(await get(`${path}?language=${language}`), inFinnish[language]);
      }
    });

    it('nothing of a series that is not open to people outside, nor of an address that nobody made', async () => {
      const room = (await bigRoom.series.create(kaisa, seriesForm('bigRoom'))).series;
      const closed = `/open/${await signatures.pageKey(room)}`;
      for (const path of [
        closed,
        `${closed}/2026-12-17`,
        '/open/nonsense',
        `${page}/2026-12-02`,
        `${page}/x`,
      ])
        assert.match(await get(path, 404), /Sivua ei löydy/, path);
      await post(`${closed}/sign-up`, signUp, { status: 404 });
      await post(`${closed}/2026-12-17/question`, { text: 'Miksi?' }, { status: 404 });
      const answer = async (of: Series): Promise<unknown> => {
        const headers = { authorization: 'Trial vilma' };
        return (await fetch(`${server.url}/api/series/${of.id}/public-page`, { headers })).json();
      };
      assert.deepEqual(await answer(room), {});
      assert.deepEqual(await answer(radio), { path: page });
      const addresses = publicAddresses({ signatures, publicUrl: 'https://big.example' });
      assert.equal(await addresses.ofSeries(room, 'sv'), undefined);
      assert.equal(
        await addresses.ofSession(radio, id(), 'sv'),
        `https://big.example${page}/2026-12-01?language=sv`,
      );
    });

    it('nothing at the old addresses once these were renewed, neither of the page nor of the feed that it names', async () => {
      const feedOf = (html: string): string => /webcal:\/\/[^/]+(\/[^"]+)/.exec(html)?.[1] ?? '';
      const feed = feedOf(await get(page));
      const { series: renewed } = await bigRoom.series.renewFeed(kaisa, radio.id);
      for (const path of [page, `${page}/${december}`])
        assert.match(await get(path, 404), /Sivua ei löydy[^]*Sivun osoite on voitu vaihtaa/);
      await post(`${page}/sign-up`, signUp, { status: 404 });
      assert.equal((await fetch(server.url + feed)).status, 404);
      const path = await bigRoom.outside.pathOf(radio.id);
      assert.equal(path, `/open/${await signatures.pageKey(renewed)}`);
      assert.notEqual(path, page);
      assert.equal((await fetch(server.url + feedOf(await get(path)))).status, 200);
      const next = (await bigRoom.series.renewFeed(kaisa, radio.id)).series;
      assert.notEqual(await signatures.pageKey(next), await signatures.pageKey(renewed));
      // A later change that is taken back brings no old address back.
      const edited = await bigRoom.series.edit(kaisa, radio.id, { joinUrl: `${join}0` });
      await bigRoom.series.undo(kaisa, radio.id, edited.undo ?? 0);
      assert.equal(await bigRoom.outside.pathOf(radio.id), `/open/${await signatures.pageKey(next)}`);
    });

    it('the way in from the day before to the end, and then the recording', async () => {
      const session = `${page}/${december}`;
      const file = async (): Promise<string> => {
        const href = /href="([^"]+\.ics[^"]*)" download/.exec(await get(session))?.[1] ?? '';
        const answer = await fetch(server.url + href.replaceAll('&amp;', '&'));
        assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/);
        assert.match(answer.headers.get('content-disposition') ?? '', /big-room-2026-12-01\.ics/);
        return (await answer.text()).replaceAll('\r\n ', '');
      };
      const hasLink = (text: string): boolean =>
        [join, encodeURIComponent(join), new URL(join).pathname].some((each) => text.includes(each));
      const own = `http://localhost:3978${session}?language=fi`;
      const early = await get(session);
      assert.equal(hasLink(early), false);
      assert.equal(early.split(`location=${encodeURIComponent(own)}`).length, 3);
      const earlyFile = await file();
      assert.equal(hasLink(earlyFile), false);
      assert.ok(earlyFile.includes(`LOCATION:${own}`));
      assert.match(earlyFile, /DESCRIPTION[^\n]*Liittymislinkki tulee tälle sivulle/);
      assert.match(await get(session), /Liittymislinkki tulee tähän ma 30\.11\. klo 9\.00/);
      clock.forward({ days: 7, hours: 22 });
      assert.match(await get(session), new RegExp(`<a class="go" href="${join}"`));
      assert.equal((await get(session)).split(`location=${encodeURIComponent(join)}`).length, 3);
      assert.ok((await file()).includes(`LOCATION:${join}`));
      clock.forward({ hours: 2 });
      await bigRoom.followUp.setMaterials(
        kaisa,
        id(),
        { materials: [], recordingUrl: 'https://video.example.test/1' },
        { materials: [], recordingUrl: null },
      );
      const after = await get(session);
      assert.doesNotMatch(after, /class="go"/);
      assert.match(after, /href="https:\/\/video\.example\.test\/1"[^>]*>Katso tallenne/);
      assert.match(await get(page), /Katso jälkikäteen[^]*video\.example\.test/);
    });

    it('a cancelled session with its reason, and the time of a moved one', async () => {
      await bigRoom.series.move(kaisa, id(), { date: '2026-12-03', time: '10:00' });
      assert.match(await get(`${page}/${december}`), /to 3\.12\. klo 10\.00[^]*/);
      assert.match(await get(page), /Aiempi aika: ti 1\.12\. klo 9\.00/);
      await bigRoom.series.cancel(kaisa, id(), { reason: 'Esittäjä sairastui.' });
      assert.match(await get(`${page}/${december}`), /on peruttu\.<\/strong> <?[^]*Esittäjä sairastui/);
      assert.doesNotMatch(await get(`${page}/${december}`), /Lähetä kysymys/);
    });

    it('a calendar file of the session with the UID and the date that invitations have', async () => {
      const href = /href="(\/open\/[^"]+\.ics[^"]*)"/.exec(await get(`${page}/${december}`))?.[1] ?? '';
      const file = await (await fetch(server.url + href)).text();
      assert.match(file, new RegExp(`UID:${radio.id}-1@`));
      assert.match(file, /RECURRENCE-ID[^\r\n]*20261201/);
    });
  });

  describe('sign up', () => {
    it('makes a contact once the link in the mail is confirmed by a press, and invites them once', async () => {
      assert.match(await post(`${page}/sign-up`, signUp), /Lähetimme sähköpostiisi vahvistuslinkin/);
      await pass();
      assert.deepEqual(await contacts(), []);
      const [mail] = mails;
      assert.ok(mail);
      assert.equal(mail.to.address, 'outi@jarjesto.example');
      assert.equal(mail.fromName, programme.names.fi);
      const link = linkIn(mail);
      assert.match(await get(link), /vahvista osoitteesi/);
      assert.match(await get(link), /<button type="submit">Vahvista/);
      await pass();
      assert.deepEqual(await contacts(), [], 'a GET changes nothing');
      assert.match(await post(link, {}), /Olet mukana/);
      assert.match(await post(link, {}), /Olet mukana/);
      await pass();
      const [contact, ...others] = await contacts();
      assert.deepEqual(others, []);
      assert.equal(contact?.name, 'Outi Ollila');
      assert.deepEqual(contact.subscriptions, [radio.id]);
      assert.ok(contact.consent.given);
      assert.match(contact.consent.how, /Ilmoittautui itse/);
      assert.equal(contact.consent.by.name, 'Outi Ollila');
      assert.equal(mails.filter(({ attachments }) => attachments.length > 0).length, 1);
    });

    it('brings nobody back who stopped their mails after confirming, but whoever signs up anew', async () => {
      await post(`${page}/sign-up`, signUp);
      await pass();
      const link = linkIn(mails[0]!);
      await post(link, {});
      await pass();
      const stop = /\/stop\/\w+/.exec(mails.at(-1)!.text)?.[0] ?? '';
      await post(stop, {});
      await pass();
      await post(link, {});
      assert.equal((await contacts())[0]?.consent.given, false);
      assert.deepEqual(
        mails.map(({ fromName }) => fromName),
        mails.map(() => programme.names.fi),
      );
      mails.length = 0;
      await post(`${page}/sign-up`, { ...signUp, formId: 'form-0002' });
      await pass();
      await post(linkIn(mails[0]!), {});
      await pass();
      const [contact] = await contacts();
      assert.equal(contact?.consent.given, true);
      assert.equal(mails.filter(({ attachments }) => attachments.length > 0).length, 1);
    });

    it('gives who chose reminders alone, left and came back, one invitation when they sign up anew', async () => {
      const invitations = () => mails.filter(({ attachments }) => attachments.length > 0);
      const signedUp = async (formId: string): Promise<string> => {
        mails.length = 0;
        await post(`${page}/sign-up`, { ...signUp, formId });
        await pass();
        const confirmed = await post(linkIn(mails[0]!), {});
        mails.length = 0;
        await pass();
        return confirmed;
      };
      await signedUp('form-0101');
      const stop = /\/stop\/\w+/.exec(mails.at(-1)!.text)?.[0] ?? '';
      const choice = { language: 'fi', what: 'reminders', series: radio.id, shown: radio.id };
      await post(`${stop}/choices`, choice);
      await pass();
      await post(stop, {});
      await pass();
      const back = await post(`${stop}/back`, {});
      assert.match(back, /Saat muistutukset kuten ennenkin, ilman kalenterikutsuja/);
      assert.doesNotMatch(back, /Saat kutsut ja muistutukset kuten/);
      assert.match(await signedUp('form-0102'), /Kutsu tulee sähköpostiisi/);
      assert.equal(invitations().length, 1);
      const [contact] = await contacts();
      assert.equal(contact?.wants, undefined);
      assert.deepEqual(contact?.subscriptions, [radio.id]);
      clock.forward({ days: 1 });
      const again = await signedUp('form-0103');
      assert.match(again, /Sinut on jo kutsuttu, joten uutta kutsua ei tule/);
      assert.doesNotMatch(again, /Kutsu tulee/);
      assert.deepEqual(mails, []);
    });

    it('answers the same whether the address is known or not', async () => {
      const answer = async (address: string, formId: string) =>
        (await post(`${page}/sign-up`, { ...signUp, address, formId })).replaceAll(/value="[^"]*"/g, '');
      const first = await answer('outi@jarjesto.example', 'form-0001');
      await pass();
      await post(linkIn(mails[0]!), {});
      await pass();
      mails.length = 0;
      assert.equal(await answer('outi@jarjesto.example', 'form-0003'), first);
      assert.equal(await answer('pekka@jarjesto.example', 'form-0004'), first);
      await pass();
      const texts = mails.map(({ text }) => text.replaceAll(/\/sign-up\/\w+/g, ''));
      assert.equal(texts.length, 2);
      assert.equal(texts[0], texts[1]);
      await post(linkIn(mails[0]!), {});
      const before = mails.length;
      await pass();
      assert.equal(mails.length, before, 'who is in already is sent nothing');
    });

    it('sends one mail to whoever signs up twice within minutes, and another once that was confirmed or differs', async () => {
      const send = (formId: string, more = {}) => post(`${page}/sign-up`, { ...signUp, formId, ...more });
      const empty = (html: string) => html.replaceAll(/name="formId" value="[^"]*"/g, '');
      const first = empty(await send('form-0001'));
      await pass();
      assert.equal(empty(await send('form-0002')), first);
      await pass();
      assert.equal(mails.length, 1);
      await send('form-0003', { language: 'sv' });
      await pass();
      assert.deepEqual(
        mails.map(({ language }) => language),
        ['fi', 'sv'],
      );
      await post(linkIn(mails[1]!), {});
      await send('form-0004', { language: 'sv' });
      const other = { address: 'pekka@jarjesto.example' };
      await Promise.all([send('form-0005', other), send('form-0006', other)]);
      await pass();
      const asked = mails.filter(({ text }) => text.includes('/sign-up/')).map(({ to }) => to.address);
      assert.deepEqual(asked.slice(2).sort(), ['outi@jarjesto.example', other.address]);
    });

    it('shows the thanks alone after a form, with a way to sign up another', async () => {
      const html = await post(`${page}/sign-up`, signUp);
      assert.match(html, /Lähetimme sähköpostiisi vahvistuslinkin/);
      assert.doesNotMatch(html, /name="address"|Saat kalenterikutsun, muistutukset ja/);
      const another = new RegExp(`href="(${page}\\?language=fi)#sign-up">Ilmoita toinenkin osoite`).exec(
        html,
      );
      assert.match(await get(another?.[1] ?? ''), /name="address"/);
      for (const [form] of (await get(page)).matchAll(/<form [^>]*>/g)) assert.match(form, /novalidate/);
    });

    it('says at the fields what is wrong, keeps what was typed, and stops a personal identity code', async () => {
      const html = await post(
        `${page}/sign-up`,
        { ...signUp, address: 'outi(at)jarjesto', consent: '', organisation: 'Yhdistys <ry>' },
        { status: 400 },
      );
      assert.match(
        html,
        /aria-invalid="true"[^>]*>[^<]*<p class="error" id="sign-up-address-error">Tämä ei näytä/,
      );
      assert.match(html, /value="Yhdistys &lt;ry&gt;"/);
      assert.match(html, /name="consent"[^>]*aria-invalid="true"/);
      await post(`${page}/sign-up`, { ...signUp, name: 'Outi 131052-308T' }, { status: 400 });
      await post(`${page}/sign-up`, {}, { status: 400 });
      await pass();
      assert.deepEqual(mails, []);
    });

    it('sends one address three mails a day at most, and takes twenty forms an hour from one network', async () => {
      for (let number = 0; number < 5; number += 1) {
        await post(`${page}/sign-up`, { ...signUp, formId: `form-10${number}` });
        await pass({ minutes: 20 });
      }
      assert.equal(mails.length, 3);
      clock.forward({ hours: 1 });
      for (let number = 0; number < 20; number += 1)
        await post(`${page}/sign-up`, { ...signUp, formId: `form-11${number}` });
      await pass();
      assert.equal(mails.length, 3);
      const html = await post(`${page}/sign-up`, { ...signUp, address: 'p@j.example' }, { status: 429 });
      assert.match(html, /paljon viestejä[^]*value="p@j\.example"/);
      await post(`${page}/sign-up`, { ...signUp, address: 'p@j.example' }, { from: '203.0.113.8' });
      clock.forward({ hours: 1 });
      await post(`${page}/sign-up`, { ...signUp, address: 'q@j.example' });
    });

    it('counts an IPv6 network as one, however its addresses are written, and an IPv4 address in either form', async () => {
      const tries = (addresses: readonly string[]) =>
        addresses.map((from, number) => ({
          from,
          fields: { ...signUp, address: `a${number}@j.example`, formId: `form-30${number}` },
        }));
      const network = ['2001:db8::1', '2001:db8:0:0::2', '[2001:db8::ff:3]:4711', '2001:db8:0:0:1:2:3:4'];
      for (const { from, fields } of tries(Array.from({ length: 5 }, () => network).flat()))
        await post(`${page}/sign-up`, fields, { from });
      await post(`${page}/sign-up`, signUp, { from: '2001:0db8::9', status: 429 });
      await post(`${page}/sign-up`, signUp, { from: '2001:db8:0:1::9' });
      const forms = ['203.0.113.9', '::ffff:203.0.113.9', '::ffff:cb00:7109', '203.0.113.9:4711'];
      for (const { from, fields } of tries(Array.from({ length: 5 }, () => forms).flat()))
        await post(`${page}/sign-up`, fields, { from });
      await post(`${page}/sign-up`, signUp, { from: '::ffff:203.0.113.9', status: 429 });
      await post(`${page}/sign-up`, signUp, { from: '::ffff:203.0.113.10' });
    });

    it('takes 500 a day, at once or not; to who comes then it says so and whom to ask, and coordinators know it', async () => {
      const person = { name: 'Eeva Esimerkki', address: 'eeva@example.org' };
      await bigRoom.series.edit(kaisa, radio.id, { helper: person });
      const series = (await bigRoom.series.get(kaisa, radio.id)).series;
      const one = (number: number) =>
        bigRoom.outside.signUp(
          series,
          { ...signUp, address: `a${number}@j.example`, formId: `form-4${number}` },
          `198.51.100.${number % 250}`,
        );
      const taken: string[] = [];
      for (let from = 0; from < 500; from += 50)
        taken.push(...(await Promise.all(Array.from({ length: 50 }, (_, index) => one(from + index)))));
      assert.deepEqual(new Set(taken), new Set(['taken']));
      for (const formId of ['form-0001', 'form-0002']) {
        const html = await post(`${page}/sign-up`, { ...signUp, formId }, { status: 429 });
        assert.match(html, /role="alert"><p>Kutsuja ei voi tilata enää tänään[^]*Eeva Esimerkki[^]*<form/);
        assert.match(html, /value="outi@jarjesto\.example"/);
      }
      // Whoever was sent a mail before gets the same answer.
      for (let number = 0; number < 4; number += 1) assert.equal(await one(1), 'fullToday');
      assert.equal(log.lines.filter((line) => line === 'warn outside.signUpsFull').length, 6);
      await pass();
      assert.equal(mails.length, 500);
      const attention = async () =>
        (await bigRoom.outbox.needingAttention()).map(({ body, state }) => [body.kind, state.status]);
      assert.deepEqual(await attention(), [['signUpsFull', 'failed']]);
      await pass({ days: 1 });
      await post(`${page}/sign-up`, signUp);
      const [message] = await bigRoom.outbox.needingAttention();
      await bigRoom.outbox.resolve(kaisa, message!.id, 'again');
      await pass();
      assert.deepEqual(await attention(), [], 'the next day nothing is wrong any more');
    });

    it('knows no link of others, and none that was not confirmed within a week', async () => {
      for (const link of ['/sign-up/nonsense', `/sign-up/20261123${'a'.repeat(40)}`]) {
        await get(link, 404);
        await post(link, {}, { status: 404 });
      }
      await post(`${page}/sign-up`, signUp);
      await pass();
      await pass({ days: 9 });
      await get(linkIn(mails[0]!), 404);
      assert.deepEqual(await contacts(), []);
    });
  });

  describe('take', () => {
    it('a question, shown to those who present, and on the page once it is answered', async () => {
      const path = `${page}/${december}/question`;
      const asked = { text: 'Miten Elma löytyy?', name: 'Outi' };
      assert.match(await post(path, asked), /Se on nyt esittäjällä/);
      await post(path, asked);
      const [question, ...others] = await bigRoom.topics.questions(kaisa, id());
      assert.deepEqual(others, []);
      assert.equal(question?.by.name, 'Outi');
      assert.doesNotMatch(await get(`${page}/${december}`), /Miten Elma löytyy/);
      await bigRoom.topics.ask(vilma, id(), { text: 'Sisäinen kysymys', formId: 'form-0009' });
      const inside = (await bigRoom.topics.questions(kaisa, id())).find(({ by }) => by.id === vilma.id);
      await bigRoom.topics.answerQuestion(kaisa, inside!.id, id(), 'Sisäinen vastaus');
      await bigRoom.topics.answerQuestion(kaisa, question.id, id(), 'Palvelupolusta.');
      const html = await get(`${page}/${december}`);
      assert.match(html, /Miten Elma löytyy\?<\/h3><p>Palvelupolusta\./);
      assert.doesNotMatch(html, /Sisäinen/);
      await pass();
      assert.deepEqual(await bigRoom.outbox.needingAttention(), []);
    });

    it('no question with a personal identity code, none that is empty, and none after the session', async () => {
      const path = `${page}/${december}/question`;
      assert.match(await post(path, { text: 'Asiakas 131052-308T' }, { status: 400 }), /henkilötunnus/);
      await post(path, { text: ' ' }, { status: 400 });
      for (let number = 0; number < 10; number += 1)
        await post(path, { text: 'Miksi?', formId: `form-20${number}` }, { status: number < 8 ? 200 : 429 });
      clock.forward({ days: 20 });
      assert.match(await post(path, { text: 'Miksi?' }, { status: 409 }), /Tilaisuus on päättynyt/);
    });

    it('how useful it was, from its beginning on, once a browser', async () => {
      const path = `${page}/${december}/pulse`;
      await post(path, { useful: '5' }, { status: 409 });
      clock.forward({ days: 8 });
      await post(path, { useful: '' }, { status: 400 });
      const thanks = await post(path, { useful: '4', better: 'Lyhyemmin.' });
      assert.match(thanks, /vastauksesi on tallennettu/);
      assert.doesNotMatch(thanks, /name="useful"/);
      await post(path, { useful: '5', better: 'Lyhyemmin.', formId: 'form-0002' });
      const count = async () => {
        const pulse = await bigRoom.followUp.pulseOf(kaisa, id());
        return [pulse.count, pulse.useful[3], pulse.useful[4]];
      };
      assert.deepEqual(await count(), [1, 0, 1]);
      await post(path, { useful: '4', formId: 'form-0003' }, { browser: 'Another/1.0' });
      await post(path, { useful: '4', formId: 'form-0004' }, { from: '203.0.113.8' });
      assert.deepEqual(await count(), [3, 2, 1]);
    });

    it('a topic, and puts it on an agenda without a message to nobody', async () => {
      assert.match(await post(`${page}/topic`, { text: 'Etävastaanotto' }), /Kiitos ehdotuksesta/);
      const [topic] = await bigRoom.topics.topics(kaisa, radio.id);
      assert.equal(topic?.by.name, 'Kuulija verkkosivulta');
      await post(`${page}/${december}/question?language=sv`, { text: 'Varför?' });
      await bigRoom.people.add(programme, [{ ...actor('sanna'), language: 'sv', projects: [] }]);
      // Each reads of it in their own language, in whichever it was stored.
      for (const [person, name] of [
        ['kaisa', 'Kuulija verkkosivulta'],
        ['sanna', 'En åhörare via webbsidan'],
      ] as const) {
        const read = async (path: string): Promise<string> =>
          (await fetch(server.url + path, { headers: { authorization: `Trial ${person}` } })).text();
        for (const path of [`/api/topics?series=${radio.id}`, `/api/occurrences/${id()}/questions`])
          assert.match(await read(path), new RegExp(`"name":"${name}"`), path);
      }
      await bigRoom.topics.settle(kaisa, topic.id, { occurrenceId: id() });
    });
  });

  it('go on to an address that shows what came of a form, so that going back and reloading send nothing', async () => {
    const went = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
      const answer = await fetch(server.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'accept-language': 'fi' },
        body: new URLSearchParams({ formId: 'form-0001', ...fields }),
      });
      assert.equal(answer.status, 303, path);
      return answer.headers.get('location') ?? '';
    };
    const session = `${page}/${december}`;
    const question = { text: 'Miten Elma löytyy?', name: 'Outi' };
    const signed = await went(`${page}/sign-up?language=sv`, signUp);
    assert.equal(signed, `${page}/sign-up?sent=yes&language=sv#sign-up`);
    assert.match(await get(signed), /Vi har skickat|Tack/);
    await pass();
    const confirmed = await went(linkIn(mails[0]!), {});
    assert.equal(confirmed, `${linkIn(mails[0]!)}?language=fi`);
    assert.match(await get(confirmed), /Olet mukana/);
    assert.equal(
      await went(`${session}/question?language=fi`, question),
      `${session}/question?sent=yes&language=fi#question`,
    );
    assert.equal(
      await went(`${page}/topic?language=fi`, { text: 'Etävastaanotto' }),
      `${page}/topic?sent=yes&language=fi#topic`,
    );
    clock.forward({ days: 8 });
    const pulse = await went(`${session}/pulse?language=fi`, { useful: '4' });
    assert.equal(pulse, `${session}/pulse?sent=yes&language=fi#pulse`);
    for (let time = 0; time < 2; time += 1) assert.match(await get(pulse), /vastauksesi on tallennettu/);
    assert.equal((await bigRoom.followUp.pulseOf(kaisa, id())).count, 1);
  });

  describe('of the answer whether a contact comes', () => {
    let link: string;
    beforeEach(async () => {
      const contact = await bigRoom.contacts.add(kaisa, {
        name: 'Outi Ollila',
        address: 'outi@jarjesto.example',
        language: 'sv',
        series: [radio.id],
        consent: { given: true, how: 'Pyysi' },
      });
      const addresses = publicAddresses({ signatures, publicUrl: '' });
      link = await addresses.ofAnswer(id(), contact, 'notComing');
    });
    const counts = async () => (await bigRoom.coming.coming(kaisa, id())).counts;
    const start = '2026-12-01T07:00:00Z';

    it('ask in the contact’s language, change nothing by a look, and take an answer by a press, until it is over', async () => {
      assert.match(
        await get(link),
        /<html lang="sv">[^]*Kommer du till evenemanget\?[^]*Jag kan inte komma[^]*Jag kommer/,
      );
      assert.equal((await counts()).noAnswer, 3);
      assert.match(await post(link, { answer: 'notComing', start }), /Du kommer inte/);
      assert.equal((await counts()).notComing, 1);
      assert.match(await post(link, { answer: 'coming', start }), /<h1>Du kommer</);
      assert.deepEqual(await counts(), { invited: 3, coming: 1, notComing: 0, maybe: 0, noAnswer: 2 });
      await post(link, { answer: 'nonsense' });
      clock.forward({ days: 9 });
      assert.match(await post(link, { answer: 'notComing', start }), /Evenemanget har redan hållits/);
      assert.equal((await counts()).coming, 1);
    });

    it('ask whether the answer is to change, where the mail’s other button is pressed, and say when it is saved', async () => {
      const buttons = (html: string) =>
        [...html.matchAll(/<button type="submit"( class="other")?>([^<]+)/g)].map(([, other, text]) => [
          text,
          other === undefined,
        ]);
      const asked = await get(link);
      assert.match(asked, /Svaret sparas först när du trycker på knappen/);
      assert.deepEqual(buttons(asked), [
        ['Jag kan inte komma', true],
        ['Jag kommer', false],
      ]);
      await post(link, { answer: 'coming', start });
      const change = await get(link);
      assert.match(change, /<h1>Vill du ändra ditt svar till: jag kan inte komma\?<\/h1>/);
      assert.match(change, /Svaret sparas först/);
      assert.deepEqual(buttons(change), buttons(asked));
      assert.equal((await counts()).coming, 1, 'a GET changes nothing');
      const same = await get(link.replace('=notComing', '=coming'));
      assert.match(same, /<h1>Du kommer<\/h1>/);
      assert.deepEqual(buttons(same), [['Jag kan inte komma', false]]);
      assert.match(await post(link, { answer: 'notComing', start }), /<h1>Du kommer inte|<h1>Du kan inte/);
      assert.equal((await counts()).notComing, 1);
    });

    it('ask again where the session was moved after the page was opened', async () => {
      await bigRoom.series.move(kaisa, id(), { date: '2026-12-03', time: '10:00' });
      assert.match(await post(link, { answer: 'coming', start }), /har flyttats[^]*tors? 3\.12/);
      assert.equal((await counts()).coming, 0);
    });

    it('reveal nothing to a stranger, of whatever is not there', async () => {
      const forged = link.replace(/\/[0-9a-f]{40}\?/, `/${'b'.repeat(40)}?`);
      const gone = link.replace('20261201', '20261202');
      const nonsense = '/coming/x/y/z';
      const pages = await Promise.all([forged, gone, nonsense].map((path) => get(path, 404)));
      assert.equal(new Set(pages).size, 1);
      for (const path of [forged, gone, nonsense])
        await post(path, { answer: 'coming', start }, { status: 404 });
    });
  });
});
