import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { deterministicId, freshId, type SeriesId } from '../../platform/ids.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { changeFrom } from './change-from.js';
import { occasionOf } from '../occurrences/change.js';
import { invitationMessages, planMessage } from '../occurrences/effects.js';
import type { SeriesParts } from '../deps.js';
import { changeSeries, demandActive } from './series-changing.js';
import { parseEdit, parseNewSeries } from './series-input.js';
import type { RemindedChannel, Series, SeriesAudit } from './series.js';
import type { SeriesMoved, SeriesService } from '../service.js';
import { cutAfter, firstHits, invalid } from './timing.js';
import { undoSeries } from '../occurrences/undo.js';

const endSchema = z.strictObject({ last: isoDateSchema.optional() });
/** More channels than any programme reminds of one series. */
const mostChannels = 20;

async function create(parts: SeriesParts, actor: Actor, input: unknown): Promise<SeriesMoved> {
  demand(actor, 'session:edit');
  const { at, by, dueAt } = occasionOf(parts, actor);
  const programme = await parts.people.programme();
  const { formId, series: given } = parseNewSeries(input, programme, {
    at,
    today: today(parts.clock).toString(),
  });
  const id = deterministicId<SeriesId>('series', actor.id, formId);
  return whileConflicting(async () => {
    const standing = await parts.store.series(id);
    if (standing !== undefined) return { series: standing.value };
    const series: Series = { ...given, id, feedKey: freshId(), auditCount: 1 };
    const entry: SeriesAudit = { number: 1, at, by, did: { action: 'create' } };
    await parts.outbox.commit(parts.store.putSeries(undefined, series, [entry]), [
      ...invitationMessages(series, series.isOpenToContacts, dueAt),
      planMessage(id, ['series', '1'], dueAt),
    ]);
    return { series };
  });
}

async function edit(parts: SeriesParts, actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved> {
  demand(actor, 'session:edit');
  const programme = await parts.people.programme();
  return changeSeries(parts, id, occasionOf(parts, actor), (series) => {
    demandActive(series);
    const after = parseEdit(input, series, programme);
    const isPausedAnew = !isDeepStrictEqual(after.pausedMonths, series.pausedMonths);
    if (isPausedAnew && firstHits(after, today(parts.clock).toString(), 1).length === 0)
      throw invalid({ field: 'pausedMonths', code: 'noDates' });
    return { series: after, did: { action: 'edit' }, canUndo: true };
  });
}

async function end(parts: SeriesParts, actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved> {
  demand(actor, 'session:edit');
  const present = today(parts.clock).toString();
  const { last = present } = parse(endSchema, input ?? {});
  if (last < present) throw invalid({ field: 'last', code: 'datePast' });
  const occasion = occasionOf(parts, actor);
  return changeSeries(parts, id, occasion, (series) => {
    demandActive(series);
    const cut = { ...series, segments: cutAfter(series.segments, last) };
    const isOver = last === present || firstHits(cut, present, 1).length === 0;
    const is = isOver ? ({ state: 'ended', at: occasion.at } as const) : series.is;
    return { series: { ...cut, is }, did: { action: 'end' }, canUndo: true };
  });
}

async function remindChannel(
  parts: SeriesParts,
  actor: Actor,
  id: SeriesId,
  channel: RemindedChannel,
  isOn: boolean,
): Promise<SeriesMoved> {
  demand(actor, 'session:edit');
  return changeSeries(parts, id, occasionOf(parts, actor), (series) => {
    demandActive(series);
    const { reminders } = series;
    const others = reminders.channels.filter(
      ({ chat }) => chat.conversationId !== channel.chat.conversationId,
    );
    if (isOn && others.length >= mostChannels)
      throw invalid({
        field: 'channel',
        code: 'tooMany',
        values: { length: others.length + 1, limit: mostChannels },
      });
    const channels = isOn ? [...others, channel] : others;
    const ways =
      isOn && !reminders.ways.includes('channel') ? [...reminders.ways, 'channel' as const] : reminders.ways;
    return {
      series: { ...series, reminders: { ...reminders, channels, ways } },
      did: { action: 'remindHere' },
      canUndo: true,
    };
  });
}

type Editing = 'create' | 'edit' | 'changeFrom' | 'end' | 'undo' | 'remindChannel';

/** What a coordinator does with a series. */
export function editing(parts: SeriesParts): Pick<SeriesService, Editing> {
  return {
    create: (actor, input) => create(parts, actor, input),
    edit: (actor, id, input) => edit(parts, actor, id, input),
    changeFrom: (actor, id, input) => changeFrom(parts, actor, id, input),
    end: (actor, id, input) => end(parts, actor, id, input),
    undo: (actor, id, auditNumber) => undoSeries(parts, actor, id, auditNumber),
    remindChannel: (actor, id, channel, isOn) => remindChannel(parts, actor, id, channel, isOn),
  };
}
