import { plain } from './parts.js';
import type { FieldFault } from '../../src/platform/errors.js';
import { t } from '../../src/i18n/messages.js';
import { withDatesWritten } from '../../src/shared/dates.js';
import type { Language } from '../../src/shared/languages.js';

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** One input of a form with few fields. The long form of the news has a template of its own. */
export interface Field {
  readonly id: string;
  readonly kind: 'text' | 'lines' | 'link' | 'choice' | 'buttons' | 'choices' | 'date';
  readonly label: string;
  /** Under the field; empty for none. */
  readonly example: string;
  readonly value: string;
  /** Said by the client when it is not filled in rightly. */
  readonly wants: string;
  readonly isRequired: boolean;
  readonly choices: readonly Choice[];
  /** The earliest date of a date field. */
  readonly earliest: string;
  readonly faults: readonly { readonly text: string }[];
}

const common = {
  id: '${id}',
  label: '${label}',
  value: '${value}',
  isRequired: '${isRequired}',
  errorMessage: '${wants}',
} as const;

const choiceList: readonly object[] = [{ $data: '${choices}', title: '${title}', value: '${value}' }];

const only = (kind: Field['kind'], input: object): object => ({
  $when: `\${kind == '${kind}'}`,
  ...common,
  ...input,
});

/**
 * The fields from `fields` of the data: the input, then what is wrong with it, then an example. Text has no `maxLength`:
 * there clients cut a pasted text in silence; what is too long is said at the field.
 */
export const fieldList: object = {
  $data: '${fields}',
  type: 'Container',
  spacing: 'Medium',
  items: [
    only('text', { type: 'Input.Text' }),
    only('lines', { type: 'Input.Text', isMultiline: true }),
    only('link', { type: 'Input.Text', style: 'Url' }),
    only('choice', { type: 'Input.ChoiceSet', style: 'compact', choices: choiceList, wrap: true }),
    only('buttons', { type: 'Input.ChoiceSet', style: 'expanded', choices: choiceList, wrap: true }),
    only('choices', {
      type: 'Input.ChoiceSet',
      style: 'expanded',
      isMultiSelect: true,
      choices: choiceList,
      wrap: true,
    }),
    only('date', { type: 'Input.Date', min: '${earliest}' }),
    {
      ...plain('⚠ ${text}', { color: 'Attention', weight: 'Bolder', size: 'Small' }, { spacing: 'None' }),
      $data: '${faults}',
    },
    {
      ...plain('${example}', { size: 'Small', isSubtle: true }, { spacing: 'None' }),
      $when: "${example != ''}",
    },
  ],
};

/** What is wrong at a field, in words. A personal identity code is masked in the value that a card shows again. */
export function faultAtField(language: Language, { code, values }: FieldFault): string {
  return code === 'personalId'
    ? t(language, 'chat.personalData.masked')
    : t(language, `field.${code}`, withDatesWritten(language, values));
}

/** A field with what was found wrong with it. */
export function formField(
  language: Language,
  faults: readonly FieldFault[],
  field: Pick<Field, 'id' | 'kind' | 'label' | 'value'> & Partial<Field>,
): Field {
  const own = faults.filter(({ field: name }) => name === field.id);
  return {
    example: '',
    wants: '',
    isRequired: false,
    choices: [],
    earliest: '',
    faults: own.map((fault) => ({ text: faultAtField(language, fault) })),
    ...field,
    ...(field.kind === 'date' && { earliest: earliestFor(field.value, field.earliest ?? '') }),
  };
}

/**
 * The `min` of a date field, as ISO dates. A value that is older already must not keep the client from sending the other
 * fields: the service decides whether it may stay.
 */
export function earliestFor(value: string, earliest: string): string {
  return value !== '' && value < earliest ? value : earliest;
}
