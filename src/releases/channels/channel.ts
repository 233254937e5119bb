import type { PublishedUrls, Release, ReleaseChannel } from '../types.js';

/**
 * Why a release was not published: the channel's reason, or `tooEarly` where its item must not be published yet; said to people from the keys
 * `release.fault.<fault>`.
 */
export const publishFaults = [
  'unavailable',
  'refused',
  'noAnswer',
  'noChannel',
  'tooEarly',
  'unexpected',
] as const;
export type PublishFault = (typeof publishFaults)[number];

/** What a channel made of a release. */
export type PublishOutcome =
  | { readonly result: 'published'; readonly urls: PublishedUrls }
  /** Nothing was published; trying later may help. */
  | { readonly result: 'retry'; readonly reason: PublishFault; readonly afterSeconds?: number }
  /** Nothing was published, and trying again alone won't help. */
  | { readonly result: 'failed'; readonly reason: PublishFault }
  /** Nobody can tell: a timeout, an answer that was cut. */
  | { readonly result: 'uncertain'; readonly reason: PublishFault };

/**
 * A place where releases are published. Publishing the same release again must not make a second page: an adapter
 * knows its own earlier work by release id and language, and brings it up to date.
 */
export interface Channel {
  publish(release: Release): Promise<PublishOutcome>;
}

export type Channels = Partial<Record<ReleaseChannel, Channel>>;
