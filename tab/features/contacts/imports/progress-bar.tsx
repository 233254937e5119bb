import css from './imports.module.css';

/** How far something is, with its numbers in words above the bar. */
export function ProgressBar(props: {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}) {
  const { done, total, label } = props;
  return (
    <div className={css.progress}>
      <p role="status">{label}</p>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: `${total === 0 ? 0 : (100 * done) / total}%` }} />
      </div>
    </div>
  );
}
