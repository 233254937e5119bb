import { writeFileSync } from 'node:fs';
import type { Language } from '../../src/shared/languages.js';
import { languages } from '../../src/shared/languages.js';
import { draftOf } from '../../bot/conversation/understanding/story.js';
import type { Learned, Understanding } from '../../bot/conversation/understanding/understand.js';
import { understandingOf } from './learn.js';
import { type Utterance, topicOf, utterances } from './utterances.js';

/** What became of the texts of one language. */
export interface Tally {
  /** Texts that ask for something. */
  asked: number;
  /** Done as meant. */
  hits: number;
  /** Two were offered, the right one among them. */
  offered: number;
  /** Not understood. */
  missed: number;
  /** Something else was done than was meant. */
  mistaken: number;
  /** Texts that ask for nothing here. */
  offTopic: number;
  /** Something was done all the same. */
  falseActions: number;
  /** Written in this language and taken for another. */
  otherLanguage: number;
}

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

function addTo(tally: Tally, utterance: Utterance, { asked, isCommand, languageOf }: Understanding): void {
  const { text, label, language } = utterance;
  const told = languageOf(text);
  if (told !== undefined && told !== language) tally.otherLanguage++;
  const isStory = draftOf(text, isCommand) !== undefined;
  const understood = asked(text);
  const isActed = isStory || understood.is === 'press';
  if (label === 'none') {
    tally.offTopic++;
    if (isActed) tally.falseActions++;
    return;
  }
  tally.asked++;
  const meant = topicOf(utterance);
  const isRight = isStory
    ? meant === 'story'
    : understood.is === 'press' && understood.topic === meant && isNamed(label, understood.press.data.language);
  if (isRight) tally.hits++;
  else if (isActed) tally.mistaken++;
  else if (understood.is === 'offer' && understood.offers.some(({ topic }) => topic === meant)) tally.offered++;
  else tally.missed++;
}

/** `language:sv` means Swedish. */
function isNamed(label: string, named: unknown): boolean {
  const [, wanted] = label.split(':');
  return wanted === undefined || wanted === named;
}

/** The held-out texts of each language, as what was learned understands them. */
export function measured(learned?: Learned): Readonly<Record<Language, Tally>> {
  const understood = understandingOf(learned);
  const entries = languages.map((language) => {
    const tally: Tally = {
      asked: 0,
      hits: 0,
      offered: 0,
      missed: 0,
      mistaken: 0,
      offTopic: 0,
      falseActions: 0,
      otherLanguage: 0,
    };
    for (const each of utterances)
      if (each.isHeldOut && each.language === language) addTo(tally, each, understood);
    return [language, tally] as const;
  });
  return Object.fromEntries(entries) as Record<Language, Tally>;
}
