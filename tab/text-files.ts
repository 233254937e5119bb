import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import files from 'virtual:texts';
import type { Language } from '../src/shared/languages.js';
import type { Api } from './api.js';

/** The ICU texts of one language, as they came: those with placeholders are parsed already. */
export interface LoadedTexts {
  readonly language: Language;
  /** Grows when the others come. */
  readonly texts: Readonly<Record<string, string | MessageFormatElement[]>>;
  /** The texts that no first picture needs (first-texts.ts); absent where all are here. */
  readonly others?: OtherTexts;
}

export interface OtherTexts {
  readonly areHere: () => boolean;
  /** Fetches them once; the same promise each time. @throws ApiError */
  readonly fetch: () => Promise<void>;
  /** Fetches them for later; where it fails they are asked for again when they are wanted. */
  readonly fetchAhead: () => void;
}

/** Fetches the first texts of one language: never those of another. */
export async function loadTexts(api: Pick<Api, 'file'>, language: Language): Promise<LoadedTexts> {
  const addresses = files[language];
  const texts = JSON.parse(await api.file(addresses.first)) as Record<
    string,
    string | MessageFormatElement[]
  >;
  let areHere = false;
  let asked: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    Object.assign(texts, JSON.parse(await api.file(addresses.others)));
    areHere = true;
  };
  const fetch = (): Promise<void> => (asked ??= ask());
  const fetchAhead = (): void => {
    fetch().catch(() => {
      asked = undefined;
    });
  };
  return { language, texts, others: { areHere: () => areHere, fetch, fetchAhead } };
}
