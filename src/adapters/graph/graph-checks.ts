import { z } from 'zod';
import type { Check } from '../../settings/check.js';
import type { Directory } from '../../settings/directory.js';
import { findingOf } from './finding.js';
import type { GraphClient } from './graph-client.js';
import type { GraphSettings } from './settings.js';

/** One attempt, soon given up: a person waits. */
const soon = { method: 'GET', patienceSeconds: 2, timeoutMs: 9_000 } as const;
const site = z.object({ displayName: z.string().nullish(), webUrl: z.string().nullish() });

/** Reads the site and its pages (https://learn.microsoft.com/graph/api/site-get, https://learn.microsoft.com/graph/api/sitepage-list). */
function siteCheck(client: GraphClient, siteId: string): Check {
  return {
    id: 'intranet',
    state: 'set',
    value: siteId,
    try: async () => {
      const owner = { siteId };
      try {
        const { displayName, webUrl } = site.parse(
          await client.call(owner, { ...soon, path: '', query: { $select: 'displayName,webUrl' } }),
        );
        await client.call(owner, {
          ...soon,
          path: '/pages/microsoft.graph.sitePage',
          query: { $top: '1', $select: 'id,name' },
        });
        return { result: 'works', code: 'siteRead', values: { name: displayName ?? webUrl ?? siteId } };
      } catch (error) {
        return findingOf(error, { right: 'Sites.Selected', missing: 'siteMissing', value: siteId });
      }
    },
  };
}

/** Reads the organiser's calendar (https://learn.microsoft.com/graph/api/user-list-events). */
function calendarCheck(client: GraphClient, organiser: string): Check {
  return {
    id: 'organiser',
    state: 'set',
    value: organiser,
    try: async () => {
      try {
        await client.call(organiser, { ...soon, path: '/events', query: { $top: '1', $select: 'id' } });
        return { result: 'works', code: 'calendarRead', values: { value: organiser } };
      } catch (error) {
        return findingOf(error, {
          right: 'Calendars.ReadWrite',
          missing: 'mailboxMissing',
          value: organiser,
        });
      }
    },
  };
}

/** Looks whoever tries it up (https://learn.microsoft.com/graph/api/user-list). */
function directoryCheck(directory: Directory): Check {
  return {
    id: 'directory',
    state: 'set',
    try: async ({ person: { id, name } }) => {
      const found = await directory.find(name);
      if (!('people' in found)) return found;
      return found.people.some((each) => each.id.toLowerCase() === id)
        ? { result: 'works', code: 'personFound', values: { name } }
        : { result: 'works', code: 'personNotFound', values: { name } };
    },
  };
}

/** What of Graph can be tried, as far as it is set. */
export function graphChecks(
  client: GraphClient,
  { organiser, siteId }: Pick<GraphSettings, 'organiser' | 'siteId'>,
  directory: Directory,
): readonly Check[] {
  return [
    ...(siteId === undefined ? [] : [siteCheck(client, siteId)]),
    ...(organiser === undefined ? [] : [calendarCheck(client, organiser)]),
    directoryCheck(directory),
  ];
}
