/** A place in the tab, kept in the address after `#`, so that a reload and a link keep it: `#/news/4f2a?state=accepted`. */
export interface Route {
  /** `['news', '4f2a']` */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The place that an address means; an empty one is the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/**
 * An address of the server, such as `/api/session`, as the page asks for it: each programme has its own page, and all of its
 * addresses under that.
 */
export const underPage = (path: string): string => `.${path}`;

/**
 * The place that a deep link names: in a further programme it begins with `p/<name>/`, and `page` is where that has its own.
 * A name is as `people/programmes` wants it; what is none belongs to no page.
 */
export function linkedPlace(subPage: string): { readonly page?: string; readonly place: string } {
  const [, name, place = ''] = /^p\/([a-z][a-z0-9-]{1,28}[a-z0-9])(?:\/(.*))?$/.exec(subPage) ?? [];
  return name === undefined ? { place: subPage } : { page: `/p/${name}/`, place };
}

/** The address of a place, for links; values that are empty are left out. */
export function href(
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}
