import type { Actor } from '../../platform/actor.js';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { deterministicId, freshId, type SeriesId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { changeFrom } from './change-from.js';
import { actionContextOf } from '../occurrences/change.js';
import { invitationMessages, planMessage } from '../occurrences/effects.js';
import type { SeriesDeps } from '../deps.js';
import { changeSeries, requireActive } from './series-changing.js';
import { parseEdit, parseNewSeries } from './series-input.js';
import type { RemindedChannel, Series, SeriesAudit } from './series.js';
import type { SeriesMoved, SeriesService } from '../service.js';
import { cutAfter, firstHits, invalid } from './timing.js';
import { undoSeries } from '../occurrences/undo.js';

const endSchema = z.strictObject({ last: isoDateSchema.optional() });
/** More channels than any programme reminds of one series. */
const maxChannels = 20;

async function create(deps: SeriesDeps, actor: Actor, input: unknown): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  const { at, by, dueAt } = actionContextOf(deps, actor);
  const programme = await deps.people.programme();
  const { formId, series: given } = parseNewSeries(input, programme, {
    at,
    today: today(deps.clock).toString(),
  });
  const id = deterministicId<SeriesId>('series', actor.id, formId);
  return whileConflicting(async () => {
    const standing = await deps.store.series(id);
    if (standing !== undefined) return { series: standing.value };
    const series: Series = { ...given, id, feedKey: freshId(), auditCount: 1 };
    const entry: SeriesAudit = { number: 1, at, by, event: { action: 'create' } };
    await deps.outbox.commit(deps.store.putSeries(undefined, series, [entry]), [
      ...invitationMessages(series, series.isOpenToContacts, dueAt),
      planMessage(id, ['series', '1'], dueAt),
    ]);
    return { series };
  });
}

async function edit(deps: SeriesDeps, actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  const programme = await deps.people.programme();
  return changeSeries(deps, id, actionContextOf(deps, actor), (series) => {
    requireActive(series);
    const after = parseEdit(input, series, programme);
    const isPausedAnew = !isDeepStrictEqual(after.pausedMonths, series.pausedMonths);
    if (isPausedAnew && firstHits(after, today(deps.clock).toString(), 1).length === 0)
      throw invalid({ field: 'pausedMonths', code: 'noDates' });
    return { series: after, event: { action: 'edit' }, canUndo: true };
  });
}

async function end(deps: SeriesDeps, actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  const present = today(deps.clock).toString();
  const { last = present } = parse(endSchema, input ?? {});
  if (last < present) throw invalid({ field: 'last', code: 'datePast' });
  const actionContext = actionContextOf(deps, actor);
  return changeSeries(deps, id, actionContext, (series) => {
    requireActive(series);
    const cut = { ...series, segments: cutAfter(series.segments, last) };
    const isOver = last === present || firstHits(cut, present, 1).length === 0;
    const is = isOver ? ({ status: 'ended', at: actionContext.at } as const) : series.state;
    return { series: { ...cut, state: is }, event: { action: 'end' }, canUndo: true };
  });
}

async function remindChannel(
  deps: SeriesDeps,
  actor: Actor,
  id: SeriesId,
  channel: RemindedChannel,
  isOn: boolean,
): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  return changeSeries(deps, id, actionContextOf(deps, actor), (series) => {
    requireActive(series);
    const { reminders } = series;
    const others = reminders.channels.filter(
      ({ chat }) => chat.conversationId !== channel.chat.conversationId,
    );
    if (isOn && others.length >= maxChannels)
      throw invalid({
        field: 'channel',
        code: 'tooMany',
        values: { length: others.length + 1, limit: maxChannels },
      });
    const channels = isOn ? [...others, channel] : others;
    const ways =
      isOn && !reminders.ways.includes('channel') ? [...reminders.ways, 'channel' as const] : reminders.ways;
    return {
      series: { ...series, reminders: { ...reminders, channels, ways } },
      event: { action: 'remindHere' },
      canUndo: true,
    };
  });
}

type Editing = 'create' | 'edit' | 'changeFrom' | 'end' | 'undo' | 'remindChannel';

/** What a coordinator does with a series. */
export function editing(deps: SeriesDeps): Pick<SeriesService, Editing> {
  return {
    create: (actor, input) => create(deps, actor, input),
    edit: (actor, id, input) => edit(deps, actor, id, input),
    changeFrom: (actor, id, input) => changeFrom(deps, actor, id, input),
    end: (actor, id, input) => end(deps, actor, id, input),
    undo: (actor, id, auditNumber) => undoSeries(deps, actor, id, auditNumber),
    remindChannel: (actor, id, channel, isOn) => remindChannel(deps, actor, id, channel, isOn),
  };
}
