import { isDeepStrictEqual } from 'node:util';
import { type Change, type Versioned, whileConflicting } from '../../platform/commit.js';
import {
  deterministicId,
  freshId,
  type OccurrenceId,
  type SeriesId,
  type TopicId,
} from '../../platform/ids.js';
import type { DateFollower } from '../occurrences/carry-over.js';
import { ownSlotQuery } from './own-slots.js';
import { formIdSchema, type TopicDeps, questionOperations, voteTries } from './questions.js';
import { z } from 'zod';
import { writtenLine, writtenText } from '../../content/input.js';
import { requirePermission } from '../../people/permissions.js';
import { type Actor, refOf } from '../../platform/actor.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { mergedWith, requireSeen, type Seen } from '../../platform/seen.js';
import { parse } from '../../platform/validation.js';
import { languages } from '../../shared/languages.js';
import {
  changeOccurrence,
  nextAuditNumber,
  type OccurrenceChanged,
  recordOf,
} from '../occurrences/change.js';
import { personNotice } from '../notices.js';
import { isOutsider } from '../outsider.js';
import { requireUpcoming } from '../occurrences/workflow.js';
import type { OccurrenceRecord } from '../occurrences/occurrence.js';
import { findOccurrence, type Found } from '../occurrences/reading.js';
import { findSeries } from '../series/change.js';
import { agendaSchema } from '../series/input.js';
import type { AgendaItem } from '../series/series.js';
import { translationsOf } from '../occurrences/translations.js';
import type { Question, StoredTopic, Topic, TopicWords } from './topic.js';

/** As many changes as a follower may bring to a change of a series. */
const maxChanges = 30;

type FollowerDeps = Pick<TopicDeps, 'store' | 'topics'>;

async function topicsOf(
  { store, topics }: FollowerDeps,
  id: OccurrenceId,
  to: OccurrenceId,
): Promise<Change[][]> {
  const ids = (await store.record(id))?.value.topics ?? [];
  const all = await Promise.all(ids.map((topicId) => topics.topic(topicId)));
  return all.flatMap((topic) => {
    const { state } = topic?.value ?? {};
    if (topic === undefined || state?.status !== 'planned' || state.occurrenceId !== id) return [];
    return [topics.putTopic(topic, { ...topic.value, state: { status: 'planned', occurrenceId: to } })];
  });
}

async function questionsOf(
  { topics }: FollowerDeps,
  id: OccurrenceId,
  to: OccurrenceId,
): Promise<Change[][]> {
  const all = await topics.questions(id);
  return all
    .filter(({ value }) => value.state.status !== 'carriedOver')
    .map((before) => [
      topics.dropQuestion(before),
      topics.putQuestion(undefined, { ...before.value, occurrenceId: to }),
    ]);
}

/** Beyond these, what was asked stays where it is: questions that nobody has answered go first. Each takes two changes. */
const maxExchanged = 30;

/** The questions of two occurrences, each with what it leaves behind, so that its old address leads to it. */
async function exchanged(
  { topics }: Pick<TopicDeps, 'topics'>,
  one: OccurrenceId,
  other: OccurrenceId,
): Promise<Change[]> {
  const [ofOne, ofOther] = await Promise.all([topics.questions(one), topics.questions(other)]);
  const from = (
    all: readonly Versioned<Question>[],
    there: readonly Versioned<Question>[],
    to: OccurrenceId,
  ) =>
    all
      .filter(({ value }) => value.state.status !== 'carriedOver')
      .map((before) => ({ before, to, there: there.find(({ value }) => value.id === before.value.id) }));
  const isOpen = ({ before }: { readonly before: Versioned<Question> }) =>
    before.value.state.status === 'open';
  return [...from(ofOne, ofOther, other), ...from(ofOther, ofOne, one)]
    .sort((first, second) => Number(isOpen(second)) - Number(isOpen(first)))
    .slice(0, maxExchanged)
    .flatMap(({ before, there, to }) => [
      topics.putQuestion(before, {
        ...before.value,
        state: { status: 'carriedOver', to, at: before.value.at, isWithTalk: true },
      }),
      topics.putQuestion(there, { ...before.value, occurrenceId: to }),
    ]);
}

/**
 * Planned topics and questions go along when what was agreed for a date goes to another. Beyond what one transaction
 * holds, questions stay where they are: topics, which are on an agenda, come first. With a talk whose slot is swapped
 * go the questions to its presenters, and no topics, which belong to the session.
 */
