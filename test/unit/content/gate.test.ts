import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { helperSchema } from '../../../src/audience/helper.js';
import { contactInput, manyInput, peopleOfList, signUpInput } from '../../../src/audience/input.js';
import { parseText } from '../../../src/content/input.js';
import { parseDetails, parseMessage, parseNote, parseSubmission } from '../../../src/news/input.js';
import { parseDeviation } from '../../../src/content/deviation-edits.js';
import { parseApproval, parseOrder, parseReason as parseIssueReason } from '../../../src/newsletter/input.js';
import { AppError, fieldFaults, type FieldFault } from '../../../src/platform/errors.js';
import type { OccurrenceId, QuestionId } from '../../../src/platform/ids.js';
import { parse } from '../../../src/platform/validation.js';
import { storedKind } from '../../../src/platform/stored.js';
import { parseReason as parseReleaseReason, parseWaiver } from '../../../src/releases/input.js';
import {
  directorySchema,
  parseFirstProgramme,
  parseMember,
  parseProgramme,
  parseProjectNames,
  trySchema,
} from '../../../src/settings/input.js';
import { followUpService } from '../../../src/sessions/follow-up/service.js';
import { followUpStore } from '../../../src/sessions/follow-up/store.js';
import { rotationService } from '../../../src/sessions/rotation/service.js';
import { daysOffService } from '../../../src/sessions/series/days-off.js';
import { topicService } from '../../../src/sessions/topics/service.js';
import { topicStore } from '../../../src/sessions/topics/store.js';
import { shownName } from '../../../src/shared/normalise.js';
import { coordinator, programme, submission } from '../../make.js';
import { seriesForm, sessionWorld } from '../../make-sessions.js';
import { readablePartition } from '../../world/partition.js';

const today = Temporal.PlainDate.from('2026-11-23');

/** What was sent with the text in one field, and the field at which a fault is expected. */
type Field = readonly [field: string, send: (text: string) => unknown];

const words = { title: 'Otsikko', lead: 'Ingressi', body: 'Teksti' };
const at = (field: keyof typeof words, text: string) => ({ ...words, [field]: text });
const link = (text: string): string => `https://example.org/?id=${text}`;
const names = { fi: 'Nimi', sv: 'Namn', en: 'Name' };
const form = (more: object) => submission({ ...more });
const details = (more: object) => {
  const { formId: _formId, language: _language, words: _words, ...rest } = submission();
  return { ...rest, ...more };
};

const contact = (more: object) => ({
  name: 'Eeva',
  organisation: 'Järjestö',
  address: 'eeva@example.org',
  language: 'fi',
  series: [],
  consent: { given: true, how: 'Puhelimessa' },
  ...more,
});
const signUp = (more: object) => ({
  name: 'Eeva',
  organisation: 'Järjestö',
  address: 'eeva@example.org',
  language: 'fi',
  consent: 'yes',
  ...more,
});
const many = (how: string) => ({ text: 'x', series: [], consent: { given: true, how } });
const member = {
  id: '1f0c2a9e-0000-4000-8000-0123456789ab',
  language: 'fi',
  role: 'worker',
  projects: [],
};
const waiver = (reason: string) => ({ storyId: 's', language: 'sv', reason });

const order = (own: object) => ({ sections: [{ id: 'own-1', heading: { own }, stories: [] }] });

const news: readonly Field[] = [
  ['title', (text) => parseText(at('title', text))],
  ['lead', (text) => parseText(at('lead', text))],
  ['body', (text) => parseText(at('body', text))],
  ['words.title', (text) => parseSubmission(form({ words: at('title', text) }), programme, today)],
  ['words.lead', (text) => parseSubmission(form({ words: at('lead', text) }), programme, today)],
  ['words.body', (text) => parseSubmission(form({ words: at('body', text) }), programme, today)],
  ['source', (text) => parseSubmission(form({ source: text }), programme, today)],
  ['link', (text) => parseSubmission(form({ link: link(text) }), programme, today)],
  ['link', (text) => parseDetails(details({ link: link(text) }), programme)],
  ['note', (text) => parseNote('note', text)],
  ['text', (text) => parseMessage(text)],
  ['answer', (text) => parseNote('answer', text)],
  ['reason', (text) => parseNote('reason', text)],
  ['words.title', (text) => parseDeviation({ words: at('title', text), replaces: null })],
  ['words.lead', (text) => parseDeviation({ words: at('lead', text), replaces: null })],
  ['words.body', (text) => parseDeviation({ words: at('body', text), replaces: null })],
  ['waivers.1.reason', (text) => parseApproval({ waivers: [waiver('Syy'), waiver(text)] })],
  ['waiver', (text) => parseWaiver(text)],
  ['sections.0.heading.own.fi', (text) => parseOrder(order({ fi: text, sv: 'Nytt' }))],
  ['sections.0.heading.own.sv', (text) => parseOrder(order({ fi: 'Uutta', sv: text }))],
];

