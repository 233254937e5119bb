import type { ReactNode } from 'react';
import css from './page.module.css';

/** A page in one column: a heading, its one primary action at the right end, and what is on it. */
export function Page(props: {
  readonly title: string;
  readonly lead?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={css.page}>
      <div className={css.head}>
        <div>
          <h1>{props.title}</h1>
          {props.lead !== undefined && <p>{props.lead}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </div>
  );
}