export function topicFollower(deps: FollowerDeps): DateFollower {
  return {
    exchange: (one, other) => exchanged(deps, one, other),
    move: async (pairs) => {
      const each = (of: typeof topicsOf) =>
        Promise.all([...pairs].map(([id, to]) => of(deps, id, to))).then((all) => all.flat());
      const groups = [...(await each(topicsOf)), ...(await each(questionsOf))];
      const changes: Change[] = [];
      for (const group of groups) if (changes.length + group.length <= maxChanges) changes.push(...group);
      return changes;
    },
  };
}

/** What becomes of a topic: it goes on the agenda of an occurrence, off it again (`null`), or ends. */
type Settlement = { readonly occurrenceId: OccurrenceId | null } | 'done' | 'declined';

const maxTopics = 100;

const topicSchema = z.strictObject({
  seriesId: z.string().regex(/^[0-9a-f]{26}$/, { error: 'unknownChoice' }),
  // As long as an item of an agenda, which it may become.
  text: writtenLine({ max: 120, min: 1 }),
  why: writtenText({ max: 1_000 }).optional(),
  language: z.enum(languages),
  formId: formIdSchema,
});

const wordsSchema = z.strictObject({
  text: writtenLine({ max: 120 }),
  why: writtenText({ max: 1_000 }).optional(),
});

/** What it says in other languages; without a text it says nothing. */
const translationsSchema = z.strictObject({
  translations: translationsOf(wordsSchema, ({ text, why = '' }): TopicWords | undefined =>
    text === '' ? undefined : { text, ...(why !== '' && { why }) },
  ),
});

/** What it says in each language, as an item of an agenda. */
function titleOf({ text, language, translations = {} }: StoredTopic): AgendaItem['title'] {
  const others = Object.entries(translations).map(([other, words]) => [other, words.text] as const);
  return { ...Object.fromEntries(others), [language]: text };
}

const agendaInput = z.strictObject({ items: agendaSchema });
const looseItem = z.looseObject({ id: z.string().optional() });
const seenItems = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })).optional() });

const byVotesThenAge = (one: StoredTopic, other: StoredTopic): number =>
  other.votes - one.votes || (one.at < other.at ? -1 : Number(one.at > other.at));

/** The record with neither the topic nor its item in an agenda that was written by hand. */
function withoutTopic(record: OccurrenceRecord, id: TopicId): OccurrenceRecord {
  const { topics = [], agenda, ...rest } = record;
  return {
    ...rest,
    topics: topics.filter((topic) => topic !== id),
    ...(agenda && { agenda: agenda.filter((item) => item.id !== id) }),
  };
}

function withTopic(record: OccurrenceRecord, id: TopicId): OccurrenceRecord {
  return { ...record, topics: [...(record.topics ?? []).filter((topic) => topic !== id), id] };
}

/** The template of the series, or what was made of it for this day. */
function writtenAgenda({ series, record }: Found): readonly AgendaItem[] {
  return record?.value.agenda ?? series.value.agenda;
}

/** An item without an id is new. */
function withIds(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: unknown): unknown => {
    const read = looseItem.safeParse(item);
    return read.success && read.data.id === undefined ? { ...read.data, id: freshId() } : item;
  });
}

