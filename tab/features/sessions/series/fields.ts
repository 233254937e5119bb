import type { SettingsForm } from './form.js';

/** What each part of the settings is given. */
export interface FieldsProps {
  readonly form: SettingsForm;
  readonly fault: unknown;
  readonly onChange: (part: Partial<SettingsForm>) => void;
}
