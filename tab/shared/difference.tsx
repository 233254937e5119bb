import type { TextContent } from '../../src/content/text.js';
import { useText } from './context.js';
import { paragraphsOf, textDifference, type Piece } from './word-difference.js';
import css from './difference.module.css';

const fields = ['title', 'lead', 'body'] as const;

/** What changed from one text to another, field by field and word by word. `changesOnly` leaves out paragraphs that are the same. */
export function Difference(props: {
  readonly before: TextContent;
  readonly after: TextContent;
  readonly language: string;
  readonly changesOnly?: boolean;
}) {
  const isShown = (paragraph: readonly Piece[]): boolean =>
    props.changesOnly !== true || paragraph.some(({ kind }) => kind !== 'same');
  return (
    <div className={css.difference} lang={props.language}>
      {fields.flatMap((field) =>
        paragraphsOf(textDifference(props.before[field], props.after[field]))
          .filter(isShown)
          .map((paragraph, index) => (
            <p key={`${field} ${index}`} className={css[field]}>
              {paragraph.map((piece, at) => (
                <Marked key={at} piece={piece} />
              ))}
            </p>
          )),
      )}
    </div>
  );
}

function Marked({ piece }: { readonly piece: Piece }) {
  const { t } = useText();
  if (piece.kind === 'same') return piece.text;
  const isAdded = piece.kind === 'added';
  const Mark = isAdded ? 'ins' : 'del';
  return <Mark title={t(isAdded ? 'difference.added' : 'difference.removed')}>{piece.text}</Mark>;
}
