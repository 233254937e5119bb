import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { get, json, overwrite, post, del, type Call, type Route } from '../../http/route.js';
import { AppError } from '../../platform/errors.js';
import { shownAddress } from '../../platform/mail-address.js';
import { pageSchema } from '../../platform/pages.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { momentOf, timeSchema } from '../../platform/wall-time.js';
import type {
  ImportAnswer,
  ImportListAnswer,
  ImportRowAnswer,
  ImportRowsAnswer,
  ImportView,
  WelcomePreviewAnswer,
} from '../../shared/answers/imports.js';
import { languages, type Language } from '../../shared/languages.js';
import type { CheckedRow, ContactImport, ImportId } from './import.js';
import type { ImportService } from './service.js';

function idOf({ params }: Call): ImportId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('import.notFound', { id });
  return id as ImportId;
}

function numberOf({ params }: Call, name: string): number {
  const text = params[name] ?? '';
  if (!/^\d{1,5}$/.test(text)) throw new AppError('import.notFound', { id: params.id });
  return Number(text);
}

const viewOf = ({ subscriptions, state, ...rest }: ContactImport): ImportView => ({
  ...rest,
  series: subscriptions,
  state,
});
const answerOf = (value: ContactImport): ImportAnswer => ({ import: viewOf(value) });
const rowOf = ({ address, isLeftOut, ...row }: CheckedRow): ImportRowAnswer['row'] => ({
  ...row,
  isLeftOut: isLeftOut === true,
  ...(address !== undefined && { address: shownAddress(address) }),
});

/**
 * How what is sent to somebody who is new in a subscription looks if it leaves at that moment; thrown errors say that there
 * is no such one.
 * @param at now unless given.
 */
export type WelcomePreview = (
  subscription: string,
  language: Language,
  at?: Temporal.Instant,
) => Promise<{ readonly subject: string; readonly html: string }>;

/** `date` and `time`: when it leaves, in Helsinki's time; now unless both are given. */
const previewSchema = z.strictObject({
  series: z.string().max(64),
  language: z.enum(languages),
  date: isoDateSchema.optional(),
  time: timeSchema.optional(),
});

/** Lists of people on their way to become contacts. */
export function importRoutes(imports: ImportService, preview: WelcomePreview): Route[] {
  const path = '/api/contacts/imports';
  const move = (name: string, act: (call: Call, id: ImportId) => Promise<ContactImport>): Route =>
    post(`${path}/:id/${name}`, 'contact:edit', async (call) => json(answerOf(await act(call, idOf(call)))));
  return [
    get(path, 'contact:edit', async ({ person, query }) => {
      const { lines, next } = await imports.list(person, parse(pageSchema, query).after);
      const answer: ImportListAnswer = { lines: lines.map(viewOf), ...(next !== undefined && { next }) };
      return json(answer);
    }),
    get(`${path}/planned`, 'contact:edit', async ({ person }) => {
      const lines = (await imports.planned(person)).map(viewOf);
      return json({ lines } satisfies ImportListAnswer);
    }),
    post(path, 'contact:edit', async ({ person, body }) => ({
      json: answerOf(await imports.create(person, body)),
      status: 201,
    })),
    get('/api/contacts/welcome-preview', 'contact:edit', async ({ query }) => {
      const { series, language, date, time } = parse(previewSchema, query);
      const at = date && time ? momentOf({ date, time }).instant : undefined;
      return json((await preview(series, language, at)) satisfies WelcomePreviewAnswer);
    }),
    get(`${path}/:id`, 'contact:edit', async (call) => {
      const [value, closedDays] = await Promise.all([
        imports.get(call.person, idOf(call)),
        imports.closedDays(call.person),
      ]);
      return json({ import: { ...viewOf(value), closedDays } } satisfies ImportAnswer);
    }),
    overwrite('put', `${path}/:id`, 'contact:edit', async (call) =>
      json(answerOf(await imports.edit(call.person, idOf(call), call.body, call.seen))),
    ),
    del(`${path}/:id`, 'contact:edit', async (call) => {
      await imports.discard(call.person, idOf(call));
      return json({});
    }),
    post(`${path}/:id/rows/:chunk`, 'contact:edit', async (call) => {
      await imports.addChunk(call.person, idOf(call), numberOf(call, 'chunk'), call.body);
      return json({});
    }),
    get(`${path}/:id/rows/:chunk`, 'contact:edit', async (call) => {
      const rows = await imports.rows(call.person, idOf(call), numberOf(call, 'chunk'));
      return json({ rows: rows.map(rowOf) } satisfies ImportRowsAnswer);
    }),
    overwrite('put', `${path}/:id/rows/:chunk/:row`, 'contact:edit', async (call) => {
      const place = { chunk: numberOf(call, 'chunk'), row: numberOf(call, 'row') };
      const row = await imports.editRow(call.person, idOf(call), place, call.body, call.seen);
      return json({ row: rowOf(row) } satisfies ImportRowAnswer);
    }),
    move('start', ({ person, body }, id) => imports.start(person, id, body)),
    move('undo', ({ person }, id) => imports.undo(person, id)),
    move('stop-send', ({ person }, id) => imports.stopSend(person, id)),
    move('send', ({ person, body }, id) => imports.reschedule(person, id, body)),
  ];
}
