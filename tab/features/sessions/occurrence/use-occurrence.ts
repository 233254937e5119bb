import { useEffect, useRef } from 'react';
import type { AgendaAnswer, OccurrenceAnswer } from '../../../../src/shared/answers/sessions.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { isConflict } from '../../../shared/use-seen.js';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { occurrenceApi, type OccurrenceApi } from '../api.js';

/** An occurrence on view, and the one way to change it. */
export interface OccurrenceHere {
  readonly loaded: Loaded<OccurrenceAnswer>;
  /** Its agenda with the topics that are planned for it, which changes with both. */
  readonly agenda: Loaded<AgendaAnswer>;
  readonly api: OccurrenceApi;
  readonly reload: () => void;
  readonly show: (answer: OccurrenceAnswer) => void;
  /** Makes a change, shows what came of it and says so with an undo. What goes wrong is thrown. */
  readonly make: <Answer extends OccurrenceAnswer>(
    change: () => Promise<Answer>,
    said: string | ((answer: Answer) => string),
  ) => Promise<void>;
  /** The same where nobody waits for the outcome: what goes wrong is said. */
  readonly change: (change: () => Promise<OccurrenceAnswer>, said: string) => Promise<void>;
}

/** What each dialog about an occurrence is given. */
export interface OccurrenceDialog {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function useOccurrence(id: string): OccurrenceHere {
  const { api: server, notify, fail } = useShell();
  const { t, language } = useText();
  const unsay = useRef<() => void>(undefined);
  useEffect(() => () => unsay.current?.(), [id]);
  const api = occurrenceApi(server, id);
  const loaded = useLoad(api.path, api.get);
  const { set: show, reload, refresh } = loaded;
  useFresh(refresh);
  const agenda = useLoad(api.agendaPath, api.agenda);
  useFresh(agenda.refresh);
  const make: OccurrenceHere['make'] = async (change, said) => {
    const answer = await change().catch((error: unknown) => {
      // What others changed is seen on the page, while the form keeps what was typed.
      if (isConflict(error)) refresh();
      throw error;
    });
    show(answer);
    const { undo, clockChange } = answer;
    const words = typeof said === 'string' ? said : said(answer);
    const clock = clockChange === undefined ? '' : ` ${t(`sessions.turnClock.${clockChange}`)}`;
    // On another page nobody would know of which session it speaks; there it is said no more.
    const text = t('sessions.done.of', { said: words, name: answer.occurrence.names[language] });
    unsay.current = notify(
      text + clock,
      undo === undefined ? undefined : async () => show(await api.undo(undo)),
    );
    keepFocus();
  };
  const change: OccurrenceHere['change'] = async (wanted, said) => {
    try {
      await make(wanted, said);
    } catch (error) {
      fail(error);
      refresh();
    }
  };
  return { loaded, agenda, api, reload, show, make, change };
}

/** Whether the session's presenters are of a project of one's own. */
export function useIsPresenter(): (occurrence: Occurrence) => boolean {
  const { session } = useShell();
  const may = useMay();
  return ({ slot }) =>
    may('session:take') &&
    slot !== undefined &&
    slot.how !== 'nobody' &&
    session.person.projects.includes(slot.projectId);
}
