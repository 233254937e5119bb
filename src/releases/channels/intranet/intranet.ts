import type { ProjectId, ReleaseId } from '../../../platform/ids.js';
import { publicLanguages, type PublicLanguage } from '../../../shared/languages.js';
import type { TextContent } from '../../../content/text.js';
import type { Channel, PublishOutcome } from '../channel.js';

/** What of a release is published on an intranet: its text in each language in which it was approved. */
export interface IntranetPost {
  readonly releaseId: ReleaseId;
  readonly projectId?: ProjectId;
  readonly texts: Partial<Record<PublicLanguage, TextContent>>;
}

/** An intranet, whichever it is. It knows its pages by release and language: publishing again changes only texts that are new. */
export interface IntranetSite {
  publish(post: IntranetPost): Promise<PublishOutcome>;
}

/** Releases on the intranet: a page in each language. */
export function intranetChannel(site: IntranetSite): Channel {
  return {
    id: 'intranet',
    publish: async ({ id, projectId, texts, state }) => {
      const approved = 'approval' in state ? state.approval.revisions : {};
      const published = Object.fromEntries(
        publicLanguages.flatMap((language): [PublicLanguage, TextContent][] => {
          const text = texts[language];
          if (text === undefined || approved[language] === undefined) return [];
          return [[language, { title: text.title, lead: text.lead, body: text.body }]];
        }),
      );
      return site.publish({ releaseId: id, ...(projectId !== undefined && { projectId }), texts: published });
    },
  };
}
