import { Field, FieldContextProvider, useId } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/**
 * Several controls under one label, each with a name of its own. A bare `Field` is for one control: it gives its
 * identity to each of them, so that a press on any label would reach the first.
 */
export function GroupField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly validationMessage?: string;
  /** See `faultAt`. */
  readonly 'data-fault'?: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const { label, hint, validationMessage, className = '', children } = props;
  const id = useId('group');
  const describedBy = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(validationMessage === undefined ? [] : [`${id}-fault`]),
  ];
  return (
    <Field
      role="group"
      className={className}
      data-fault={props['data-fault']}
      aria-labelledby={`${id}-label`}
      {...(describedBy.length > 0 && { 'aria-describedby': describedBy.join(' ') })}
      label={{ children: label, as: 'label', id: `${id}-label` }}
      {...(hint !== undefined && { hint: { children: hint, id: `${id}-hint` } })}
      {...(validationMessage !== undefined && {
        validationMessage: { children: validationMessage, id: `${id}-fault` },
      })}
    >
      <FieldContextProvider value={undefined}>{children}</FieldContextProvider>
    </Field>
  );
}
