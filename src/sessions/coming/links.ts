import { timingSafeEqual } from 'node:crypto';
import type { ContactId, OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { KeyedHash } from '../../platform/keyed-hash.js';
import type { Language } from '../../shared/languages.js';
import { seriesAndDateOf } from '../occurrences/occurrence.js';
import type { Series } from '../series/series.js';

const pageKeyLength = 20;

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** What makes the addresses of public pages unguessable, and the links in mails those of one contact. */
export function publicSignatures(keyedHash: KeyedHash) {
  const ofAnswer = (id: OccurrenceId, contact: ContactId): Promise<string> =>
    keyedHash('answer', id, contact);
  return {
    /** 20 hexadecimal characters (80 bits), always the same for a series. */
    pageKey: async (id: SeriesId): Promise<string> =>
      (await keyedHash('publicPage', id)).slice(0, pageKeyLength),
    ofAnswer,
    isOfAnswer: async (id: OccurrenceId, contact: ContactId, signature: string): Promise<boolean> =>
      isSame(signature, await ofAnswer(id, contact)),
  };
}

export type Signatures = ReturnType<typeof publicSignatures>;

/** Where people outside see a series and its sessions, and where a contact answers whether they come. */
export function publicAddresses({
  signatures,
  publicUrl,
}: {
  readonly signatures: Signatures;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}) {
  /** The page of a series; undefined for one that is not open to people outside: it has none. */
  async function ofSeries(
    series: Pick<Series, 'id' | 'isOpenToContacts'>,
    language: Language,
  ): Promise<string | undefined> {
    if (!series.isOpenToContacts) return undefined;
    return `${publicUrl}/open/${await signatures.pageKey(series.id)}?language=${language}`;
  }
  return {
    ofSeries,

    /** The page of one of its sessions. */
    ofSession: async (
      series: Pick<Series, 'id' | 'isOpenToContacts'>,
      id: OccurrenceId,
      language: Language,
    ): Promise<string | undefined> => {
      const { date } = seriesAndDateOf(id) ?? {};
      if (!series.isOpenToContacts || date === undefined) return undefined;
      return `${publicUrl}/open/${await signatures.pageKey(series.id)}/${date}?language=${language}`;
    },

    /**
     * The page on which a contact says whether they come to a session: it shows the answer that the link names first, and
     * takes one by a press there alone, since mail scanners follow links.
     */
    ofAnswer: async (id: OccurrenceId, contact: ContactId, answer: 'coming' | 'notComing'): Promise<string> =>
      `${publicUrl}/coming/${id}/${contact}/${await signatures.ofAnswer(id, contact)}?answer=${answer}`,
  };
}

export type PublicAddresses = ReturnType<typeof publicAddresses>;
