import type { Actor } from '../../platform/actor.js';
import { say } from '../../i18n/messages.js';
import type { NewsId, OccurrenceId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import { requirePermission } from '../../people/permissions.js';
import { textLimits } from '../../content/text.js';
import { agreedProject } from '../occurrences/fair-order.js';
import type { Material, Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence } from '../occurrences/reading.js';
import type { FollowUpService } from './service.js';
import type { NewsDraft } from './follow-up.js';
import type { AfterwardsDeps } from './deps.js';

const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** What was shown: the talk's own material, then the others, each address once. */
function materialsOf({ talk, record }: Occurrence, language: Language): Material[] {
  const own =
    talk?.material === undefined
      ? []
      : [{ title: say(language, 'session.draft.material'), url: talk.material }];
  const all = [...(record?.materials ?? []), ...own];
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

/** A link of Markdown, whatever its words hold. */
function linkOf({ title, url }: Material): string {
  const address = new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}

function bodyOf(occurrence: Occurrence, language: Language): string {
  const { talk, record } = occurrence;
  const materials = materialsOf(occurrence, language);
  const links = materials.map((material) => `- ${linkOf(material)}`);
  const recording = record?.recordingUrl;
  const deps = [
    talk && say(language, 'session.draft.speaker', { speaker: talk.presenter }),
    record?.notes?.text,
    links.length > 0 ? `${say(language, 'session.draft.materials')}:\n\n${links.join('\n')}` : undefined,
    recording && linkOf({ title: say(language, 'session.draft.recording'), url: recording }),
  ];
  return deps.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** What a news form is filled in with; the worker goes on from there. */
export function draftOf(occurrence: Occurrence, language: Language): NewsDraft {
  const { talk, names, record } = occurrence;
  const projectId = agreedProject(occurrence);
  const link = record?.recordingUrl ?? materialsOf(occurrence, language)[0]?.url;
  return {
    ...(projectId !== undefined && { projectId }),
    language,
    title: shorten(talk?.topic ?? names[language], textLimits.title),
    body: shorten(bodyOf(occurrence, language), textLimits.body),
    ...(link !== undefined && { link }),
  };
}

type MakingNews = 'newsDraft' | 'newsOf' | 'linkNews';

/** From what was said to a news item, and back from the session to the items that were made of it. */
export function makingNews(deps: AfterwardsDeps): Pick<FollowUpService, MakingNews> {
  return {
    newsDraft: async (actor: Actor, id: OccurrenceId) => {
      requirePermission(actor, 'session:take');
      const { occurrence } = await findOccurrence(deps, id);
      const own = (await deps.people.find(actor.id))?.language ?? 'fi';
      return draftOf(occurrence, occurrence.talk?.language ?? own);
    },
    newsOf: async (actor: Actor, id: OccurrenceId) => {
      requirePermission(actor, 'session:see');
      return deps.followUp.news((await findOccurrence(deps, id)).occurrence.id);
    },
    linkNews: async (actor: Actor, id: OccurrenceId, newsId: NewsId) => {
      requirePermission(actor, 'session:take');
      const [{ occurrence }] = await Promise.all([findOccurrence(deps, id), deps.news.get(actor, newsId)]);
      const at = deps.clock.now().toString();
      await deps.outbox.commit([deps.followUp.putNews(occurrence.id, newsId, at)]);
    },
  };
}