/** Topics that people propose and vote for, the agenda on which they are put, and questions to those who present. */
export function topicService(deps: TopicDeps) {
  const { store, topics, outbox, clock } = deps;

  /** @throws AppError `topic.notFound`. */
  async function findTopic(id: TopicId) {
    const found = await topics.topic(id);
    if (found === undefined) throw new AppError('topic.notFound', { id });
    return found;
  }

  async function forActor(actor: Actor, topic: StoredTopic): Promise<Topic> {
    return { ...topic, isVoted: await topics.hasVoted(actor.id, topic.id) };
  }

  /** The changes that take a topic off the agenda on which it is, unless it is to stay there. */
  async function offAgenda(
    { id, state }: StoredTopic,
    { at, by }: PersonActionContext,
    except?: OccurrenceId,
  ): Promise<Change[]> {
    if (state.status !== 'planned' || state.occurrenceId === except) return [];
    const before = await store.record(state.occurrenceId);
    if (before?.value.topics?.includes(id) !== true) return [];
    const number = before.value.auditCount + 1;
    const after = { ...withoutTopic(before.value, id), auditCount: number };
    return store.putRecord(before, after, [{ number, at, by, event: { action: 'agenda' } }]);
  }

  async function plan(
    actor: Actor,
    id: TopicId,
    occurrenceId: OccurrenceId,
    seen: Seen | undefined,
  ): Promise<StoredTopic> {
    const actionContext = actionContextOf(deps, actor);
    let settled = (await findTopic(id)).value;
    await changeOccurrence(deps, occurrenceId, actionContext, async (found) => {
      requireUpcoming(found.occurrence);
      const on = found.occurrence.id;
      const before = await findTopic(id);
      const { value: topic } = before;
      settled = {
        ...topic,
        state: { status: 'planned', occurrenceId: on, by: refOf(actor), at: actionContext.at },
      };
      const isThere = topic.state.status === 'planned' && topic.state.occurrenceId === on;
      if (isThere && recordOf(found).topics?.includes(id) === true) return undefined;
      requireSeen(seen, { state: settled.state }, { state: topic.state });
      const notice = { about: 'topicPlanned', occurrenceId: on, topicId: id, text: topic.text } as const;
      const act = nextAuditNumber(found);
      return {
        record: withTopic(recordOf(found), id),
        event: { action: 'agenda' },
        // An undo would bring back the record alone: to take it off, settle it otherwise.
        canUndo: false,
        changes: [...topics.putTopic(before, settled), ...(await offAgenda(topic, actionContext, on))],
        ...(topic.by.id !== actor.id &&
          !isOutsider(topic.by) && {
            messages: [personNotice(topic.by.id, notice, { ...actionContext, act })],
          }),
      };
    });
    return settled;
  }

  async function settleAs(
    actor: Actor,
    id: TopicId,
    status: 'proposed' | 'done' | 'declined',
    seen: Seen | undefined,
  ): Promise<StoredTopic> {
    const actionContext = actionContextOf(deps, actor);
    return whileConflicting(async () => {
      const before = await findTopic(id);
      const { value: topic } = before;
      if (topic.state.status === status) return topic;
      const { at, by } = actionContext;
      const after: StoredTopic = { ...topic, state: { status, by, at } };
      requireSeen(seen, { state: after.state }, { state: topic.state });
      // What was talked about stays on the agenda of the day.
      const off = status === 'done' ? [] : await offAgenda(topic, actionContext);
      await outbox.commit([...topics.putTopic(before, after), ...off]);
      return after;
    });
  }

  /** The topics that are presented without an agenda item of their own. */
  async function plannedItems(found: Found): Promise<AgendaItem[]> {
    const placed = new Set(writtenAgenda(found).map(({ id }) => id));
    const ids = (found.record?.value.topics ?? []).filter((id) => !placed.has(id));
    const all = await Promise.all(ids.map((id) => topics.topic(id)));
    return all.flatMap((topic) => {
      if (topic === undefined) return [];
      const { id, state } = topic.value;
      const isHere =
        state.status === 'done' || (state.status === 'planned' && state.occurrenceId === found.occurrence.id);
      return isHere ? [{ id, title: titleOf(topic.value) }] : [];
    });
  }

  /** The planned topics that the writer of an agenda saw on it, and that are not among its items any more. */
  async function takenAway(
    found: Found,
    seen: Seen | undefined,
    items: readonly AgendaItem[],
  ): Promise<Versioned<StoredTopic>[]> {
    const seenIds = new Set((parse(seenItems, seen ?? {}).items ?? []).map(({ id }) => id));
    const ids = (recordOf(found).topics ?? []).filter(
      (id) => seenIds.has(id) && !items.some((item) => item.id === id),
    );
    const all = await Promise.all(ids.map((id) => topics.topic(id)));
    return all.filter((topic) => topic !== undefined).filter(({ value }) => value.state.status === 'planned');
  }

  const proposedBy = (actor: Actor) =>
    ({ status: 'proposed', by: refOf(actor), at: clock.now().toString() }) as const;

  return {
    /**
     * `{ seriesId, text, why?, language, formId }`; the same form twice is one topic.
     * @throws AppError `input.invalid`, `text.personalData`, `series.notFound`, `series.ended`.
     */
    async propose(actor: Actor, input: unknown): Promise<Topic> {
      requirePermission(actor, 'session:take');
      const { seriesId, text, why = '', language, formId } = parse(topicSchema, input);
      const { value: series } = await findSeries(store, seriesId as SeriesId);
      if (series.state.status === 'ended') throw new AppError('series.ended', { id: series.id });
      const topic: StoredTopic = {
        id: deterministicId<TopicId>('topic', actor.id, formId),
        seriesId: series.id,
        text,
        ...(why !== '' && { why }),
        language,
        by: refOf(actor),
        at: clock.now().toString(),
        votes: 0,
        state: { status: 'proposed' },
      };
      try {
        await outbox.commit(topics.putTopic(undefined, topic));
        return { ...topic, isVoted: false };
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        return forActor(actor, (await findTopic(topic.id)).value);
      }
    },

    /**
     * What a topic says in other languages than the one in which it was proposed, `{ translations }`; `seen` has those
     * before. Two changes are put together by language. @throws AppError `topic.notFound`, `input.invalid`, `edit.conflict`.
     */
    async translate(actor: Actor, id: TopicId, input: unknown, seen?: Seen): Promise<Topic> {
      requirePermission(actor, 'session:edit');
      const mine = parse(translationsSchema, input);
      return whileConflicting(async () => {
        const before = await findTopic(id);
        const { language, translations: current = {}, ...topic } = before.value;
        const merged = parse(translationsSchema, mergedWith(seen, mine, { translations: current }));
        const { [language]: _own, ...translations } = merged.translations;
        if (isDeepStrictEqual(translations, current)) return forActor(actor, before.value);
        const after: StoredTopic = {
          ...topic,
          language,
          ...(Object.keys(translations).length > 0 && { translations }),
        };
        await outbox.commit(topics.putTopic(before, after));
        return forActor(actor, after);
      }, voteTries);
    },

    /** Open ones by votes, then age; those of one series, or of all. At most 100. */
    async topics(actor: Actor, seriesId?: SeriesId): Promise<readonly Topic[]> {
      requirePermission(actor, 'session:see');
      const [proposed, voted] = await Promise.all([topics.proposed(seriesId), topics.votesOf(actor.id)]);
      return [...proposed]
        .sort(byVotesThenAge)
        .slice(0, maxTopics)
        .map((topic) => ({ ...topic, isVoted: voted.has(topic.id) }));
    },

    /** One vote a person; the same again changes nothing. @throws AppError `topic.notFound`. */
    async vote(actor: Actor, id: TopicId, isFor: boolean): Promise<Topic> {
      requirePermission(actor, 'session:take');
      return whileConflicting(async () => {
        const [before, isVoted] = await Promise.all([findTopic(id), topics.hasVoted(actor.id, id)]);
        if (isVoted === isFor) return { ...before.value, isVoted };
        const after = { ...before.value, votes: before.value.votes + (isFor ? 1 : -1) };
        await outbox.commit([topics.putVote(actor.id, id, isFor), ...topics.putTopic(before, after)]);
        return { ...after, isVoted: isFor };
      }, voteTries);
    },

    /**
     * Puts a topic on the agenda of an occurrence, of which its proposer is notified; `null` takes it off again; `done` and `declined` end it. Settling the
     * same way again changes nothing. `seen` has the `state` before.
     * @throws AppError `topic.notFound`, `edit.conflict`.
     */
    async settle(actor: Actor, id: TopicId, as: Settlement, seen?: Seen): Promise<Topic> {
      requirePermission(actor, 'session:edit');
      if (typeof as === 'string') return forActor(actor, await settleAs(actor, id, as, seen));
      const settled =
        as.occurrenceId === null
          ? settleAs(actor, id, 'proposed', seen)
          : plan(actor, id, as.occurrenceId, seen);
      return forActor(actor, await settled);
    },

    /** The items, then the topics planned for it that are not among them (each under the topic's id). */
    async agenda(actor: Actor, id: OccurrenceId): Promise<readonly AgendaItem[]> {
      requirePermission(actor, 'session:see');
      const found = await findOccurrence(deps, id);
      return [...writtenAgenda(found), ...(await plannedItems(found))];
    },

    /**
     * `seen` has the `items` before; two changes are put together item by item, and in each by language. A planned topic
     * that was seen and is not among the items goes back to the proposals; one that was not seen is still at the end.
     * @throws AppError `input.invalid`, `edit.conflict`.
     */
    async setAgenda(actor: Actor, id: OccurrenceId, input: unknown, seen?: Seen): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:edit');
      const mine = parse(agendaInput, { items: withIds(input) });
      return changeOccurrence(deps, id, actionContextOf(deps, actor), async (found) => {
        const planned = seen === undefined ? [] : await plannedItems(found);
        const current = { items: [...writtenAgenda(found), ...planned] };
        const { items: merged } = parse(agendaInput, mergedWith(seen, mine, current));
        // What was put on the agenda meanwhile stays a planned topic.
        const isNew = (item: AgendaItem): boolean =>
          planned.some((each) => each.id === item.id) && !mine.items.some((each) => each.id === item.id);
        const items = merged.filter((item) => !isNew(item));
        const isChanged = JSON.stringify(writtenAgenda(found)) !== JSON.stringify(items);
        const off = await takenAway(found, seen, items);
        if (!isChanged && off.length === 0) return undefined;
        const record = off.reduce((before, { value }) => withoutTopic(before, value.id), recordOf(found));
        return {
          record: isChanged ? { ...record, agenda: items } : record,
          event: { action: 'agenda' },
          // An undo would bring back the record alone, and not the state of the topics.
          canUndo: off.length === 0,
          changes: off.flatMap((topic) =>
            topics.putTopic(topic, { ...topic.value, state: proposedBy(actor) }),
          ),
        };
      });
    },

    ...questionOperations(deps),
    ownSlots: ownSlotQuery(deps),
  };
}

export type TopicService = ReturnType<typeof topicService>;
