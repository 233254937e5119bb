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

/** The beginning of a text, cut between words where it is longer. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1).replace(/\s+\S*$/, '');
  const whole = kept === '' ? text.slice(0, max - 1) : kept;
  return `${whole.replace(/(?:[\s,;:–-]+(?:ja|sekä|tai|että|och|samt|eller|att|and|or|that))?[\s.,;:–-]*$/iu, '')}…`;
}

/**
 * What a told story proposes: its first sentence (or its first line) as the title, the next one as the lead. A story of one
 * sentence has no lead, unless its title had to be cut: then the lead says the whole of it. The story itself stays whole.
 * @param body Markdown
 */
export function proposedText(body: string): { readonly title: string; readonly lead: string } {
  // The beginning is enough, however much was pasted.
  const start = toPlainText(body.slice(0, 4 * textLimits.lead));
  const [first = '', second = ''] = start
    .split('\n')
    .flatMap(sentencesOf)
    .map((sentence) =>
      sentence
        .replace(/^\s*(?:[->•]|\d+\.)\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
  const title = cut(first.replace(/\.+$/, ''), textLimits.title);
  const rest = second === '' && title.endsWith('…') ? first : second;
  return { title, lead: cut(rest, textLimits.lead) };
}
