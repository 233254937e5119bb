import type { Finding } from '../shared/answers/set-up.js';

/** A member of the tenant, as the directory has them. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly mail?: string;
}

/** Who is in the tenant's directory. */
export interface Directory {
  /** Whose names begin with what was typed, at most 20; or why that can't be known. */
  find(text: string): Promise<{ readonly people: readonly Listed[]; readonly hasMore: boolean } | Finding>;
}
