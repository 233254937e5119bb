import { useShell, useText } from '../../shared/context.js';
import { wallTimeOf, type WallTime } from '../../shared/dates.js';
import { movesOf } from './api.js';
import { closedFor, type Entry } from './entries.js';
import { useEntryText } from './entry-text.js';

const firstHour = '09:00';

/** What a move came to, for the toast: the words, and the way back where there is one. */
interface Moved {
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
}

/**
 * Moves an entry to another day, at the time of day that it has, by what its feature allows. What is moved can be taken
 * back; a session is asked about first, since people are notified.
 * @returns whether it was moved.
 */
export function useMoving(
  reload: () => void,
  today: string,
): (entry: Entry, date: string) => Promise<boolean> {
  const { api, ask, notify, warn, fail } = useShell();
  const { t, dates } = useText();
  const { titleOf } = useEntryText();
  const moves = movesOf(api);

  async function move(entry: Entry, to: WallTime): Promise<Moved | undefined> {
    const { title } = titleOf(entry);
    switch (entry.kind) {
      case 'release': {
        const { id, due, status } = entry.of;
        const seen = { due: status === 'scheduled' ? (due ?? null) : null };
        const { undo, clockChange, release } = await moves.release(id, to, seen);
        const when = 'due' in release.state ? dates.moment(release.state.due) : '';
        const said = t('calendar.moved', { title, when });
        return {
          text: clockChange === undefined ? said : `${said} ${t(`release.turn.${clockChange}`)}`,
          ...(undo !== undefined && { undo: () => moves.undoRelease(id, undo) }),
        };
      }
      case 'deadline': {
        const { id, deadline } = entry.of;
        const { undo } = await moves.deadline(id, to.date, { deadline });
        return {
          text: t('calendar.moved', { title, when: dates.plainDay(to.date) }),
          ...(undo !== undefined && { undo: () => moves.undoDeadline(id, undo) }),
        };
      }
      case 'session': {
        const { id, start, end } = entry.of;
        const text = t('calendar.session.text', {
          title,
          from: dates.moment(start),
          to: dates.plainDay(to.date),
          note: t('sessions.move.note'),
        });
        const question = { title: t('calendar.session.title'), text, verb: t('sessions.move.verb') };
        if ((await ask(question)) === undefined) return undefined;
        const { undo, clockChange, occurrence } = await moves.session(id, to, { start, end });
        const said = t('calendar.moved', { title, when: dates.moment(occurrence.start) });
        return {
          text: clockChange === undefined ? said : `${said} ${t(`sessions.turnClock.${clockChange}`)}`,
          ...(undo !== undefined && { undo: () => moves.undoSession(id, undo) }),
        };
      }
      case 'embargo':
        return undefined;
    }
  }

  return async (entry, date) => {
    if (entry.date === date) return false;
    const closed = closedFor(entry, date, today);
    if (closed !== undefined) {
      const earliest = entry.kind === 'release' ? (entry.of.earliestDate ?? '') : '';
      warn(t(`calendar.closed.${closed}`, { date: earliest === '' ? '' : dates.plainDay(earliest) }));
      return false;
    }
    const time = entry.at === undefined ? firstHour : wallTimeOf(entry.at).time;
    try {
      const moved = await move(entry, { date, time });
      if (moved === undefined) return false;
      const { undo } = moved;
      reload();
      notify(
        moved.text,
        undo &&
          (async () => {
            await undo();
            reload();
          }),
      );
      return true;
    } catch (error) {
      fail(error);
      reload();
      return false;
    }
  };
}
