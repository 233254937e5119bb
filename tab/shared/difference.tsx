import type { Words } from '../../src/texts/text.js';
import { useText } from './context.js';
import { wordDifference } from './word-difference.js';
import css from './difference.module.css';

const fields = ['title', 'lead', 'body'] as const;

/** What changed from one text to another, field by field and word by word. */
export function Difference(props: {
  readonly before: Words;
  readonly after: Words;
  readonly language: string;
}) {
  const { t } = useText();
  return (
    <div className={css.difference} lang={props.language}>
      {fields.map((field) => (
        <p key={field} className={css[field]}>
          {wordDifference(props.before[field], props.after[field]).map((piece, index) => {
            if (piece.kind === 'same') return <span key={index}>{piece.text}</span>;
            const isAdded = piece.kind === 'added';
            const Mark = isAdded ? 'ins' : 'del';
            return (
              <Mark key={index} title={t(isAdded ? 'difference.added' : 'difference.removed')}>
                {piece.text}
              </Mark>
            );
          })}
        </p>
      ))}
    </div>
  );
}
