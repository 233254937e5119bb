import { Temporal } from 'temporal-polyfill';
import { requirePermission } from '../../people/permissions.js';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { OccurrenceId, QuestionId } from '../../platform/ids.js';
import type { KeyedHash } from '../../platform/keyed-hash.js';
import type { Occurrence, OccurrenceLine } from '../occurrences/occurrence.js';
import { findOccurrence, lineOf, occurrencesOf, type ReadingDeps } from '../occurrences/reading.js';
import { isUpcoming } from '../occurrences/workflow.js';
import type { AgendaItem } from '../series/series.js';
import type { TopicService } from './service.js';

/** What is projected on a wall during a session; nothing that only some may see. */
export interface Wall {
  readonly occurrence: OccurrenceLine;
  /** ISO instant at which it was so. */
  readonly now: string;
  readonly items: readonly AgendaItem[];
  /** Those that nobody has answered, the ones with most votes first. */
  readonly questions: readonly { readonly id: QuestionId; readonly text: string; readonly votes: number }[];
  /** Where one joins; `address` is short enough to be copied from a wall, and is of use on the day alone. */
  readonly join?: { readonly url: string; readonly address: string };
}

interface WallDeps extends ReadingDeps {
  readonly topics: Pick<TopicService, 'agenda' | 'questions'>;
  readonly keyedHash: KeyedHash;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** Without what is mistaken for something else: `0` and `o`, `1`, `i` and `l`. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
const codeLength = 6;
/** A short address leads to its session from an hour before the start to the end, so that few of them hold at a time. */
const openBefore = { hours: 1 } as const;

/** Six letters of a hash that nobody can guess. @param hash hexadecimal */
function codeOf(hash: string): string {
  let rest = BigInt(`0x${hash}`);
  let code = '';
  while (code.length < codeLength) {
    code += letters[Number(rest % BigInt(letters.length))] ?? '';
    rest /= BigInt(letters.length);
  }
  return code;
}

/** The wall of a session, and the short address on it. */
export function wallService(deps: WallDeps) {
  const { store, clock, topics, keyedHash, publicUrl } = deps;

  const codeFor = async (id: OccurrenceId): Promise<string> => codeOf(await keyedHash('join', id));

  /** Those that are on, or begin within the hour. */
  async function joinable(): Promise<readonly Occurrence[]> {
    const day = today(clock);
    // One that began before midnight may still be running, one after it may be open already.
    const [from, to] = [day.subtract({ days: 1 }).toString(), day.add({ days: 1 }).toString()];
    const all = await store.allSeries();
    const found = await Promise.all(
      // Whose slot it is does not matter here, and takes long to find out.
      all.map(({ value: { rotation: _rotation, ...series } }) => occurrencesOf(deps, series, from, to)),
    );
    const now = clock.now();
    return found
      .flat()
      .filter(isUpcoming)
      .filter(
        ({ start }) => Temporal.Instant.compare(now, Temporal.Instant.from(start).subtract(openBefore)) >= 0,
      );
  }

  return {
    /** @throws AppError `occurrence.notFound`. */
    async wall(actor: Actor, id: OccurrenceId): Promise<Wall> {
      requirePermission(actor, 'session:see');
      const [{ occurrence }, items, questions] = await Promise.all([
        findOccurrence(deps, id),
        topics.agenda(actor, id),
        topics.questions(actor, id),
      ]);
      const { joinUrl } = occurrence;
      const address = `${publicUrl}/j/${await codeFor(occurrence.id)}`;
      return {
        occurrence: lineOf(occurrence),
        now: clock.now().toString(),
        items,
        questions: questions
          .filter(({ state }) => state.status === 'open')
          .map((question) => ({ id: question.id, text: question.text, votes: question.votes ?? 0 })),
        ...(joinUrl !== undefined && { join: { url: joinUrl, address } }),
      };
    },

    /** The session to which a short address leads now, in capitals or not; `undefined` for any other. */
    async joinedBy(code: string): Promise<Occurrence | undefined> {
      const wanted = code.toLowerCase();
      if (wanted.length !== codeLength) return undefined;
      const all = await joinable();
      const codes = await Promise.all(all.map(({ id }) => codeFor(id)));
      return all.find((_, index) => codes[index] === wanted);
    },
  };
}

export type WallService = ReturnType<typeof wallService>;
