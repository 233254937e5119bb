import { z } from 'zod';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { ReleaseId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import type { NotDone, Publication, Site, WrittenPublication } from '../../releases/channels/channel.js';
import { otherLanguage, publicLanguages, type PublicLanguage } from '../../shared/languages.js';
import type { GraphClient } from './graph-client.js';
import { GraphFault, isFault } from './graph-http.js';
import { isPublished, sitePages, type SitePage, type SitePages } from './site-api.js';
import { changedPage, newPage, pageName, type PageContent } from './site-page.js';
import { sitePageStore, type KnownPage } from './site-store.js';

export interface GraphSiteDeps {
  readonly client: GraphClient;
  /** `host,collection,web`, or `host:/sites/name`. */
  readonly siteId: string;
  readonly clock: Clock;
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
  /** Of a further programme of the installation: part of the names of its pages. */
  readonly placeName?: string;
  readonly preview: Site['preview'];
}

/** Somebody who edits a page has it for minutes. */
const lockedSeconds = 300;

/**
 * What a fault leaves behind. A request that is repeated finds what an earlier one did, so that one whose answer was lost
 * is simply made again.
 */
function notDone(error: unknown): NotDone {
  const isOurs = isAppError(error, 'storage.unavailable') || isAppError(error, 'storage.conflict');
  if (isOurs) return { result: 'retry', reason: 'unavailable' };
  // An answer that nobody can read may be that of something between us and Graph.
  if (error instanceof z.ZodError) return { result: 'retry', reason: 'noAnswer', mayBeDone: true };
  if (!(error instanceof GraphFault)) throw error;
  const { kind, status, afterSeconds } = error;
  // Entra refused the registration or its secret, or Graph the token.
  if (status === 401 || (error.atSignIn && kind === 'refused'))
    return { result: 'retry', reason: 'notSignedIn' };
  if (status === 423)
    return { result: 'retry', reason: 'locked', afterSeconds: afterSeconds ?? lockedSeconds };
  if (kind === 'throttled' || status === 409 || status === 412)
    return { result: 'retry', reason: 'unavailable', ...(afterSeconds !== undefined && { afterSeconds }) };
  if (kind === 'unknown') return { result: 'retry', reason: 'noAnswer', mayBeDone: true };
  if (status === 403) return { result: 'failed', reason: 'notAllowed' };
  if (status === 404) return { result: 'failed', reason: 'siteGone' };
  return { result: 'failed', reason: 'refused' };
}

/** How far an attempt has come, for what its fault leaves behind. */
interface Progress {
  /** Pages that are as they were asked to be. */
  done: number;
  /** Those that the site was asked to publish or delete, now or at an earlier attempt, without a known result. */
  readonly asked: Set<PublicLanguage>;
}

/** A fault where readers may see a part of it already: nobody may call that undone. */
function withProgress(fault: NotDone, { done, asked }: Progress): NotDone {
  const isPartly = done > 0;
  if (!isPartly && asked.size === 0) return fault;
  const reason = isPartly ? 'partly' : fault.reason;
  return fault.result === 'retry' ? { ...fault, reason, mayBeDone: true } : { result: 'uncertain', reason };
}

const progressOf = (known: Partial<Record<PublicLanguage, KnownPage>>): Progress => ({
  done: 0,
  asked: new Set(publicLanguages.filter((language) => known[language]?.isAsked === true)),
});

/** `2.0` after `1.3`: the version that a page gets when this one is published. */
function publishedVersion(version: string): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  return major === undefined || minor === '0' ? undefined : `${String(Number(major) + 1)}.0`;
}

/**
 * Releases as news pages of a SharePoint site, one in each language, by an application that may write to this site alone
 * (`Sites.Selected`). See docs/decisions/0022: the name of a page is the same for the same release and language, and
 * `published` is what Graph says when the page is read again.
 */