const contacts: readonly Field[] = [
  ['name', (text) => contactInput(contact({ name: text }), [])],
  ['organisation', (text) => contactInput(contact({ organisation: text }), [])],
  ['name', (text) => signUpInput(signUp({ name: text }))],
  ['organisation', (text) => signUpInput(signUp({ organisation: text }))],
  ['consent.how', (text) => contactInput(contact({ consent: { given: true, how: text } }), [])],
  ['consent.how', (text) => manyInput(many(text), [])],
  ['name', (text) => parse(helperSchema, { name: text })],
  ['name', (text) => parseMember({ ...member, name: text }, programme)],
  ['names.fi', (text) => parseProgramme({ names: { ...names, fi: text }, languages: ['fi'] })],
  ['names.sv', (text) => parseProjectNames({ names: { ...names, sv: text } })],
  [
    'projects.0.names.fi',
    (text) =>
      parseFirstProgramme({ names, languages: ['fi'], projects: [{ names: { ...names, fi: text } }] }),
  ],
  ['address', (text) => parse(trySchema, { address: text })],
  ['text', (text) => parse(directorySchema, { text })],
  ['reason', (text) => parseIssueReason({ reason: text })],
  ['reason', (text) => parseReleaseReason({ reason: text })],
  ['phone', (text) => parse(helperSchema, { name: 'Eeva', phone: text })],
];

async function sessionFields(): Promise<readonly Field[]> {
  const world = await sessionWorld();
  const deps = { ...world.deps, people: world.people };
  const partition = readablePartition(world.rows, world.partition);
  const topics = topicService({ ...deps, topics: topicStore(partition) });
  const rotation = rotationService(deps);
  const followUp = followUpService({
    ...deps,
    followUp: followUpStore(partition),
    news: { get: () => Promise.reject(new AppError('news.notFound')) },
  });
  const series = await world.create('hankeradio');
  const [id] = (await world.next(series, 1)).map((line) => line.id) as [OccurrenceId];
  const create = (more: object) => world.series.create(coordinator, seriesForm('own', { ...more }));
  const edit = (more: object) => world.series.edit(coordinator, series.id, more);
  const propose = (more: object) =>
    topics.propose(coordinator, {
      seriesId: series.id,
      text: 'Aihe',
      language: 'fi',
      formId: 'form-0001',
      ...more,
    });
  const talk = (more: object) =>
    rotation.answer(coordinator, id, { topic: 'Aihe', speaker: 'Eeva', language: 'fi', ...more });
  const topic = await propose({ formId: 'form-0002' });
  const translate = (sv: object) => topics.translate(coordinator, topic.id, { translations: { sv } });
  const daysOff = daysOffService({ people: world.people, clock: world.clock });
  let daysAhead = 0;
  const addDayOff = (of: object) => {
    daysAhead += 1;
    const first = today.add({ days: daysAhead }).toString();
    return daysOff.add(coordinator, { formId: `form-day-${daysAhead}`, names: of, first });
  };
  const question = 'q' as QuestionId;
  const material = { title: 'Kalvot', url: link('1') };
  return [
    ['names.fi', (text) => create({ names: { ...names, fi: text } })],
    ['names.en', (text) => create({ names: { ...names, en: text } })],
    ['descriptions.sv', (text) => create({ descriptions: { sv: text } })],
    ['agenda.0.title.fi', (text) => create({ agenda: [{ id: 'a', title: { fi: text } }] })],
    ['joinUrl', (text) => create({ joinUrl: link(text) })],
    ['names.sv', (text) => edit({ names: { ...names, sv: text } })],
    ['descriptions.fi', (text) => edit({ descriptions: { fi: text } })],
    ['agenda.0.title.sv', (text) => edit({ agenda: [{ id: 'a', title: { sv: text } }] })],
    ['joinUrl', (text) => edit({ joinUrl: link(text) })],
    ['reason', (text) => world.series.cancel(coordinator, id, { reason: text })],
    ['message', (text) => world.series.restore(coordinator, id, { message: text })],
    [
      'message',
      (text) => world.series.move(coordinator, id, { date: '2026-12-03', time: '09:00', message: text }),
    ],
    ['names.fi', (text) => world.series.editOccurrence(coordinator, id, { names: { ...names, fi: text } })],
    ['joinUrl', (text) => world.series.editOccurrence(coordinator, id, { joinUrl: link(text) })],
    ['items.0.title.fi', (text) => topics.setAgenda(coordinator, id, [{ title: { fi: text } }])],
    ['text', (text) => propose({ text })],
    ['why', (text) => propose({ why: text })],
    ['translations.sv.text', (text) => translate({ text })],
    ['translations.sv.why', (text) => translate({ text: 'Ämne', why: text })],
    ['text', (text) => topics.ask(coordinator, id, { text, formId: 'form-0001' })],
    ['answer', (text) => topics.answerQuestion(coordinator, question, id, { answer: text })],
    ['topic', (text) => talk({ topic: text })],
    ['speaker', (text) => talk({ speaker: text })],
    ['material', (text) => talk({ material: link(text) })],
    ['text', (text) => followUp.setNotes(coordinator, id, { text, basedOn: 0 })],
    ['text', (text) => followUp.setNotes(coordinator, id, { text, language: 'sv', basedOn: 0 })],
    ['names.fi', (text) => addDayOff({ ...names, fi: text })],
    ['names.sv', (text) => addDayOff({ ...names, sv: text })],
    [
      'materials.0.title',
      (text) => followUp.setMaterials(coordinator, id, { materials: [{ ...material, title: text }] }),
    ],
    [
      'materials.0.url',
      (text) => followUp.setMaterials(coordinator, id, { materials: [{ ...material, url: link(text) }] }),
    ],
    ['recordingUrl', (text) => followUp.setMaterials(coordinator, id, { recordingUrl: link(text) })],
    ['message.fi', (text) => followUp.thank(coordinator, id, { round: 1, message: { fi: text } })],
    ['better', (text) => followUp.pulse(coordinator, id, { useful: 3, better: text })],
  ];
}

