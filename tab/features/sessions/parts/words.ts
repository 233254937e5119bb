import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { useProjectName, useText } from '../../../shared/context.js';

/** What is said of an occurrence in lists: its name, who presents, and what about. */
export interface OccurrenceWords {
  readonly name: string;
  /** "Elma", "Proposed: Elma" or "Nobody yet"; undefined where the series has no turns and no speaker is known. */
  readonly presenter: string | undefined;
  readonly topic: string | undefined;
}

export function useOccurrenceWords(): (line: OccurrenceLine) => OccurrenceWords {
  const { t, language } = useText();
  const projectName = useProjectName();
  return ({ names, slot, talk, state }) => {
    let presenter = talk?.presenter;
    if (slot?.how === 'nobody') presenter = state.status === 'held' ? undefined : t('sessions.turn.nobody');
    else if (slot?.how === 'proposed') {
      presenter = t('sessions.turn.proposed', { project: projectName(slot.projectId) });
    } else if (slot !== undefined) {
      const project = projectName(slot.projectId);
      presenter = talk === undefined ? project : `${project}, ${talk.presenter}`;
    }
    return { name: names[language], presenter, topic: talk?.topic };
  };
}
