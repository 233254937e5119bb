import { Field, Input } from '@fluentui/react-components';
import { CalendarMonth20Regular, Clock20Regular } from '@fluentui/react-icons';
import {
  lazy,
  Suspense,
  useRef,
  useState,
  type ComponentType,
  type ReactElement,
  type Ref,
  type RefObject,
} from 'react';
import { useText } from '../context.js';
import { addDays, todayInHelsinki } from '../dates.js';
import { announceChosen } from '../use-fault.js';
import { dateProblem, dateShown, dateTyped, isDate, isTime, timeShown, timeTyped } from './typed.js';
import css from './fields.module.css';

/** What a field of a form says of itself; what it sees itself goes before a fault of the server, which may be of an earlier value. */
interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly validationMessage?: string;
  /** See `faultAt`. */
  readonly 'data-fault'?: string;
  readonly required?: boolean;
  /** `2026-12-01` or `09:00`; empty where nothing is chosen; what was typed where that is neither. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What a picker is given: the text in its field, and what becomes of it. */
export interface PickerProps {
  readonly text: string;
  /** ISO, where the text is a date or a time. */
  readonly value: string | undefined;
  readonly onText: (text: string) => void;
  readonly onChoose: (value: string) => void;
  readonly onLeave: () => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** Whether the plain field before it had the focus, which it then takes. */
  readonly hadFocusRef: RefObject<boolean>;
}

const DatePicker = lazy(async () => ({ default: (await import('./pickers.js')).DatePicker }));
const TimePicker = lazy(async () => ({ default: (await import('./pickers.js')).TimePicker }));

/**
 * A date of a form, typed or chosen from a calendar; typed without a year it is the next such date. Why a date before `min` or
 * after `max` (ISO dates, both allowed) can't be is said at the field when somebody leaves it.
 */
export function DateField(
  props: FieldProps & { readonly min?: string | undefined; readonly max?: string | undefined },
) {
  const { min, max, value } = props;
  const { t, language } = useText();
  const problem = dateProblem(value, { min, max });
  return (
    <TypedField
      {...props}
      picker={DatePicker}
      icon={<CalendarMonth20Regular />}
      shown={dateShown(language, value)}
      isRight={isDate(value)}
      // Of days that are over the last such one is meant.
      read={(text) => dateTyped(text, min ?? (max === undefined ? todayInHelsinki() : addDays(max, -364)))}
      problem={
        problem && t(problem.code, { date: problem.date === '' ? '' : dateShown(language, problem.date) })
      }
    />
  );
}

/** A time of day of a form, typed as one writes it or chosen from a list. */
export function TimeField(props: FieldProps) {
  const { value } = props;
  const { t, language } = useText();
  return (
    <TypedField
      {...props}
      picker={TimePicker}
      icon={<Clock20Regular />}
      shown={timeShown(language, value)}
      isRight={isTime(value)}
      read={timeTyped}
      problem={value === '' || isTime(value) ? undefined : t('field.notATime')}
    />
  );
}

function TypedField(
  props: FieldProps & {
    readonly picker: ComponentType<PickerProps>;
    readonly icon: ReactElement;
    readonly min?: string | undefined;
    readonly max?: string | undefined;
    readonly shown: string;
    readonly isRight: boolean;
    readonly read: (text: string) => string | undefined;
    readonly problem: string | undefined;
  },
) {
  const { label, hint, validationMessage, required = false, value, onChange, min, max } = props;
  const { picker: Picker, icon, shown, isRight, read, problem } = props;
  // What is being typed stays as it is until the field is left: "1.1" is a date already, and may become "1.12.".
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: string }>();
  const hadFocusRef = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const isTyping = typed?.value === value;
  const said = (isTyping ? undefined : problem) ?? validationMessage;
  const take = (text: string): void => {
    const next = read(text) ?? text.trim();
    setTyped({ text, value: next });
    if (next !== value) onChange(next);
  };
  return (
    <Field
      label={label}
      required={required}
      className={css.field ?? ''}
      data-fault={props['data-fault']}
      ref={root as Ref<never>}
      {...(hint !== undefined && { hint })}
      {...(said !== undefined && { validationMessage: said })}
    >
      <Suspense fallback={<Plain text={shown} icon={icon} hadFocusRef={hadFocusRef} />}>
        <Picker
          text={isTyping ? typed.text : shown}
          value={isRight ? value : undefined}
          onText={take}
          onChoose={(chosen) => {
            setTyped(undefined);
            announceChosen(root.current);
            if (chosen !== value) onChange(chosen);
          }}
          onLeave={() => setTyped(undefined)}
          min={min}
          max={max}
          hadFocusRef={hadFocusRef}
        />
      </Suspense>
    </Field>
  );
}

/** What stands there until the picker has come: the same field, which can't be written in yet. */
function Plain(props: {
  readonly text: string;
  readonly icon: ReactElement;
  readonly hadFocusRef: RefObject<boolean>;
}) {
  const { text, icon, hadFocusRef } = props;
  return (
    <Input
      readOnly
      value={text}
      contentAfter={icon}
      onFocus={() => {
        hadFocusRef.current = true;
      }}
      onBlur={() => {
        hadFocusRef.current = false;
      }}
    />
  );
}
