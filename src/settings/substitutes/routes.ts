import { get, json, post, type Call, type Route } from '../../http/route.js';
import type { SubstitutionService } from '../../people/substitutions.js';
import { statusOf, type Substitution } from '../../people/substitution.js';
import { today, type Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { PersonId } from '../../platform/ids.js';
import type {
  ShownSubstitution,
  SubstitutionAnswer,
  SubstitutionsAnswer,
} from '../../shared/answers/substitutes.js';
import { parseSubstitution } from './input.js';

interface Deps {
  readonly substitutions: Omit<SubstitutionService, 'doneInName'>;
  readonly clock: Clock;
}

/** Who acts for whom: one's own absence for everybody, others' for who manages people; the service decides which. */
export function substituteRoutes({ substitutions, clock }: Deps): Route[] {
  const shown = (substitution: Substitution): ShownSubstitution => ({
    ...substitution,
    status: statusOf(substitution, today(clock).toString()),
  });
  const answer = (substitution: Substitution) =>
    json({ substitution: shown(substitution) } satisfies SubstitutionAnswer);
  const which = ({ params }: Call): [PersonId, string] => {
    const { person = '', id = '' } = params;
    if (!/^[\w-]{1,64}$/.test(person)) throw new AppError('person.notFound', { id: person });
    return [person as PersonId, id];
  };
  return [
    get('/api/substitutes', 'programme:see', async ({ person }) => {
      const { mine, standsIn, all, people } = await substitutions.list(person);
      return json({
        mine: mine.map(shown),
        standsIn: standsIn.map(shown),
        ...(all && { all: all.map(shown) }),
        people,
      } satisfies SubstitutionsAnswer);
    }),
    post('/api/substitutes', 'programme:see', async ({ person, body }) =>
      answer(await substitutions.set(person, parseSubstitution(person, body, clock))),
    ),
    post('/api/substitutes/:person/:id/end', 'programme:see', async (call) =>
      answer(await substitutions.end(call.person, ...which(call))),
    ),
    post('/api/substitutes/:person/:id/restore', 'programme:see', async (call) =>
      answer(await substitutions.restore(call.person, ...which(call))),
    ),
  ];
}
