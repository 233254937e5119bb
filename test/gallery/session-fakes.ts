import type { ContactListAnswer, ContactView } from '../../src/shared/answers/contacts.js';
import type { ContactId, OccurrenceId, FanOutId, SeriesId } from '../../src/platform/ids.js';
import type { RecipientLine, FanOutCounts, FanOutView } from '../../src/delivery/fan-out/fan-out.js';
import type { UnreachedAnswer } from '../../src/shared/answers/messages.js';
import { demoPeopleByKey, type DemoPerson } from '../../src/demo/people.js';

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();
const seriesId = 'demo' as SeriesId;
const occurrenceId = 'demo-20261201' as OccurrenceId;

export const demoSendId = '0'.repeat(26) as FanOutId;

const counts = (some: Partial<FanOutCounts>): FanOutCounts => ({
  total: 0,
  open: 0,
  sent: 0,
  undeliverable: 0,
  failed: 0,
  uncertain: 0,
  dropped: 0,
  ...some,
});

/** A reminder that is being sent to many, as the server would return it. */
export function demoSend(): FanOutView {
  return {
    id: demoSendId,
    content: { kind: 'reminder', occurrenceId, offset: 1_440, start: inDays(1) },
    dueAt: inDays(0),
    startedAt: inDays(0),
    state: { status: 'sending' },
    counts: counts({ total: 9_874, open: 5_210, sent: 4_602, undeliverable: 48, failed: 11, uncertain: 3 }),
    rate: 47.6,
    secondsLeft: 110,
    reasons: [
      { status: 'undeliverable', reason: 'neverMet', count: 31 },
      { status: 'undeliverable', reason: '403 ConversationBlockedByUser', count: 17 },
      { status: 'failed', reason: '418 Teapot', count: 11 },
      { status: 'uncertain', reason: 'SendTimeout', count: 3 },
    ],
  };
}

/** An import whose invitations leave in two days, as far as the list of what is sent shows it. */
export function demoPlanned() {
  const send = { messages: [], fanOuts: [], dueAt: inDays(2), people: 86 };
  return { id: '9'.repeat(26), name: 'Messut 2.11.', state: { status: 'done', send } };
}

/** An import that is done, whose invitations somebody stopped. */
export function demoStoppedImport() {
  const planned = demoPlanned();
  const counts = { created: 84, changed: 2, unchanged: 11, stopped: 1, left: 0 };
  const send = { ...planned.state.send, isStopped: true };
  const state = { ...planned.state, at: inDays(0), chunks: 1, counts, endedAt: inDays(0), send };
  return { ...planned, columns: ['name', 'address'], sizes: [97], series: [], closedDays: [], state };
}

/** Fan-outs in each of their states, newest first. */
export function demoSends(): readonly FanOutView[] {
  const { secondsLeft: _secondsLeft, ...send } = demoSend();
  const ended = { at: inDays(-5) };
  const others: readonly Partial<FanOutView>[] = [
    {
      content: { kind: 'invitation', seriesId, sequence: 2 },
      state: { status: 'paused' },
      counts: counts({ total: 240, open: 120, sent: 120 }),
    },
    {
      content: { kind: 'thanks', occurrenceId, round: 1 },
      state: { status: 'done', ...ended },
      counts: counts({ total: 412, sent: 402, undeliverable: 9, uncertain: 1 }),
    },
    {
      content: { kind: 'change', change: 'moved', occurrenceId, start: inDays(2), was: inDays(1) },
      state: { status: 'cancelled', ...ended },
      counts: counts({ total: 412, sent: 100, dropped: 312 }),
    },
    { state: { status: 'dropped', ...ended, reason: 'late' }, counts: counts({}) },
    { state: { status: 'done', ...ended }, counts: counts({}) },
  ];
  const fanOuts = others.map((part, index) => ({
    ...send,
    ...part,
    id: String(index + 1).repeat(26) as FanOutId,
  }));
  return [demoSend(), ...fanOuts];
}

/** A fan-out that ended without anybody to send to. */
export function emptySend(): FanOutView {
  const { secondsLeft: _secondsLeft, ...send } = demoSend();
  return { ...send, state: { status: 'done', at: inDays(0) }, counts: counts({}), rate: 0, reasons: [] };
}

/** People who could not be reached, for each reason. */
export function demoUnreached(): UnreachedAnswer {
  const { eeva, jari, siv } = demoPeopleByKey;
  const one = ({ id, name }: Pick<DemoPerson, 'id' | 'name'>) => ({ personId: id, name });
  return {
    people: [
      { ...one(eeva), why: 'neverMet', count: 1, since: inDays(-1) },
      {
        ...one(jari),
        why: 'neverMet',
        count: 12,
        since: inDays(-58),
        install: { at: inDays(-1), result: 'refused', reason: '403 Forbidden' },
      },
      { ...one(siv), why: 'closed', count: 3, since: inDays(-9) },
    ],
  };
}

/** Recipients of every kind of result. */
export function demoRecipients(): readonly RecipientLine[] {
  const at = inDays(0);
  const { eeva, siv, mari } = demoPeopleByKey;
  return [
    { key: 'person:1', name: eeva.name, way: 'chat', language: 'fi', state: { status: 'sent', at } },
    {
      key: 'person:2',
      name: siv.name,
      way: 'chat',
      language: 'sv',
      state: { status: 'undeliverable', at, reason: '403 ConversationBlockedByUser' },
    },
    {
      key: 'person:3',
      name: mari.name,
      way: 'chat',
      language: 'fi',
      state: { status: 'undeliverable', at, reason: 'neverMet' },
    },
    {
      key: 'contact:4',
      name: 'Anneli Esimerkki',
      way: 'mail',
      language: 'fi',
      state: { status: 'failed', at, reason: '418 Teapot' },
    },
    {
      key: 'conversation:5',
      name: 'Elma',
      way: 'channel',
      language: 'fi',
      state: { status: 'open', attempts: 2, retryAt: inDays(0.01), lastFault: '429 TooManyRequests' },
    },
  ];
}

/** Invented contacts, in each state of their consent. */
export function demoContacts(): ContactListAnswer {
  const { id, name } = demoPeopleByKey.aino;
  const at = inDays(-20);
  const given = { given: true, at, how: 'puhelimessa', by: { id, name } } as const;
  const contact = (number: number, part: Pick<ContactView, 'name' | 'consent'> & Partial<ContactView>) => ({
    id: String(number).repeat(26) as ContactId,
    address: `esimerkki${String(number)}@example.org`,
    language: 'fi' as const,
    series: [],
    createdAt: at,
    ...part,
  });
  return {
    lines: [
      contact(1, { name: 'Anneli Esimerkki', organisation: 'Esimerkkijärjestö ry', consent: given }),
      contact(2, {
        name: 'Bengt Exempel',
        language: 'sv',
        consent: { given: false, at, why: 'unsubscribed', was: given },
      }),
      contact(3, {
        name: 'Eeva-Liisa Pitkänimi-Vieläpidempinimi',
        organisation: 'Keksityn maakunnan sosiaali- ja terveysalan järjestöjen yhteistyöverkosto ry',
        consent: { given: false, at, why: 'notAsked' },
      }),
      contact(4, { name: 'Heikki Keksitty', consent: { given: false, at, why: 'withdrawn' } }),
    ],
  };
}
