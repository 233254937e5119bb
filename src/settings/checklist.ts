import type { Person, StoredProgramme } from '../people/person.js';
import type { ChecklistAnswer, ChecklistStep, CheckLine, StepId } from '../shared/answers/set-up.js';

/** What the checklist is made of: facts, read when it is asked for. */
export interface Facts {
  readonly programme: StoredProgramme;
  readonly people: readonly Person[];
  readonly checks: readonly CheckLine[];
  readonly hasHelper: boolean;
  readonly hasSeries: boolean;
}

/**
 * What is set up and what is still missing. Nobody ticks anything: a step is done when it is so, and is missing again when it is
 * no longer so.
 */
export function checklistOf({ programme, people, checks, hasHelper, hasSeries }: Facts): ChecklistAnswer {
  const is = (id: StepId, isDone: boolean): ChecklistStep => ({ id, isDone });
  const outside = (id: StepId & CheckLine['id']): ChecklistStep => {
    const isDone = checks.some((check) => check.id === id && check.state !== 'missing');
    return { id, isDone, isInstallations: true };
  };
  const admins = people.filter(({ role }) => role === 'admin');
  const leaders = people.filter(({ role }) => role === 'admin' || role === 'coordinator');
  return {
    steps: [
      is(
        'names',
        Object.values(programme.names).every((name) => name !== ''),
      ),
      is(
        'projects',
        programme.projects.some(({ isArchived }) => isArchived !== true),
      ),
      is(
        'coordinator',
        people.some(({ role }) => role === 'coordinator'),
      ),
      is('secondAdmin', admins.length > 1),
      is(
        'bot',
        leaders.some(({ chat }) => chat !== undefined && chat.refusedAt === undefined),
      ),
      outside('intranet'),
      outside('organiser'),
      outside('mail'),
      is('helper', hasHelper),
      is('series', hasSeries),
      is('daysOff', (programme.closedDays ?? []).length > 0),
    ],
    isDismissed: programme.hasNoChecklist === true,
  };
}