async function refusal(send: () => unknown): Promise<{ code?: string; fields: readonly FieldFault[] }> {
  try {
    await send();
    return { fields: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, fields: fieldFaults(error) };
  }
}

describe('what people write', () => {
  let fields: readonly Field[];
  before(async () => {
    fields = [...news, ...contacts, ...(await sessionFields())];
  });

  it('has no personal identity code, in whichever field', async () => {
    for (const code of ['131052-308T', '131052\u2013308\u200BT', '131052%2D308T', 'hetu131052A308T'])
      for (const [index, [field, send]] of fields.entries()) {
        const expected = { code: 'text.personalData', fields: [{ field, code: 'personalId' }] };
        assert.deepEqual(await refusal(() => send(code)), expected, `${field} (${index}), ${code}`);
      }
  });

  it('may have other numbers, in whichever field', async () => {
    for (const [index, [field, send]] of fields.entries()) {
      const { fields: faults } = await refusal(() => send('040-1234567'));
      assert.deepEqual(faults, [], `${field} (${index})`);
    }
  });

  it('has no personal identity code in a line of a list of contacts', () => {
    const lines =
      'Eeva;Järjestö;eeva@x.fi;fi\nEeva 131052-308T;;eva@x.fi;fi\nEva;131052-\u00AD308T;e@x.fi;fi';
    const { people, faults } = peopleOfList(lines, undefined);
    assert.equal(people.length, 1);
    assert.deepEqual(
      faults.map(({ line, field, code }) => ({ line, field, code })),
      [
        { line: 2, field: 'name', code: 'personalId' },
        { line: 3, field: 'organisation', code: 'personalId' },
      ],
    );
  });

  it('is kept without characters that can’t be seen', () => {
    const hidden = 'Hyvin\u00ADvointi\u200Balue\uFEFF';
    const clean = 'Hyvinvointialue';
    assert.deepEqual(parseText({ title: hidden, lead: hidden, body: hidden }), {
      title: clean,
      lead: clean,
      body: clean,
    });
    assert.equal(parseNote('note', hidden), clean);
    assert.equal(parseWaiver(hidden), clean);
    assert.equal(parseApproval({ waivers: [waiver(hidden)] }).waivers[0]?.reason, clean);
    for (const address of ['eeva@x.fi\u200B', 'eeva@x.fi\u200E', 'ee\u00ADva@x.fi'])
      assert.equal(contactInput(contact({ address, name: hidden }), []).address, 'eeva@x.fi');
    assert.equal(contactInput(contact({ name: hidden }), []).name, clean);
    assert.equal(
      parseDetails(details({ link: 'https://example.org/\u200Ba' }), programme).link,
      'https://example.org/a',
    );
  });
});

/**
 * Texts in requests that no schema of the gate reads, and why that is right: they are looked up, read on or read by a
 * schema of the gate themselves. Whatever else is a text goes through the gate.
 */
