import { MemoryRows } from '../src/adapters/memory/rows.js';
import { makeBigRoom } from '../src/compose.js';
import type { Mail } from '../src/delivery/mail/mailer.js';
import { keyedHash } from '../src/platform/keyed-hash.js';
import { partitionOf } from '../src/platform/partition.js';
import type { ProjectId } from '../src/platform/ids.js';
import { publicAddresses, publicSignatures } from '../src/sessions/coming/links.js';
import { occurrenceId } from '../src/sessions/occurrences/occurrence.js';
import type { Language } from '../src/shared/languages.js';
import { actor, coordinator, programme } from './make.js';
import type { SamplePage } from './make-public-pages.js';
import { seriesForm } from './make-sessions.js';
import { testAdapters } from './world/adapters.js';
import { handClock } from './world/clock.js';
import { keptLog } from './world/outbox.js';

const words = {
  fi: {
    about:
      'Hankkeet kertovat vuorollaan, mitä ne ovat saaneet aikaan. Kaikki kiinnostuneet ovat tervetulleita.',
    topic: 'Elma-palvelutarjotin perusterveydenhuollon vastaanotolla',
    reason: 'Esittäjä sairastui.',
    question: 'Miten palvelutarjotin löytyy, jos asiakas ei käytä verkkopalveluja?',
    answer: 'Terveyskeskuksesta saa paperisen esitteen, ja neuvonta auttaa puhelimessa.',
    material: 'Diat',
  },
  sv: {
    about: 'Projekten berättar i tur och ordning vad de har åstadkommit. Alla intresserade är välkomna.',
    topic: 'Elma-servicebrickan på primärvårdens mottagningar',
    reason: 'Presentatören blev sjuk.',
    question: 'Hur hittar klienten servicebrickan utan att använda webbtjänster?',
    answer: 'På hälsocentralen finns en broschyr, och rådgivningen hjälper per telefon.',
    material: 'Bilder',
  },
  en: {
    about:
      'The projects take turns to present what they have achieved. Everybody who is interested is welcome.',
    topic: 'The Elma service tray at primary care appointments',
    reason: 'The presenter fell ill.',
    question: 'How does a client find the service tray without using online services?',
    answer: 'The health centre has a leaflet, and the advice line helps by phone.',
    material: 'Slides',
  },
} as const;

/** Longer than a phone is wide. */
const longAddress = 'eeva.esimerkki-yhteyshenkilo@hyvinvointialue.example.org';

/** The pages of an open series for people outside, each as it is before, near and after its session. */
export async function outsidePages(language: Language): Promise<SamplePage[]> {
  const clock = handClock('2026-11-23T08:00:00Z');
  const rows = new MemoryRows();
  const mails: Mail[] = [];
  const mailer = {
    send: (mail: Mail) => {
      mails.push(mail);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const bigRoom = makeBigRoom(testAdapters({ rows, clock, mailer }));
  const text = words[language];
  const kaisa = coordinator;
  const vilma = actor('vilma');
  const elma = programme.projects[0]?.id ?? ('' as ProjectId);
  const helper = { name: 'Eeva Esimerkki', phone: '+358 40 000 0000', address: longAddress };
  await bigRoom.people.add({ ...programme, helper }, [
    { ...kaisa, language, projects: [] },
    { ...vilma, language, projects: [elma] },
  ]);
  const form = seriesForm('hankeradio', {
    joinUrl: 'https://teams.example.test/join/1',
    descriptions: { [language]: text.about },
  });
  const { series } = await bigRoom.series.create(kaisa, form);
  const december = occurrenceId(series.id, '2026-12-01');
  const january = occurrenceId(series.id, '2027-01-05');
  const february = occurrenceId(series.id, '2027-02-02');
  await bigRoom.rotation.assign(kaisa, december, elma);
  await bigRoom.rotation.answer(vilma, december, {
    topic: text.topic,
    speaker: 'Vilma Viestijä, Elma',
    language,
  });
  await bigRoom.series.move(kaisa, january, { date: '2027-01-07', time: '12:00' });
  await bigRoom.series.cancel(kaisa, february, { reason: text.reason });
  const signatures = publicSignatures(keyedHash(partitionOf(rows, 'programme', keptLog())));
  const page = `/open/${await signatures.pageKey(series)}`;
  const contact = await bigRoom.contacts.add(kaisa, {
    name: 'Outi Ollila',
    address: 'outi@jarjesto.example',
    language,
    series: [series.id],
    consent: { given: true, how: 'Pyysi' },
  });
  const addresses = publicAddresses({ signatures, publicUrl: '' });

  const pages: SamplePage[] = [];
  const add = async (
    name: string,
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const html = await textOf(`form-of-${name}`, path, fields);
    pages.push({ name: `outside-${name}`, html });
    return html;
  };
  const textOf = async (
    formId: string,
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const url = new URL(path, 'http://localhost');
    const parts = url.pathname.split('/');
    const method = fields === undefined ? 'get' : 'post';
    const isOf = (pattern: string): boolean =>
      pattern.split('/').length === parts.length &&
      pattern.split('/').every((part, at) => part.startsWith(':') || part === parts[at]);
    const route = bigRoom.routes.find((each) => each.method === method && isOf(each.path));
    if (route?.permission !== 'open') throw new Error(`${path} is not open`);
    const params = Object.fromEntries(
      route.path
        .split('/')
        .flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? '']] : [])),
    );
    const reply = await route.handle({
      params,
      query: Object.fromEntries(url.searchParams),
      body: fields && new URLSearchParams({ formId, ...fields }).toString(),
      language,
      sender: '127.0.0.1',
      browser: '',
    });
    if ('seeOther' in reply) return textOf(formId, reply.seeOther);
    if (!('text' in reply)) throw new Error(`${path} is no page`);
    return reply.text;
  };

  await add('question-sent', `${page}/2026-12-01/question`, { text: text.question, name: 'Outi' });
  const [question] = await bigRoom.topics.questions(kaisa, december);
  if (question) await bigRoom.topics.answerQuestion(kaisa, question.id, december, text.answer);
  await add('series', page);
  await add('series-faults', `${page}/sign-up`, { name: '', address: 'outi(at)', language });
  await add('session-before', `${page}/2026-12-01`);
  await add('session-moved', `${page}/2027-01-05`);
  await add('session-cancelled', `${page}/2027-02-02`);
  await add('missing', '/open/nothing');
  await add('sign-up-sent', `${page}/sign-up`, {
    name: 'Pekka Puro',
    address: 'pekka@jarjesto.example',
    language,
    consent: 'yes',
  });
  const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
  clock.forward({ minutes: 1 });
  await worker.sweep();
  const link = /\/sign-up\/\w+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
  await add('confirm-ask', link);
  await add('confirm-done', link, {});
  const own = await addresses.ofAnswer(december, contact, 'coming');
  await add('answer-ask', own);
  await add('answer-coming', own, { answer: 'coming', start: '2026-12-01T07:00:00Z' });
  await add('answer-change', own.replace('=coming', '=notComing'));
  clock.forward({ days: 7, hours: 22 });
  await add('session-near', `${page}/2026-12-01`);
  clock.forward({ hours: 2 });
  await bigRoom.followUp.setMaterials(
    kaisa,
    december,
    {
      materials: [{ title: text.material, url: 'https://example.test/slides', language }],
      recordingUrl: 'https://video.example.test/1',
    },
    { materials: [], recordingUrl: null },
  );
  await add('session-after', `${page}/2026-12-01`);
  await add('series-held', page);
  await add('answer-over', own);
  return pages;
}
