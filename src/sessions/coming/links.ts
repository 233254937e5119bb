import { timingSafeEqual } from 'node:crypto';
import type { Contact } from '../../audience/contact.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { KeyedHash } from '../../platform/keyed-hash.js';
import type { Language } from '../../shared/languages.js';
import { seriesAndDateOf } from '../occurrences/occurrence.js';
import type { Series } from '../series/series.js';

const pageKeyLength = 20;

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** A contact of whom somebody has a link; whoever is given another `stopKey` has other links. */
type Linked = Pick<Contact, 'id' | 'stopKey'>;

/** A series with a page; another `pageKey` gives it another address. */
type Paged = Pick<Series, 'id' | 'pageKey'>;

/** What makes the addresses of public pages unguessable, and the links in mails those of one contact. */
export function publicSignatures(keyedHash: KeyedHash) {
  const ofAnswer = (id: OccurrenceId, contact: Linked): Promise<string> =>
    keyedHash('answer', id, contact.id, contact.stopKey);
  /** Older releases had one for good. */
  const ofOlderAnswer = (id: OccurrenceId, contact: Linked): Promise<string> =>
    keyedHash('answer', id, contact.id);
  return {
    /** 20 hexadecimal characters (80 bits), always the same for a series until its addresses are renewed. */
    pageKey: async ({ id, pageKey }: Paged): Promise<string> => {
      const renewed = pageKey === undefined ? [] : [pageKey];
      return (await keyedHash('publicPage', id, ...renewed)).slice(0, pageKeyLength);
    },
    ofAnswer,
    /** Which link of a contact it is: the one of today, that of a mail of an older release, or none. */
    ofLink: async (
      id: OccurrenceId,
      contact: Linked,
      signature: string,
    ): Promise<'current' | 'older' | undefined> => {
      if (isSame(signature, await ofAnswer(id, contact))) return 'current';
      return isSame(signature, await ofOlderAnswer(id, contact)) ? 'older' : undefined;
    },
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
    series: Pick<Series, 'id' | 'pageKey' | 'isOpenToContacts'>,
    language: Language,
  ): Promise<string | undefined> {
    if (!series.isOpenToContacts) return undefined;
    return `${publicUrl}/open/${await signatures.pageKey(series)}?language=${language}`;
  }
  return {
    ofSeries,

    /** The page of one of its sessions. */
    ofSession: async (
      series: Pick<Series, 'id' | 'pageKey' | 'isOpenToContacts'>,
      id: OccurrenceId,
      language: Language,
    ): Promise<string | undefined> => {
      const { date } = seriesAndDateOf(id) ?? {};
      if (!series.isOpenToContacts || date === undefined) return undefined;
      return `${publicUrl}/open/${await signatures.pageKey(series)}/${date}?language=${language}`;
    },

    /**
     * The page on which a contact says whether they come to a session: it shows the answer that the link names first, and
     * takes one by a press there alone, since mail scanners follow links.
     */
    ofAnswer: async (id: OccurrenceId, contact: Linked, answer: 'coming' | 'notComing'): Promise<string> =>
      `${publicUrl}/coming/${id}/${contact.id}/${await signatures.ofAnswer(id, contact)}?answer=${answer}`,
  };
}
