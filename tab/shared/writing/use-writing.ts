import { useMemo } from 'react';
import type { TextContent, Revision } from '../../../src/content/text.js';
import type { Page } from '../../../src/platform/pages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { Api } from '../../api.js';
import { useShell } from '../context.js';
import { rememberDraft, rememberedDraft } from '../device-storage.js';
import type { Draft } from './autosave.js';
import { contentOf, isStorable, itemText, tooLongParts, versionOf, type ItemText } from './item-text.js';
import { conflictPlace, fieldId, type Subject } from './subject.js';
import { useAutosave, type WritingHandle } from './use-autosave.js';

/** One language of an item while it is written. */
export interface TextHandle extends Omit<WritingHandle<TextContent, number>, 'type'> {
  readonly type: (change: Partial<TextContent>) => void;
}

export function useWriting(parts: { readonly subject: Subject; readonly language: Language }): TextHandle {
  const { subject, language } = parts;
  const { api, session, texts } = useShell();
  const text = subject.texts[language];
  const place: DraftPlace = { personId: session.person.id, subjectId: subject.id, language };
  const handle = useAutosave<TextContent, number>({
    kind: itemText,
    stored: useMemo(() => versionOf(text), [text]),
    draft: { read: () => readDraft(place), keep: (draft) => keepDraft(place, draft) },
    send: async (content, over) => {
      const saved = (await subject.save(language, content, over))[language];
      return saved && versionOf(saved);
    },
    sendLast: textApi(api, subject.path, language).putLast,
    trouble: (writing) => texts.t('writing.unsettled', { language, why: whyUnsettled(writing) }),
    show: ({ phase }) => {
      const shown = document.getElementById(
        phase === 'conflict' ? conflictPlace : fieldId(language, 'title'),
      );
      shown?.scrollIntoView({ block: 'center' });
      shown?.focus();
    },
  });
  const { type, replace, resolve } = handle;
  // What is put in may be a whole text or a revision: only its content goes on.
  return {
    ...handle,
    type: (change) => type((content) => ({ ...content, ...change })),
    replace: (content) => replace(contentOf(content)),
    resolve: (content) => resolve(contentOf(content)),
  };
}

function whyUnsettled({ phase, content }: ItemText): 'conflict' | 'long' | 'title' | 'failed' {
  if (phase === 'conflict') return 'conflict';
  if (tooLongParts(content).length > 0) return 'long';
  return isStorable(content) ? 'failed' : 'title';
}

export interface DraftPlace {
  readonly personId: string;
  readonly subjectId: string;
  readonly language: Language;
}

const keyOf = ({ personId, subjectId, language }: DraftPlace): string =>
  `draft.${personId}.${subjectId}.${language}`;

function readDraft(place: DraftPlace): Draft<TextContent, number> | undefined {
  const kept = rememberedDraft(keyOf(place));
  const basedOn = kept?.rest.basedOn;
  return kept !== undefined && typeof basedOn === 'number'
    ? { mark: basedOn, content: kept.content }
    : undefined;
}

function keepDraft(place: DraftPlace, draft: Draft<TextContent, number> | undefined): void {
  const kept = draft && { basedOn: draft.mark, content: draft.content };
  rememberDraft(keyOf(place), kept);
}

/** The text of a news item or a release in one language. @param subjectPath the address of the item or release */
export function textApi(api: Api, subjectPath: string, language: Language) {
  const path = `${subjectPath}/texts/${language}`;
  return {
    historyPath: `${path}/history`,
    /** Its revisions, newest first, page by page. */
    history: (after?: string) => api.get<Page<Revision>>(`${path}/history`, { after }),
    /** Stores a text as the page closes. */
    putLast: (content: TextContent, basedOn: number) => api.putLast(path, { ...content, basedOn }),
  };
}