export function graphSite({
  client,
  siteId,
  clock,
  partition,
  programme,
  placeName = '',
  preview,
}: GraphSiteDeps): Site {
  const store = sitePageStore(partition);

  /** The page of a release in a language, by what is remembered of it, else by its name. */
  async function find(
    pages: SitePages,
    id: ReleaseId,
    language: PublicLanguage,
    known: KnownPage | undefined,
  ): Promise<SitePage | undefined> {
    // Somebody on the intranet may have renamed it.
    const remembered = known && (await pages.read(known.pageId));
    return remembered ?? (await pages.named(pageName(id, language, placeName)));
  }

  async function create(pages: SitePages, content: PageContent): Promise<SitePage> {
    const name = pageName(content.publication.releaseId, content.language, placeName);
    try {
      const page = await pages.create(newPage(content));
      if (page.name.toLowerCase() === name) return page;
      // The name was taken after all, and SharePoint chose another one.
      await pages.delete(page.id);
    } catch (error) {
      if (!isFault(error, 409)) throw error;
    }
    const existing = await pages.named(name);
    if (existing === undefined) throw new GraphFault('throttled', { status: 409, code: 'nameAlreadyExists' });
    return existing;
  }

  /** Whether a page shows what was written to it, and nobody has written to it since. */
  function isWritten(page: SitePage, known: KnownPage | undefined, stamp: string): boolean {
    if (known?.pageId !== page.id || known.stamp !== stamp || known.version === undefined) return false;
    const { version } = page.publishingState;
    return version === known.version || version === publishedVersion(known.version);
  }

  /** Writes a page where it shows something else, hands it in where that was not done, and reads it again. */
  async function bringUpToDate(
    pages: SitePages,
    before: SitePage,
    content: PageContent,
    known: KnownPage | undefined,
    request: string,
    progress: Progress,
  ): Promise<SitePage> {
    const { releaseId } = content.publication;
    const { language } = content;
    const { body, stamp } = changedPage(content);
    const isSame = known?.pageId === before.id && known.stamp === stamp;
    // It was handed in: whoever approves pages, or has edited this one since, decides now.
    if (isSame && known.handedInFor === request) return before;
    const isCurrent = isWritten(before, known, stamp);
    const written = isCurrent ? before : await pages.change(before.id, body);
    const now = { language, pageId: before.id, stamp };
    const { version } = written.publishingState;
    if (!isPublished(written)) {
      await store.keep(releaseId, { ...now, version, isAsked: true });
      progress.asked.add(language);
      await pages.publish(before.id);
    }
    const read = await pages.read(before.id);
    if (read === undefined) throw new GraphFault('throttled', { code: 'pageGone' });
    await store.keep(releaseId, { ...now, version: read.publishingState.version, handedInFor: request });
    progress.asked.delete(language);
    return read;
  }

  async function remove(
    pages: SitePages,
    id: ReleaseId,
    language: PublicLanguage,
    known: KnownPage | undefined,
    progress: Progress,
  ): Promise<void> {
    const page = await find(pages, id, language, known);
    if (page !== undefined) {
      await store.keep(id, { ...known, language, pageId: page.id, isAsked: true });
      progress.asked.add(language);
      await pages.delete(page.id);
      progress.done += 1;
    }
    if (page !== undefined || known !== undefined) await store.forget(id, language);
    progress.asked.delete(language);
  }

  async function contentsOf(publication: Publication, shown: Partial<Record<PublicLanguage, SitePage>>) {
    const of = await programme();
    return publicLanguages.flatMap((language): PageContent[] => {
      const text = publication.texts[language];
      if (text === undefined) return [];
      const otherUrl = shown[otherLanguage(language)]?.webUrl;
      return [{ publication, language, text, otherUrl, programme: of, placeName }];
    });
  }

  return {
    preview,

    async publish(publication: WrittenPublication) {
      const { releaseId, request } = publication;
      const pages = sitePages(client, siteId, clock);
      const shown: Partial<Record<PublicLanguage, SitePage>> = {};
      const read: SitePage[] = [];
      let progress = progressOf({});
      try {
        const known = await store.of(releaseId);
        progress = progressOf(known);
        for (const content of await contentsOf(publication, {})) {
          const { language } = content;
          const found = await find(pages, releaseId, language, known[language]);
          // Whoever deleted what waited for approval there has decided: only a person makes it again.
          if (found === undefined && known[language]?.handedInFor === request)
            return withProgress({ result: 'failed', reason: 'removedThere' }, progress);
          shown[language] = found ?? (await create(pages, content));
        }
        // Each page links to the other one, so that both have to be there first.
        for (const content of await contentsOf(publication, shown)) {
          const { language } = content;
          const before = shown[language];
          if (before === undefined) continue;
          const page = await bringUpToDate(pages, before, content, known[language], request, progress);
          read.push(page);
          if (isPublished(page)) progress.done += 1;
        }
        for (const language of publicLanguages)
          if (publication.texts[language] === undefined)
            await remove(pages, releaseId, language, known[language], progress);
        const urls = Object.fromEntries(
          Object.entries(shown).map(([language, { webUrl }]) => [language, webUrl] as const),
        );
        if (read.every(isPublished)) return { result: 'published', urls };
        return { result: 'awaitsApproval', urls };
      } catch (error) {
        return withProgress(notDone(error), progress);
      }
    },

    async takeDown(releaseId) {
      const pages = sitePages(client, siteId, clock);
      let progress = progressOf({});
      try {
        const known = await store.of(releaseId);
        progress = progressOf(known);
        for (const language of publicLanguages)
          await remove(pages, releaseId, language, known[language], progress);
        return { result: 'takenDown' };
      } catch (error) {
        return withProgress(notDone(error), progress);
      }
    },
  };
}
