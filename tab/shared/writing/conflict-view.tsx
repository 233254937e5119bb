import { textDifference } from '../word-difference.js';
import css from './conflict.module.css';

/** A text in two versions; `title` is shown as one. */
export interface TwoVersions {
  readonly key: string;
  readonly mine: string;
  readonly theirs: string;
}

/** One's own version and somebody else's, side by side, with what sets them apart underlined. */
export function ConflictSides(props: {
  readonly fields: readonly TwoVersions[];
  /** What the two are called. */
  readonly titles: { readonly mine: string; readonly theirs: string };
  readonly language?: string | undefined;
}) {
  const { fields, titles, language } = props;
  return (
    <div className={css.pair} lang={language}>
      <Side title={titles.mine} kind="added" fields={fields} />
      <Side title={titles.theirs} kind="removed" fields={fields} />
    </div>
  );
}

function Side(props: {
  readonly title: string;
  readonly kind: 'added' | 'removed';
  readonly fields: readonly TwoVersions[];
}) {
  return (
    <div className={css.side} role="group" aria-label={props.title} tabIndex={0}>
      <h3>{props.title}</h3>
      {props.fields.map(({ key, mine, theirs }) => (
        <p key={key} data-field={key}>
          {textDifference(theirs, mine)
            .filter((piece) => piece.kind === 'same' || piece.kind === props.kind)
            .map((piece, index) =>
              piece.kind === 'same' ? (
                <span key={index}>{piece.text}</span>
              ) : (
                <mark key={index}>{piece.text}</mark>
              ),
            )}
        </p>
      ))}
    </div>
  );
}
