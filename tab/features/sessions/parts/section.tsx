import type { ReactNode } from 'react';
import css from './section.module.css';

/** A part of a page under its own heading, with what can be done with all of it at the right. */
export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = `${props.id}-heading`;
  return (
    <section id={props.id} className={css.section} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading} tabIndex={-1}>
          {props.title}
        </h2>
        {props.action}
      </div>
      {props.hint !== undefined && <p className={css.hint}>{props.hint}</p>}
      {props.children}
    </section>
  );
}
