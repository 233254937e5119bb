import assert from 'node:assert/strict';
import { handleMessage } from '../../src/delivery/outbox/kind.js';
import type { MessageId, OccurrenceId, PersonId, ProjectId, SeriesId } from '../../src/platform/ids.js';
import type { Message, Outcome } from '../../src/delivery/outbox/message.js';
import type { SessionNotice } from '../../src/sessions/notices.js';
import type { Person } from '../../src/people/person.js';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import type { Series, SeriesKind } from '../../src/sessions/series/series.js';
import { programme } from '../make.js';
import { type BotWorld, botWorld } from './bot-world.js';

/** Vilma and Ville work in Elma, Kalle in Digi, Kaisa coordinates; Hankeradio is on first Tuesdays. */
export interface SessionBotWorld extends BotWorld {
  readonly radio: Series;
  person(id: string): Promise<Person>;
  create(kind: SeriesKind, more?: Readonly<Record<string, unknown>>): Promise<Series>;
  /** The next sessions of Hankeradio. */
  next(most?: number): Promise<readonly OccurrenceLine[]>;
  /** The one on 1 December 2026, given to a project unless it is left as it is. */
  december(projectId?: 'elma' | 'digi' | null): Promise<OccurrenceLine>;
  notify(notice: SessionNotice, to?: string): Promise<Outcome>;
}

const newcomers: readonly Person[] = [
  {
    id: 'kalle' as PersonId,
    name: 'Kalle Kehittäjä',
    role: 'worker',
    language: 'fi',
    projects: ['digi' as ProjectId],
  },
  {
    id: 'ville' as PersonId,
    name: 'Ville Virkkunen',
    role: 'worker',
    language: 'fi',
    projects: ['elma' as ProjectId],
  },
  {
    id: 'monna' as PersonId,
    name: 'Monna Monta',
    role: 'worker',
    language: 'fi',
    projects: ['elma' as ProjectId, 'digi' as ProjectId],
  },
];

/** The bot's world on 3 November 2026, a Tuesday at 10 in Helsinki, with Hankeradio set up. */
export async function sessionBotWorld(): Promise<SessionBotWorld> {
  const world = await botWorld();
  const { series, rotation, people } = world.bigRoom;
  await people.add(programme, newcomers);
  const person = (id: string) => people.get(id as PersonId);
  const kaisa = await person('kaisa');
  const create = async (kind: SeriesKind, more: Readonly<Record<string, unknown>> = {}) =>
    (await series.create(kaisa, { formId: `form-${kind}`, kind, ...more })).series;
  const radio = await create('hankeradio', {
    joinUrl: 'https://example.org/join',
    rotation: { projects: ['elma', 'digi', 'lahella'], askDays: 21, deadlineDays: 7 },
  });
  const next = (most = 6) => series.upcoming(kaisa, most, radio.id);
  return {
    ...world,
    talker: world.talker,
    radio,
    person,
    create,
    next,
    december: async (projectId) => {
      const [first] = await next(1);
      assert.equal(first?.date, '2026-12-01');
      if (projectId === undefined) return first;
      await rotation.assign(kaisa, first.id, projectId as ProjectId | null);
      return (await next(1))[0] ?? first;
    },
    notify: (notice, to = 'vilma') => {
      const message: Message = {
        id: 'message1' as MessageId,
        dueAt: world.clock.iso(),
        body: { kind: 'notice', to, notice },
        state: { status: 'pending', attempts: 0 },
      };
      return handleMessage(world.notice, message);
    },
  };
}

/** The occurrence of a series on a date. */
export function occurrenceOn(id: SeriesId, date: string): OccurrenceId {
  return `${id}-${date.replaceAll('-', '')}` as OccurrenceId;
}