const notWritten: Readonly<Record<string, string>> = {
  'content/deviation-edits.ts replaces': 'a version',
  'settings/input.ts projects': 'ids',
  'settings/input.ts directoryId': 'an id, by its pattern',
  'adapters/local-intranet/routes.ts after': 'where a list goes on',
  'audience/input.ts address': 'read again by the schema of addresses',
  'audience/input.ts name': 'read again by the schema of contacts',
  'audience/input.ts subscriptionsSchema': 'ids',
  'audience/input.ts text': 'a list, each line of which is read by the schema of contacts',
  'audience/routes.ts after': 'where a list goes on',
  'audience/routes.ts organisation': 'searched for',
  'audience/routes.ts series': 'an id',
  'audience/routes.ts text': 'searched for',
  'audience/imports/routes.ts series': 'an id',
  'content/input.ts addressSchema': 'the gate itself',
  'delivery/fan-out/routes.ts catchall': 'looked up',
  'news/input.ts projectId': 'an id',
  'news/routes.ts note': 'read again by parseNote',
  'news/routes.ts project': 'an id',
  'news/routes.ts reason': 'read again by parseNote',
  'news/routes.ts text': 'searched for',
  'newsletter/input.ts idSchema': 'an id',
  'newsletter/input.ts seen': 'a version',
  'newsletter/routes.ts idSchema': 'an id',
  'newsletter/routes.ts seen': 'a version',
  'releases/input.ts channel': 'the name of a channel',
  'releases/input.ts waiver': 'read again by parseWaiver',
  'sessions/follow-up/routes.ts series': 'an id',
  'sessions/follow-up/routes.ts text': 'searched for',
  'sessions/occurrences/routes.ts series': 'an id',
  'sessions/planning/routes.ts projectId': 'an id',
  'sessions/planning/routes.ts with': 'an id',
  'sessions/rotation/routes.ts personId': 'an id',
  'sessions/rotation/routes.ts projectId': 'an id',
  'sessions/rotation/routes.ts with': 'an id',
  'sessions/rotation/service.ts basedOn': 'a version',
  'sessions/series/input.ts pipe': 'addresses, each read by the schema of addresses',
  'sessions/series/input.ts projectId': 'an id',
  'sessions/topics/routes.ts occurrenceId': 'an id',
  'news/routes.ts assigned': 'an id',
  'sessions/occurrences/routes.ts chat': 'the id of a chat, of which nothing is stored',
  'sessions/topics/routes.ts series': 'an id',
  'sessions/topics/service.ts id': 'an id',
};

describe('texts that were stored before', () => {
  it('are read without characters that can’t be seen, whichever field they are in', () => {
    const hidden = 'Hyvin\u00ADvointi\u200Balue e\u0301 👩🏽‍⚕️';
    const kind = storedKind<{ readonly title: string; readonly more: readonly { readonly name: string }[] }>({
      name: 'sample',
      schema: z.looseObject({ title: z.string(), more: z.array(z.looseObject({ name: z.string() })) }),
    });
    const clean = 'Hyvinvointialue é 👩🏽‍⚕️';
    assert.deepEqual(kind.read({ title: hidden, more: [{ name: hidden, at: 1 }], other: null }), {
      title: clean,
      more: [{ name: clean, at: 1 }],
      other: null,
    });
  });
});

describe('names from other systems', () => {
  it('are one line of bounded length, without what can’t be seen', () => {
    for (const [name, shown] of [
      ['  Eeva\u200B \n Virtanen\u202E ', 'Eeva Virtanen'],
      ['Eeva\u0000\tVirtanen', 'Eeva Virtanen'],
      ['a'.repeat(500), 'a'.repeat(120)],
      ['👩‍⚕️ Eeva', '👩‍⚕️ Eeva'],
      ['\u200B', ''],
    ] as const)
      assert.equal(shownName(name), shown);
  });
});

describe('schemas of requests', () => {
  it('let no text in beside the gate', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((name) => join('src', name).replaceAll('\\', '/'))
      .filter((name) => /\/(?:input|routes|service|questions|deviation-edits)\.ts$/.test(name));
    const found = files.flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      return [
        ...source.matchAll(
          /(\w+)(?::[^:;{}()]*| = )?(?:z\.\w+\()*\(?z\s*\.(?:string\(\)|record\([^)]*z\.string\(\)|array\(z\.string\(\))(?!\s*\.regex)/g,
        ),
      ].map(([, field = '']) => `${file.slice('src/'.length)} ${field}`);
    });
    assert.deepEqual(
      found.filter((each) => notWritten[each] === undefined),
      [],
    );
    assert.deepEqual(
      Object.keys(notWritten).filter((each) => !found.includes(each)),
      [],
    );
  });
});
