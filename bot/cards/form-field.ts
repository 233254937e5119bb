import type { FieldFault } from '../../src/platform/errors.js';
import { say } from '../../src/i18n/messages.js';
import type { Language } from '../../src/shared/languages.js';
import type { Field } from './fields.js';

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
    faults: own.map(({ code, values }) => ({ text: say(language, `field.${code}`, values) })),
    ...field,
  };
}
