import { z } from 'zod';
import type { Directory } from '../../settings/directory.js';
import { findingOf } from './finding.js';
import type { GraphClient } from './graph-client.js';

const maxFound = 20;

const users = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullish(),
      mail: z.string().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/**
 * The tenant's members by the beginning of a word of their names
 * (https://learn.microsoft.com/graph/api/user-list, https://learn.microsoft.com/graph/search-query-parameter): `$search` wants
 * the header `ConsistencyLevel`, and `$count` where a `$filter` stands beside it. The page names `User.Read.All` as the least
 * permission of an application.
 */
export function graphDirectory(client: GraphClient): Directory {
  return {
    async find(text) {
      // Quotes end the phrase; a backslash escapes them, and nobody's name has either.
      const phrase = text.replaceAll(/["\\]/g, ' ').trim();
      try {
        const found = users.parse(
          await client.call(
            { directory: 'users' },
            {
              method: 'GET',
              path: '',
              query: {
                $search: `"displayName:${phrase}"`,
                $filter: "accountEnabled eq true and userType eq 'Member'",
                $select: 'id,displayName,mail',
                $top: String(maxFound),
                $count: 'true',
              },
              headers: { ConsistencyLevel: 'eventual' },
              patienceSeconds: 3,
              timeoutMs: 10_000,
            },
          ),
        );
        return {
          people: found.value.map(({ id, displayName, mail }) => ({
            id,
            name: displayName ?? id,
            ...(typeof mail === 'string' && { mail }),
          })),
          hasMore: found['@odata.nextLink'] !== undefined,
        };
      } catch (error) {
        return findingOf(error, { right: 'User.Read.All', missing: 'unknown', value: 'none' });
      }
    },
  };
}
