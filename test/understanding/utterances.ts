import { readFileSync } from 'node:fs';
import { wordsOf } from '../../bot/conversation/understanding/understand.js';
import { type Language, languages } from '../../src/shared/languages.js';

/** A text as somebody writes it to the bot, and what it asks for. */
export interface Utterance {
  readonly text: string;
  readonly language: Language;
  /** A topic, `language:sv` for a language by name, `story` for news that are told right away, `none` for what asks for nothing. */
  readonly label: string;
  /** Never learned from, and never looked at while rules were written. */
  readonly isHeldOut: boolean;
}

const folder = 'bot/conversation/understanding';

/** The lines of a file under their labels. */
function linesOf(kind: 'utterances' | 'patterns', language: Language): { label: string; line: string }[] {
  let label = '';
  return readFileSync(`${folder}/${kind}/${language}.txt`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) label = line.slice(2);
      return line === '' || line.startsWith('# ') ? [] : [{ label, line }];
    });
}

/** The labelled texts: under `# label`, one a line; `? ` marks those that are held out. */
export const utterances: readonly Utterance[] = languages.flatMap((language) =>
  linesOf('utterances', language).map(({ label, line }) => {
    const isHeldOut = line.startsWith('? ');
    const text = (isHeldOut ? line.slice(2) : line).replaceAll('\\n', '\n');
    return { text, language, label, isHeldOut };
  }),
);

const perPattern = 14;

/** Some of the texts that `(a|b) c (d|)` stands for, spread evenly over all. */
function expanded(pattern: string): string[] {
  const parts = [...pattern.matchAll(/\(([^)]*)\)|([^(]+)/g)].map(
    ([, choices, plain]) => choices?.split('|') ?? [plain ?? ''],
  );
  const count = parts.reduce((product, choices) => product * choices.length, 1);
  const wanted = Math.min(count, perPattern);
  return Array.from({ length: wanted }, (_, index) => {
    // A step that has nothing in common with the number of choices goes through all of them.
    let at = count <= perPattern ? index : Math.floor(((index + 0.5) * count) / wanted + index * 7) % count;
    const chosen = parts.map((choices) => {
      const choice = choices[at % choices.length] ?? '';
      at = Math.floor(at / choices.length);
      return choice;
    });
    return chosen.join('').replace(/\s+/g, ' ').trim();
  });
}

const heldOut = new Set(
  utterances.filter(({ isHeldOut }) => isHeldOut).map(({ text }) => wordsOf(text).join(' ')),
);

/** How people might say it too: texts made of patterns, to learn from. None of them is held out elsewhere. */
export const patternTexts: readonly Utterance[] = languages.flatMap((language) =>
  linesOf('patterns', language)
    .flatMap(({ label, line }) => expanded(line).map((text) => ({ label, text, language, isHeldOut: false })))
    .filter(({ text }) => !heldOut.has(wordsOf(text).join(' '))),
);

/** The class that a text is learned as. */
export const topicOf = ({ label }: Utterance): string => label.replace(/:.*$/, '');
