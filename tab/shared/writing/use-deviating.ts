import { useMemo } from 'react';
import {
  deviatingParts,
  textParts,
  type Deviation,
  type Deviations,
} from '../../../src/content/deviation.js';
import type { TextContent, Texts } from '../../../src/content/text.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useShell } from '../context.js';
import { remember, remembered } from '../device-storage.js';
import type { Draft, Kind, Version, Writing } from './autosave.js';
import { tidiedField, tooLongParts } from './item-text.js';
import { useAutosave, type WritingHandle } from './use-autosave.js';

export type Parts = Partial<TextContent>;

/** When it was saved; null where nothing is said otherwise. */
type Mark = string | null;

/** A place where an item's text is read, and what it says otherwise. */
export interface Deviating {
  /** Names it among what is kept on this device. */
  readonly place: string;
  readonly texts: Texts;
  readonly own: Deviations;
  readonly canEdit: boolean;
  /**
   * What a language says otherwise from now on. Gives what is said so then.
   * @param replaces when what goes was saved; null where there was nothing.
   */
  readonly save: (language: PublicLanguage, parts: Parts, replaces: Mark) => Promise<Deviations>;
  /** Back to the item's text. */
  readonly drop: (language: PublicLanguage, replaces: Mark) => Promise<Deviations>;
  /** Stores it as the window closes. */
  readonly saveLast: (language: PublicLanguage, parts: Parts, replaces: Mark) => void;
}

export const partId = (language: PublicLanguage, part: keyof TextContent): string =>
  `own-${part}-${language}`;

function versionOf(deviation: Deviation | undefined): Version<Parts, Mark> {
  if (deviation === undefined) return { content: {}, mark: null };
  const { by, at } = deviation;
  return { content: deviatingParts(deviation), mark: at, saved: { by, at } };
}

/** Whether it can be stored: where it has a title of its own that says something, and no part is too long. */
export const arePartsStorable = (parts: Parts): boolean =>
  parts.title?.trim() !== '' && tooLongParts(parts).length === 0;

const kind: Kind<Parts, Mark> = {
  // An empty part is said otherwise too: this place has no lead.
  isSame: (one, other) => textParts.every((part) => one[part] === other[part]),
  tidied: (parts) =>
    Object.fromEntries(
      textParts.flatMap((part) => {
        const text = parts[part];
        return text === undefined ? [] : [[part, tidiedField(part, text)] as const];
      }),
    ),
  isStorable: arePartsStorable,
  isNewer: (at, than) => (at === null || than === null ? at !== than : Date.parse(at) > Date.parse(than)),
  theirs: (fact) => (fact === undefined ? undefined : versionOf((fact as Deviation | null) ?? undefined)),
};

/** What was left on this device. What lies there from before it kept what it replaces is not taken up: it could hide somebody's text. */
function storedDraft(key: string): Draft<Parts, Mark> | undefined {
  try {
    const value: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof value !== 'object' || value === null || !('parts' in value) || !('replaces' in value))
      return undefined;
    const { parts: kept, replaces } = value;
    if (typeof kept !== 'object' || kept === null) return undefined;
    if (typeof replaces !== 'string' && replaces !== null) return undefined;
    const parts = textParts.flatMap((part) => {
      const text = (kept as Readonly<Record<string, unknown>>)[part];
      return typeof text === 'string' ? [[part, text] as const] : [];
    });
    return { content: Object.fromEntries(parts), mark: replaces };
  } catch {
    return undefined;
  }
}

/** What a place says otherwise in one language while it is written, stored over what its writer saw. */
export function useDeviating({
  place,
  own,
  language,
  save,
  drop,
  saveLast,
}: Deviating & { readonly language: PublicLanguage }): WritingHandle<Parts, Mark> {
  const { session, texts } = useShell();
  const deviation = own[language];
  const key = `deviation.${session.person.id}.${place}.${language}`;
  return useAutosave<Parts, Mark>({
    kind,
    stored: useMemo(() => versionOf(deviation), [deviation]),
    draft: {
      read: () => storedDraft(key),
      keep: (draft) => remember(key, draft && JSON.stringify({ parts: draft.content, replaces: draft.mark })),
    },
    send: async (parts, over) => {
      const isNothing = Object.keys(parts).length === 0;
      const saved = await (isNothing ? drop(language, over) : save(language, parts, over));
      return versionOf(saved[language]);
    },
    sendLast: (parts, over) => {
      // That nothing is said otherwise any more stays on this device: what deletes can't outlive the window.
      if (Object.keys(parts).length > 0) saveLast(language, parts, over);
    },
    trouble: (writing) => texts.t('writing.unsettled', { language, why: whyUnsettled(writing) }),
    show: () => document.getElementById(partId(language, 'title'))?.focus(),
  });
}

function whyUnsettled({ phase, content }: Writing<Parts, Mark>): 'conflict' | 'long' | 'title' | 'failed' {
  if (phase === 'conflict') return 'conflict';
  if (tooLongParts(content).length > 0) return 'long';
  return kind.isStorable(content) ? 'failed' : 'title';
}
