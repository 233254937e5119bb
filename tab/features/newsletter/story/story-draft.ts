import { useEffect, useState } from 'react';
import { isSameText, type TextContent } from '../../../../src/content/text.js';
import type { StoryLanguage } from '../../../../src/newsletter/view.js';
import type { PublicLanguage } from '../../../../src/shared/languages.js';
import { rememberDraft, rememberedDraft } from '../../../shared/device-storage.js';

/** A text for a story that is not saved yet, kept on this device until it is. */
export interface StoryDraft {
  readonly content: TextContent;
  /**
   * When the issue's own words, over which these were written, were saved; null where there were none. Absent while
   * the words that this person saved just before have not come back from the server.
   */
  readonly replaces?: string | null;
}

export interface StoryDraftPlace {
  readonly personId: string;
  /** Address of the story. */
  readonly path: string;
  readonly language: PublicLanguage;
}

const keyOf = ({ personId, path, language }: StoryDraftPlace): string =>
  `storyDraft.${personId}.${path}.${language}`;

export function readStoryDraft(place: StoryDraftPlace): StoryDraft | undefined {
  const kept = rememberedDraft(keyOf(place));
  if (kept === undefined) return undefined;
  const { content, rest } = kept;
  if (!('replaces' in rest)) return { content };
  const { replaces } = rest;
  return typeof replaces === 'string' || replaces === null ? { content, replaces } : undefined;
}

export function keepStoryDraft(place: StoryDraftPlace, draft: StoryDraft | undefined): void {
  rememberDraft(keyOf(place), draft);
}

const noContent: TextContent = { title: '', lead: '', body: '' };
const contentOf = ({ title, lead, body }: TextContent): TextContent => ({ title, lead, body });

/** A text on its way, and what stood on the server when it was written or saved. */
interface Kept extends StoryDraft {
  readonly over: StoryLanguage;
  readonly isSaved: boolean;
}

export interface Draft {
  readonly content: TextContent;
  readonly isDirty: boolean;
  /** Keeps no copy on this device until the words are saved: a personal identity code was found in them. */
  readonly withhold: () => void;
  /** Which own words of the issue a save replaces: when they were saved, or null for none. */
  readonly replaces: string | null;
  /** Names the text that the editor was drawn with. */
  readonly editorKey: string;
  readonly edit: (more: Partial<TextContent>) => void;
  /** These words stand from now on; what is fetched next takes their place. What was typed meanwhile stays a draft. */
  readonly saved: (content: TextContent) => void;
  readonly forget: () => void;
}

/** Warns when the browser is about to close on words that are not saved. */
function useWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
}

/** The words that stand, and a draft over them, which no reload or leaving takes away until it has been saved. */
export function useDraft(current: StoryLanguage, place: StoryDraftPlace): Draft {
  const stand = contentOf(current.own ?? current.item ?? noContent);
  const [kept, setKept] = useState<Kept | undefined>(() => {
    const draft = readStoryDraft(place);
    return draft && { ...draft, over: current, isSaved: false };
  });
  const [version, setVersion] = useState(0);
  const [isWithheld, setWithheld] = useState(false);
  const isOver = kept === undefined || (kept.isSaved && kept.over !== current);
  const content = isOver ? stand : kept.content;
  const isDirty = !isOver && !kept.isSaved && !isSameText(kept.content, stand);
  const standingAt = current.own?.at ?? null;
  const over = isOver ? standingAt : kept.replaces;

  useEffect(() => {
    const draft =
      isDirty && !isWithheld ? { content, ...(over !== undefined && { replaces: over }) } : undefined;
    keepStoryDraft(place, draft);
  });
  useWarning(isDirty);
  return {
    content,
    isDirty,
    replaces: isDirty ? (over === undefined ? standingAt : over) : standingAt,
    editorKey: `${version} ${stand.body}`,
    edit: (more) =>
      setKept((draft) => {
        const isFirst = draft === undefined || (draft.isSaved && draft.over !== current);
        const base = isFirst ? { content: stand, replaces: standingAt } : draft;
        const next = { ...base.content, ...more };
        if (base.replaces === undefined) return { content: next, over: current, isSaved: false };
        if (isSameText(next, stand)) return undefined;
        return { content: next, replaces: base.replaces, over: current, isSaved: false };
      }),
    withhold: () => setWithheld(true),
    saved: (stored) => {
      setWithheld(false);
      setKept(
        (draft) =>
          draft && { content: draft.content, over: current, isSaved: isSameText(draft.content, stored) },
      );
    },
    forget: () => {
      setWithheld(false);
      setKept(undefined);
      setVersion((number) => number + 1);
    },
  };
}
