import { get, json, type Route } from '../http/route.js';
import type { Module } from '../module.js';
import type { Person } from '../people/person.js';
import type { WaitingIndex } from '../platform/waiting-index.js';
import type { OverviewAnswer } from '../shared/answers/overview.js';

export interface OverviewDeps {
  readonly modules: readonly Module[];
  readonly index: Pick<WaitingIndex, 'read'>;
}

/** What waits for a person, of that which they may see: the lines of all modules, read from the index at once. */
export async function overviewOf({ modules, index }: OverviewDeps, person: Person): Promise<OverviewAnswer> {
  const indexed = await index.read();
  const waiting = modules.flatMap((module) => module.waiting ?? []);
  const lines = await Promise.all(waiting.map((each) => each.lines(person, indexed)));
  const answer: unknown = Object.fromEntries(lines.flat().map(({ name, value }) => [name, value]));
  return answer as OverviewAnswer;
}

export function overviewRoutes(deps: OverviewDeps): Route[] {
  return [get('/api/overview', 'programme:see', async ({ person }) => json(await overviewOf(deps, person)))];
}
