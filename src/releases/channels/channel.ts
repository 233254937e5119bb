import type { PublishedUrls, Release } from '../types.js';

/**
 * Why a release was not published: the channel's reason, or `tooEarly` where its item must not be published yet, or `restored` where it may
 * have been published before a backup was restored; shown to people from the keys
 * `release.fault.<fault>`.
 */
export const publishFaults = [
  'unavailable',
  'refused',
  'noAnswer',
  'noChannel',
  'tooEarly',
  'unexpected',
  'restored',
] as const;
export type PublishFault = (typeof publishFaults)[number];

/** What a channel made of a release. */
export type PublishOutcome =
  | { readonly result: 'published'; readonly urls: PublishedUrls }
  /** Nothing was published; trying later may help. */
  | { readonly result: 'retry'; readonly reason: PublishFault; readonly afterSeconds?: number }
  /** Nothing was published, and trying again alone won't help. */
  | { readonly result: 'failed'; readonly reason: PublishFault }
  /** It can't be known whether it was published: a timeout, an answer that was cut. */
  | { readonly result: 'uncertain'; readonly reason: PublishFault };

/**
 * A site where releases are published. Publishing the same release again must not make a second page: a channel
 * knows its own earlier work by release id and language, and brings it up to date.
 */
export interface Channel {
  /** Part of stored releases and of the ids that are made of them, and so never changes. */
  readonly id: string;
  publish(release: Release): Promise<PublishOutcome>;
}

/** The channels that are registered, by id. The first one is meant where none is named. */
export function channelMap(channels: readonly Channel[]): ReadonlyMap<string, Channel> {
  const map = new Map(channels.map((channel) => [channel.id, channel]));
  if (map.size < channels.length) throw new Error('two channels have the same id');
  return map;
}
