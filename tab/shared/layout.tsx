import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useText } from './context.js';
import css from './layout.module.css';

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

/**
 * A list left and what is chosen from it right; on a narrow screen one at a time with a way back. The list stays
 * mounted, so it keeps its place.
 */
export function ListDetail(props: {
  /** What the list holds, for screen readers. */
  readonly label: string;
  readonly list: ReactNode;
  /** Undefined when nothing is chosen. */
  readonly detail: ReactNode | undefined;
  /** Shown right while nothing is chosen. */
  readonly nothing: ReactNode;
  /** Where the way back goes: an `href`. */
  readonly back: string;
}) {
  const { t } = useText();
  const isOpen = props.detail !== undefined;
  return (
    <div className={css.split} data-open={isOpen}>
      <section className={css.list} aria-label={props.label}>
        {props.list}
      </section>
      <div className={css.detail}>
        {isOpen && (
          <div className={css.back}>
            <Button as="a" href={props.back} appearance="subtle" icon={<ArrowLeft20Regular />}>
              {t('shared.back')}
            </Button>
          </div>
        )}
        {props.detail ?? props.nothing}
      </div>
    </div>
  );
}
