import { t } from '../../i18n/messages.js';
import type { Language } from '../../shared/languages.js';
import { textLimits } from '../../content/text.js';
import { agreedProject } from '../occurrences/fair-order.js';
import type { Material, Occurrence } from '../occurrences/occurrence.js';
import type { NewsDraft } from './follow-up.js';

const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;

/** What was shown: the talk's own material, then the others, each address once. */
function materialsOf({ talk, record }: Occurrence, language: Language): Material[] {
  const own =
    talk?.material === undefined
      ? []
      : [{ title: t(language, 'session.draft.material'), url: talk.material }];
  const all = [...(record?.materials ?? []), ...own];
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

/** A link of Markdown, whatever its text holds. */
function linkOf({ title, url }: Material): string {
  const address = new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}

function bodyOf(occurrence: Occurrence, language: Language): string {
  const { talk, record } = occurrence;
  const materials = materialsOf(occurrence, language);
  const links = materials.map((material) => `- ${linkOf(material)}`);
  const recording = record?.recordingUrl;
  const paragraphs = [
    talk && t(language, 'session.draft.speaker', { speaker: talk.presenter }),
    record?.notes?.text,
    links.length > 0 ? `${t(language, 'session.draft.materials')}:\n\n${links.join('\n')}` : undefined,
    recording && linkOf({ title: t(language, 'session.draft.recording'), url: recording }),
  ];
  return paragraphs.filter((text) => text !== undefined && text !== '').join('\n\n');
}

/** What the form of a news item about a session is filled in with: of the talk, the notes and the materials. */
export function newsDraftOf(occurrence: Occurrence, language: Language): NewsDraft {
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
