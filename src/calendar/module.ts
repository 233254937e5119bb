import { get, json } from '../http/route.js';
import type { Module } from '../module.js';
import { calendarOf, type CalendarDeps } from './calendar.js';

/** What the editorial calendar registers; what is in it is the other features'. */
export function calendarModule(deps: CalendarDeps) {
  return {
    // Each source asks for the permission of its own.
    routes: [
      get('/api/calendar', 'programme:see', async ({ person, query }) =>
        json(await calendarOf(deps, person, query)),
      ),
    ],
  } satisfies Module;
}
