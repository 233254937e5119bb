import { Refusal } from './refusal.js';

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly userType?: 'Guest';
}

/** The users of the tenant, as Graph searches them (https://learn.microsoft.com/graph/search-query-parameter). */
export class Users {
  readonly all: User[] = [];
  /** Whether the application was given the permission to read them. */
  grants = true;

  /**
   * Those of whom a word of the name begins with what is looked for, guests left out where the filter says so.
   * @param level the header `ConsistencyLevel`
   */
  search(query: URLSearchParams, level: string, url: string): { readonly value: object[] } {
    if (!this.grants) throw new Refusal(403, 'Authorization_RequestDenied');
    if (level !== 'eventual' || query.get('$count') !== 'true')
      throw new Refusal(400, 'Request_UnsupportedQuery');
    const [, text] = /^"displayName:([^"\\]*)"$/.exec(query.get('$search') ?? '') ?? [];
    if (text === undefined || query.get('$filter') !== "accountEnabled eq true and userType eq 'Member'")
      throw new Refusal(400, 'BadRequest');
    const wanted = text.toLowerCase().split(' ').filter(Boolean);
    const found = this.all.filter(({ displayName, userType }) => {
      const words = displayName.toLowerCase().split(/[\s-]+/);
      return userType !== 'Guest' && wanted.every((part) => words.some((word) => word.startsWith(part)));
    });
    const top = Number(query.get('$top') ?? 100);
    const value = found.slice(0, top).map(({ id, displayName, mail }) => ({ id, displayName, mail }));
    return { value, ...(found.length > top && { '@odata.nextLink': `${url}/users?$skiptoken=x` }) };
  }
}
