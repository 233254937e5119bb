import { ChevronDown16Regular } from '@fluentui/react-icons';
import type { ReactNode, SelectHTMLAttributes } from 'react';
import css from './plain-select.module.css';

/**
 * A choice from a list, low and quiet, with Fluent's look: the browser's own control in it, so that a list page needs nothing
 * of Fluent's fields to be drawn first.
 */
export function PlainSelect(
  props: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'> & {
    readonly className?: string | undefined;
    readonly children: ReactNode;
  },
) {
  const { className, ...select } = props;
  return (
    <span className={className === undefined ? css.field : `${css.field} ${className}`}>
      <select {...select} />
      <ChevronDown16Regular aria-hidden="true" />
    </span>
  );
}
