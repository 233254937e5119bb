import { Temporal } from 'temporal-polyfill';
import { requirePermission } from '../../people/permissions.js';
import { refOf, type Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import { retentionDays } from '../../platform/retention.js';
import { mergedWith, requireSeen, type Seen } from '../../platform/seen.js';
import { momentOf } from '../../platform/wall-time.js';
import { checkRows } from './checking.js';
import {
  applyMove,
  noCounts,
  requireMove,
  type CheckedRow,
  type ContactImport,
  type ImportId,
  type ImportSend,
  type ImportSettings,
} from './import.js';
import { chunkInput, newImportInput, rowInput, settingsInput, startInput } from './input.js';
import { importDelivery, importMessage, later, welcomer, type ImportDeps } from './running.js';

/** Longer ahead nobody knows any more what was meant. */
const maxDaysAhead = 60;
/** Among so many pages of imports, newest first, those are looked for of which something is still to leave. */
const maxPagesOfPlanned = 10;

export type ImportService = ReturnType<typeof importService>;

/** The settings as a GET answers them and their form sends them. */
function shownSettings({ name, columns, language, organisation, subscriptions, consent }: ImportSettings) {
  return {
    name,
    columns,
    language: language ?? null,
    organisation: organisation ?? null,
    series: subscriptions,
    consent,
  };
}

/**
 * Lists of people that become contacts: a draft with its rows, which a coordinator puts right, then contacts, and one
 * fan-out to those who are new in something. `contact:edit`; all throw AppError `import.notFound`, `import.moveNotAllowed`.
 */
export function importService(deps: ImportDeps) {
  const { imports, addresses, subscriptions: kinds, outbox, clock } = deps;
  const welcome = welcomer(deps);
  const now = (): string => clock.now().toString();

  const knownIds = async (): Promise<string[]> =>
    (await Promise.all(kinds.map((kind) => kind.all()))).flat().map(({ id }) => id);

  async function find(id: ImportId): Promise<Versioned<ContactImport>> {
    const found = await imports.find(id);
    if (found === undefined) throw new AppError('import.notFound', { id });
    return found;
  }

  function change(
    id: ImportId,
    decide: (before: ContactImport) => Promise<ContactImport> | ContactImport,
    more: readonly Change[] = [],
  ): Promise<ContactImport> {
    return whileConflicting(async () => {
      const before = await find(id);
      const after = await decide(before.value);
      await outbox.commit([...imports.put(before, after), ...more]);
      return after;
    });
  }

  /** When what an import sends is to leave; at least the time for an undo away. */
  function sendAtOf(input: unknown): string {
    const { sendAt } = startInput(input);
    if (sendAt === null) return now();
    const { instant } = momentOf(sendAt);
    const isPast = Temporal.Instant.compare(instant, clock.now()) <= 0;
    const isFar = Temporal.Instant.compare(instant, clock.now().add({ hours: 24 * maxDaysAhead })) > 0;
    if (isPast || isFar) {
      const code = isPast ? 'datePast' : 'dateTooFar';
      throw new AppError('input.invalid', { fields: [{ field: 'sendAt.date', code }] });
    }
    return instant.toString();
  }

  /** The changes that call what was to be sent back. @throws AppError `import.left`. */
  async function callBack({ id }: ContactImport, send: ImportSend | undefined): Promise<Change[]> {
    try {
      return (await Promise.all((send?.messages ?? []).map((message) => outbox.cancel(message)))).flat();
    } catch (error) {
      if (isAppError(error, 'outbox.tooLate')) throw new AppError('import.left', { id });
      throw error;
    }
  }

  return {
    /** Newest first, 20 a page. */
    async list(actor: Actor, after?: string): Promise<Page<ContactImport>> {
      requirePermission(actor, 'contact:edit');
      return imports.list(after);
    },

    /** Those whose invitations are still to leave, the first to leave first. */
    async planned(actor: Actor): Promise<readonly ContactImport[]> {
      requirePermission(actor, 'contact:edit');
      const all: ContactImport[] = [];
      let after: string | undefined;
      for (let page = 0; page < maxPagesOfPlanned; page += 1) {
        const { lines, next } = await imports.list(after);
        all.push(...lines);
        after = next;
        if (next === undefined) break;
      }
      const leavesAt = ({ state }: ContactImport): number => {
        const send = state.status === 'done' ? state.send : undefined;
        return send === undefined || send.isStopped === true ? 0 : Date.parse(send.dueAt);
      };
      return all
        .filter((each) => leavesAt(each) > clock.now().epochMilliseconds)
        .sort((one, other) => leavesAt(one) - leavesAt(other));
    },

    async get(actor: Actor, id: ImportId): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      return (await find(id)).value;
    },

    /** The ISO dates, from today on as far as a send can be put off, on which nobody is at work although it is no weekend. */
    async closedDays(actor: Actor): Promise<readonly string[]> {
      requirePermission(actor, 'contact:edit');
      const day = today(clock);
      const last = day.add({ days: maxDaysAhead }).toString();
      return [...(await deps.holidays.closedBetween(day.toString(), last))].sort();
    },

    /**
     * A draft, `{ formId, name, columns, header?, language?, organisation?, series, consent, sizes }`, whose chunks of rows
     * follow; the same form is the same draft. It is erased with its rows where it is not started within 14 days.
     * @throws AppError `input.invalid`, `text.personalData`.
     */
    async create(actor: Actor, input: unknown): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      const { formId, header, sizes, settings } = newImportInput(input, await knownIds());
      const id = deterministicId<ImportId>('contactImport', actor.id, formId);
      const made: ContactImport = {
        ...settings,
        id,
        ...(header && { header }),
        sizes,
        createdAt: now(),
        by: refOf(actor),
        state: { status: 'draft' },
      };
      try {
        const forget = importMessage(id, 'forget', later(made.createdAt, retentionDays.importRows));
        await outbox.commit(imports.put(undefined, made), [forget]);
        return made;
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        return (await find(id)).value;
      }
    },

    /** Stores a chunk of the rows of a draft, `{ rows }`; one that is stored already stays as it is. */
    async addChunk(actor: Actor, id: ImportId, chunk: number, input: unknown): Promise<void> {
      requirePermission(actor, 'contact:edit');
      const rows = chunkInput(input);
      const { value } = await find(id);
      requireMove(value, 'change');
      if (rows.length !== value.sizes[chunk])
        throw new AppError('input.invalid', { fields: [{ field: 'rows', code: 'notInRange' }] });
      const first = value.sizes.slice(0, chunk).reduce((sum, size) => sum + size, 0);
      const numbered = rows.map((cells, index) => ({ row: first + index, cells }));
      await imports.insertChunk(id, chunk, numbered).catch((error: unknown) => {
        if (!isAppError(error, 'storage.conflict')) throw error;
      });
    },

    /**
     * A chunk of rows, and what becomes of each when it is imported now; of an import that has run, what was left out.
     * Reads two rows for each address.
     */
    async rows(actor: Actor, id: ImportId, chunk: number): Promise<readonly CheckedRow[]> {
      requirePermission(actor, 'contact:edit');
      const [{ value }, found] = await Promise.all([find(id), imports.chunk(id, chunk)]);
      return found === undefined ? [] : checkRows(addresses, value, found.value.rows);
    },

    /** Changes one row of a draft, `{ cells, isLeftOut }`, both as a GET answers them. @throws AppError `edit.conflict`. */
    async editRow(
      actor: Actor,
      id: ImportId,
      { chunk, row }: { readonly chunk: number; readonly row: number },
      input: unknown,
      seen?: Seen,
    ): Promise<CheckedRow> {
      requirePermission(actor, 'contact:edit');
      const wanted = rowInput(input);
      return whileConflicting(async () => {
        const [{ value }, found] = await Promise.all([find(id), imports.chunk(id, chunk)]);
        requireMove(value, 'change');
        const before = found?.value.rows.find((each) => each.row === row);
        if (found === undefined || before === undefined) throw new AppError('import.notFound', { id });
        requireSeen(seen, wanted, { cells: before.cells, isLeftOut: before.isLeftOut === true });
        const after = { row, cells: wanted.cells, ...(wanted.isLeftOut && { isLeftOut: true as const }) };
        const rows = found.value.rows.map((each) => (each.row === row ? after : each));
        await imports.replaceChunk(id, chunk, found, rows);
        const [checked] = await checkRows(addresses, value, [after]);
        if (checked === undefined) throw new AppError('import.notFound', { id });
        return checked;
      });
    },

    /** Changes what the rows of a draft have in common; merged over what another coordinator changed. */
    async edit(actor: Actor, id: ImportId, input: unknown, seen?: Seen): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      const known = await knownIds();
      return change(id, (before) => {
        requireMove(before, 'change');
        const offered = [...known, ...before.subscriptions];
        const sent = settingsInput(input, offered);
        const read =
          seen === undefined
            ? sent
            : settingsInput(mergedWith(seen, shownSettings(sent), shownSettings(before)), offered);
        const { language: _language, organisation: _organisation, ...rest } = before;
        return { ...rest, ...read };
      });
    },

    /** Takes a draft away with its rows. */
    async discard(actor: Actor, id: ImportId): Promise<void> {
      requirePermission(actor, 'contact:edit');
      await whileConflicting(async () => {
        const before = await find(id);
        requireMove(before.value, 'change');
        await outbox.commit(imports.remove(before));
      });
      await imports.eraseRows(id);
    },

    /**
     * Lets a draft run, `{ sendAt: { date, time } | null }`: rows with faults are left out. `sendAt`: what is sent leaves
     * then, in Helsinki's time, or when the time for an undo is over.
     * @throws AppError `import.incomplete` where chunks of its rows are missing; `input.invalid` at `sendAt.date`.
     */
    async start(actor: Actor, id: ImportId, input: unknown): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      const sendAt = sendAtOf(input);
      const { value } = await find(id);
      requireMove(value, 'start');
      if ((await imports.countChunks(id, value.sizes.length + 1)) < value.sizes.length)
        throw new AppError('import.incomplete', { id });
      return whileConflicting(async () => {
        const before = await find(id);
        const begun = { at: now(), by: refOf(actor), sendAt, chunks: 0, counts: noCounts };
        const after = applyMove(before.value, 'start', { status: 'running', ...begun });
        await outbox.commit(imports.put(before, after), [importMessage(id, 'run', now())]);
        return after;
      });
    },

    /**
     * Takes an import back while what it sends has not left: contacts that it added are removed, others get back what they
     * were. What reached their calendars meanwhile by another way, such as the publishing of a draft, is taken out again. Who
     * has agreed anew since stays, with what they signed up for.
     * @throws AppError `import.left`, `undo.tooOld`.
     */
    async undo(actor: Actor, id: ImportId): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      return whileConflicting(async () => {
        const before = await find(id);
        const { state } = before.value;
        requireMove(before.value, 'undo');
        if (state.status !== 'done') throw new AppError('import.moveNotAllowed', { id, state: state.status });
        if (before.value.forgottenAt !== undefined) throw new AppError('undo.tooOld', { id });
        const changes = await callBack(before.value, state.send);
        const after = applyMove(before.value, 'undo', {
          ...state,
          status: 'undoing',
          undoneBy: refOf(actor),
          undone: 0,
        });
        await outbox.commit([...imports.put(before, after), ...changes], [importMessage(id, 'undo', now())]);
        return after;
      });
    },

    /**
     * Stops what an import is to send before it leaves; the contacts stay, and are sent nothing of what it would have brought
     * until somebody sends it. @throws AppError `import.left`.
     */
    async stopSend(actor: Actor, id: ImportId): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      return whileConflicting(async () => {
        const before = await find(id);
        const { state } = before.value;
        requireMove(before.value, 'reschedule');
        if (state.status !== 'done' || state.send === undefined)
          throw new AppError('import.moveNotAllowed', { id, state: state.status });
        const changes = await callBack(before.value, state.send);
        const send = { ...state.send, isStopped: true } as const;
        const after = applyMove(before.value, 'reschedule', { ...state, send });
        const hold = imports.holds.put({ id, since: state.sendAt });
        await outbox.commit([...imports.put(before, after), ...changes, hold]);
        return after;
      });
    },

    /**
     * Sends what was stopped, or at another time, `{ sendAt: { date, time } | null }`, while it has not left.
     * @throws AppError `import.left`; `input.invalid` at `sendAt.date`.
     */
    async reschedule(actor: Actor, id: ImportId, input: unknown): Promise<ContactImport> {
      requirePermission(actor, 'contact:edit');
      const sendAt = sendAtOf(input);
      const { forgottenAt, state: current } = await this.get(actor, id);
      const isStopped = current.status === 'done' && current.send?.isStopped === true;
      if (forgottenAt !== undefined && !isStopped) throw new AppError('undo.tooOld', { id });
      await this.stopSend(actor, id);
      return whileConflicting(async () => {
        const before = await find(id);
        const { state } = before.value;
        if (state.status !== 'done') throw new AppError('import.moveNotAllowed', { id, state: state.status });
        const { send, changes, messages } = await welcome(before.value, { at: state.at, sendAt });
        const { send: _send, ...rest } = state;
        const after = applyMove(before.value, 'reschedule', { ...rest, ...(send && { send }) });
        const found = await imports.holds.find(id);
        const hold = send
          ? [imports.holds.put({ id, since: state.sendAt, until: send.dueAt })]
          : found
            ? [imports.holds.remove(found)]
            : [];
        await outbox.commit([...imports.put(before, after), ...changes, ...hold], messages);
        return after;
      });
    },

    delivery: importDelivery(deps),
  };
}
