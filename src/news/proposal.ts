import { toPlainText } from '../content/markdown.js';
import { textLimits } from '../content/text.js';

/** Words after whose full stop a sentence goes on, in the languages in which people write. */
const abbreviations =
  /(?:^|[\s(])(?:esim|mm|ns|ym|yms|jne|ks|nro|n|t\.ex|bl\.a|ca|s\.k|m\.m|nr|e\.g|i\.e|dr|mr|mrs)\.$/iu;

function sentencesOf(line: string): string[] {
  const segments = [...new Intl.Segmenter('fi', { granularity: 'sentence' }).segment(line)];
  return segments.reduce<string[]>((sentences, { segment }) => {
    const last = sentences.at(-1);
    if (last === undefined || !abbreviations.test(last.trim())) return [...sentences, segment];
    return [...sentences.slice(0, -1), last + segment];
  }, []);
}

/** Before these, and after these signs, a long sentence may end: what stands there is whole. */
const clauseEnd =
  /[,;:](?=\s)|\s[–-](?=\s)|\s(?=(?:ja|sekä|mutta|vaan|kun|koska|jotta|että|och|samt|men|utan|när|eftersom|så att|att|and|but|so that|because|when|while)\s)/giu;
/** What a cut leaves at the end that belongs to what follows. */
const dangling = /(?:[\s,;:–-]+(?:ja|sekä|tai|että|och|samt|eller|att|and|or|that))?[\s.,;:–-]*$/iu;

/** The beginning of a text, cut between words and marked where it is longer. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1).replace(/\s+\S*$/, '');
  const whole = (kept === '' ? text.slice(0, max - 1) : kept).replace(/[\uD800-\uDBFF]$/, '');
  return `${whole.replace(dangling, '')}…`;
}

/** A title of what a text begins with: where it is too long, its last whole clause that fits, else cut between words and marked. */
export function titleOf(sentence: string): string {
  const text = sentence.replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
  if (text.length <= textLimits.title) return text;
  const ends = [...text.slice(0, textLimits.title).matchAll(clauseEnd)].map(({ index }) => index);
  const end = ends.findLast((at) => at > textLimits.title / 3);
  return end === undefined ? cut(text, textLimits.title) : text.slice(0, end).replace(dangling, '');
}

const greeting =
  '(?:moi|moikka|moro|hei|heippa|heissan|terve|tervehdys|huomenta|päivää|iltaa|hyvää (?:huomenta|päivää|iltaa)|hej|hejsan|hallå|tjena|tjenare|god (?:morgon|dag|kväll)|goddag|hi|hello|hey|good (?:morning|afternoon|evening))';
const greetingAlone = new RegExp(
  `^${greeting}(?:\\s(?:taas|kaikki|kaikille|alla|på er|igen|all|there|everyone|team))?\\s*[!.,…–-]*$`,
  'iu',
);
const greetingBefore = new RegExp(
  `^${greeting}(?:\\s(?:taas|kaikki|kaikille|alla|på er|igen|all|there|everyone|team))?\\s*[!,–-]+\\s*(?=\\p{L})`,
  'iu',
);

/** The sentences of a story without what only greets its reader; a greeting alone stays. */
function withoutGreeting(sentences: readonly string[]): readonly string[] {
  const [first = '', ...others] = sentences;
  if (others.length > 0 && greetingAlone.test(first)) return others;
  const rest = first.replace(greetingBefore, '');
  if (rest === first) return sentences;
  return [rest.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('fi')), ...others];
}

/**
 * What a story proposes: its first sentence (or its first line) as the title, the next one as the lead; what only greets is neither. A story of one
 * sentence has no lead, unless its title had to be cut: then the lead says the whole of it. The story itself stays whole.
 * @param body Markdown
 */
export function proposedText(body: string): { readonly title: string; readonly lead: string } {
  // The beginning is enough, however much was pasted.
  const start = toPlainText(body.slice(0, 4 * textLimits.lead));
  const sentences = start
    .split('\n')
    .flatMap(sentencesOf)
    .map((sentence) =>
      sentence
        .replace(/^\s*(?:[->•]|\d+\.)\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
  const [first = '', second = ''] = withoutGreeting(sentences);
  const title = titleOf(first);
  const isCut = title !== first.replace(/\.+$/, '');
  const rest = second === '' && isCut ? first : second;
  return { title, lead: cut(rest, textLimits.lead) };
}
