import { useEffect, useState } from 'react';
import type { StoryLanguage } from '../../../../src/newsletter/view.js';
import { isSameText, type TextContent } from '../../../../src/content/text.js';
import { keepStoryDraft, readStoryDraft, type StoryDraft, type StoryDraftPlace } from './story-draft.js';

const noWords: TextContent = { title: '', lead: '', body: '' };
const wordsOf = ({ title, lead, body }: TextContent): TextContent => ({ title, lead, body });

/** A text on its way, and what stood on the server when it was written or saved. */
interface Kept extends StoryDraft {
  readonly over: StoryLanguage;
  readonly isSaved: boolean;
}

export interface Draft {
  readonly words: TextContent;
  readonly isDirty: boolean;
  /** Keeps no copy on this device until the words are saved: a personal identity code was found in them. */
  readonly withhold: () => void;
  /** Which own words of the issue a save replaces: when they were saved, or null for none. */
  readonly replaces: string | null;
  /** Names the text that the editor was drawn with. */
  readonly editorKey: string;
  readonly edit: (more: Partial<TextContent>) => void;
  /** These words stand from now on; what is fetched next takes their place. What was typed meanwhile stays a draft. */
  readonly saved: (words: TextContent) => void;
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
  const stand = wordsOf(current.own ?? current.item ?? noWords);
  const [kept, setKept] = useState<Kept | undefined>(() => {
    const draft = readStoryDraft(place);
    return draft && { ...draft, over: current, isSaved: false };
  });
  const [version, setVersion] = useState(0);
  const [isWithheld, setWithheld] = useState(false);
  const isOver = kept === undefined || (kept.isSaved && kept.over !== current);
  const words = isOver ? stand : kept.words;
  const isDirty = !isOver && !kept.isSaved && !isSameText(kept.words, stand);
  const standingAt = current.own?.at ?? null;
  const over = isOver ? standingAt : kept.replaces;

  useEffect(() => {
    const draft =
      isDirty && !isWithheld ? { words, ...(over !== undefined && { replaces: over }) } : undefined;
    keepStoryDraft(place, draft);
  });
  useWarning(isDirty);
  return {
    words,
    isDirty,
    replaces: isDirty ? (over === undefined ? standingAt : over) : standingAt,
    editorKey: `${version} ${stand.body}`,
    edit: (more) =>
      setKept((draft) => {
        const isFirst = draft === undefined || (draft.isSaved && draft.over !== current);
        const base = isFirst ? { words: stand, replaces: standingAt } : draft;
        const next = { ...base.words, ...more };
        if (base.replaces === undefined) return { words: next, over: current, isSaved: false };
        if (isSameText(next, stand)) return undefined;
        return { words: next, replaces: base.replaces, over: current, isSaved: false };
      }),
    withhold: () => setWithheld(true),
    saved: (stored) => {
      setWithheld(false);
      setKept(
        (draft) => draft && { words: draft.words, over: current, isSaved: isSameText(draft.words, stored) },
      );
    },
    forget: () => {
      setWithheld(false);
      setKept(undefined);
      setVersion((number) => number + 1);
    },
  };
}
