import { isDeepStrictEqual } from 'node:util';
import { isSameText } from '../../content/text.js';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { ReleaseId } from '../../platform/ids.js';
import type { Publication, Site } from '../../releases/channels/channel.js';
import { otherLanguage, type PublicLanguage } from '../../shared/languages.js';
import { frameOf, type IntranetPage, releasePage } from './html.js';

/** What corrections say in a language; one that says nothing in it was of the other page. */
function correctionsIn(
  corrections: Publication['corrections'],
  language: PublicLanguage,
): NonNullable<IntranetPage['corrections']> {
  return corrections.flatMap(({ at, note: { [language]: note } }) =>
    note === undefined ? [] : [{ at, note, language }],
  );
}

/** A page of a publication in a language; `undefined` where it says nothing in that. */
export function pageOf(
  { releaseId, projectId, texts, contact, corrections }: Publication,
  language: PublicLanguage,
  now: string,
  before: IntranetPage | undefined,
): IntranetPage | undefined {
  const text = texts[language];
  if (text === undefined) return undefined;
  const page = {
    releaseId,
    language,
    ...text,
    ...(projectId !== undefined && { projectId }),
    contact,
    corrections: correctionsIn(corrections, language),
    publishedAt: before?.publishedAt ?? now,
    updatedAt: now,
  };
  // A note is news to readers, also where the text of this language is as it was; that a page was away for a while is none.
  const isSame =
    before !== undefined &&
    isSameText(before, text) &&
    isDeepStrictEqual(before.corrections ?? [], page.corrections);
  return isSame ? { ...page, updatedAt: before.updatedAt } : page;
}

interface PreviewDeps {
  readonly clock: Clock;
  readonly programme: () => Promise<Programme>;
  /** The pages as they are out; without it each is shown as a new one. */
  readonly pages?: (
    id: ReleaseId,
  ) => Promise<Partial<Record<PublicLanguage, { readonly page: IntranetPage }>>>;
}

/** The page as readers would get it; of another site its text, links and notes, in a frame of ours. */
export function previewOf({ clock, programme, pages }: PreviewDeps): Site['preview'] {
  return async (publication, language) => {
    const current = (await pages?.(publication.releaseId)) ?? {};
    const now = clock.now().toString();
    const [page, other] = [language, otherLanguage(language)].map((each) =>
      pageOf(publication, each, now, current[each]?.page),
    );
    if (page === undefined) throw new AppError('text.missing', { language });
    return releasePage({ ...frameOf(await programme(), language), isPreview: true }, page, other);
  };
}
