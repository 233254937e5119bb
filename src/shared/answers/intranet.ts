import type { ProjectId, ReleaseId } from '../../platform/ids.js';
import type { PublicLanguage } from '../languages.js';

/** The addresses of the feeds in one language. */
export interface FeedAddresses {
  readonly language: PublicLanguage;
  readonly atom: string;
  readonly json: string;
}

/** Answer of GET /api/intranet and of POST /api/intranet/feed-key: where releases are read. */
export type IntranetAnswer =
  | {
      readonly at: 'here';
      readonly feeds: readonly FeedAddresses[];
      /** Since when the addresses of the feeds hold, and who renewed them; absent where they are open to anybody. */
      readonly key?: { readonly since: string; readonly renewedBy?: string };
    }
  /** On the county's own intranet. */
  | { readonly at: 'elsewhere'; readonly url: string };

/** A release in the list of the intranet. Times are ISO instants. */
export interface IntranetLine {
  readonly id: ReleaseId;
  readonly title: string;
  readonly lead: string;
  readonly projectId?: ProjectId;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** Answer of GET /api/intranet/:language: newest first, 20 a page. */
export interface IntranetListAnswer {
  readonly lines: readonly IntranetLine[];
  readonly next?: string;
}

/** Answer of GET /api/intranet/:language/:id. */
export interface IntranetPageAnswer {
  /** Absent where there is none in this language, or none any more. */
  readonly page?: IntranetLine & {
    /** Made of Markdown by us: no markup of its writer's. Headings begin at level 3. */
    readonly html: string;
    readonly contact: string;
    /** Newest first. */
    readonly corrections: readonly {
      readonly at: string;
      readonly note: string;
      readonly language: PublicLanguage;
    }[];
  };
  readonly takenDownAt?: string;
  /** Its title in the other language, where it can be read in that. */
  readonly other?: string;
}
