import { ChevronRight16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import css from './disclosure.module.css';

/** What is closed until somebody wants to see it, under a heading to press, with Fluent's chevron instead of a browser's triangle. */
export function Disclosure(props: {
  readonly summary: ReactNode;
  readonly className?: string | undefined;
  /** Where it is left out, the browser keeps whether it is open. */
  readonly isOpen?: boolean;
  readonly onToggle?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  const { summary, className, isOpen, onToggle, children } = props;
  return (
    <details
      className={className}
      {...(isOpen !== undefined && { open: isOpen })}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary className={css.summary}>
        <ChevronRight16Regular aria-hidden="true" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
