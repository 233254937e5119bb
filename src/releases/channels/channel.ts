import type { ProjectId, ReleaseId } from '../../platform/ids.js';
import type { PublicLanguage } from '../../shared/languages.js';
import type { TextContent } from '../../content/text.js';
import type { Correction, PublishedUrls } from '../types.js';

/**
 * Why a channel did not do what was asked of it: its own reason, or `tooEarly` where the item must not be published yet, or
 * `restored` where it may have been done before a backup was restored; shown to people from the keys
 * `release.fault.<fault>`.
 */
export const publishFaults = [
  'unavailable',
  'locked',
  'notSignedIn',
  'notAllowed',
  'siteGone',
  'partly',
  'removedThere',
  'refused',
  'noAnswer',
  'noChannel',
  'tooEarly',
  'unexpected',
  'restored',
] as const;
export type PublishFault = (typeof publishFaults)[number];

/** Why it was not done, or nobody knows. */
export type NotDone =
  /** Trying later may help. Nothing was done, unless it `mayBeDone`: then repeating it is harmless all the same. */
  | {
      readonly result: 'retry';
      readonly reason: PublishFault;
      readonly afterSeconds?: number;
      readonly mayBeDone?: true;
    }
  /** Nothing was done, and trying again alone won't help. */
  | { readonly result: 'failed'; readonly reason: PublishFault }
  /** It can't be known whether it was done: a timeout, an answer that was cut. */
  | { readonly result: 'uncertain'; readonly reason: PublishFault };

/** What a channel made of a release. */
export type PublishOutcome =
  | { readonly result: 'published'; readonly urls: PublishedUrls }
  /** Handed in there, and shown to readers once somebody there has approved it; publishing the same again looks. */
  | { readonly result: 'awaitsApproval'; readonly urls: PublishedUrls }
  | NotDone;
export type TakeDownOutcome = { readonly result: 'takenDown' } | NotDone;

/** What of a release a channel shows: a page in each language that goes out. */
export interface Publication {
  readonly releaseId: ReleaseId;
  readonly projectId?: ProjectId;
  readonly texts: Partial<Record<PublicLanguage, TextContent>>;
  /** Whom readers may ask: a name, or a name with how to reach them. */
  readonly contact: string;
  /** The corrections that readers see, oldest first. */
  readonly corrections: readonly Correction[];
}

/** A publication that is to go out. */
export interface WrittenPublication extends Publication {
  /** What a person asked for: the same at each attempt, another one where somebody asks again. */
  readonly request: string;
}

/**
 * A site where releases are published. It knows its own earlier work by release id and language: publishing the same release
 * again makes no second page, it brings the first one up to date, also where that was taken down.
 */
export interface Site {
  publish(publication: WrittenPublication): Promise<PublishOutcome>;
  /** The pages of a release are gone for readers; harmless where they are so already. */
  takeDown(releaseId: ReleaseId): Promise<TakeDownOutcome>;
  /** The page as readers would get it in a language: a whole HTML document that loads nothing. */
  preview(publication: Publication, language: PublicLanguage): Promise<string>;
}

/** A site by the id under which releases name it. */
export interface Channel extends Site {
  /** Part of stored releases and of the ids that are made of them, and so never changes. */
  readonly id: string;
}

/** The channels that are registered, by id. The first one is meant where none is named. */
export function channelMap(channels: readonly Channel[]): ReadonlyMap<string, Channel> {
  const map = new Map(channels.map((channel) => [channel.id, channel]));
  if (map.size < channels.length) throw new Error('two channels have the same id');
  return map;
}
