import { useFieldControlProps_unstable, type InputOnChangeData } from '@fluentui/react-components';
import {
  type DatePickerProps,
  renderDatePicker_unstable,
  useDatePicker_unstable,
  useDatePickerStyles_unstable,
} from '@fluentui/react-datepicker-compat';
import { TimePicker as FluentTimePicker } from '@fluentui/react-timepicker-compat';
import { useEffect, useRef, type RefObject } from 'react';
import { timeText } from '../../../src/shared/dates.js';
import type { Language } from '../../../src/shared/languages.js';
import { useText } from '../context.js';
import { todayInHelsinki } from '../dates.js';
import type { PickerProps } from './fields.js';
import css from './fields.module.css';

// Fluent's pickers, in a file of their own: they are large, and only forms want them. They know `Date` in the browser's time
// zone, which here means no more than a day or a time of day.

const two = (number: number): string => String(number).padStart(2, '0');

/** @param iso `2026-12-01` */
function dateOf(iso: string): Date {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return new Date(year, month - 1, day);
}

const isoOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;

const capital = (word: string, language: Language): string =>
  word.charAt(0).toLocaleUpperCase(language) + word.slice(1);

/** The names of twelve months and of seven days from Sunday, as Fluent's calendar wants them. */
function namesOf(language: Language) {
  const months = Array.from({ length: 12 }, (_, month) => new Date(2026, month, 15));
  const days = Array.from({ length: 7 }, (_, day) => new Date(2026, 1, 1 + day));
  const written = (dates: readonly Date[], options: Intl.DateTimeFormatOptions): string[] => {
    const format = new Intl.DateTimeFormat(locales[language], options);
    return dates.map((date) => format.format(date).replace(/\.$/, ''));
  };
  const long = written(months, { month: 'long' });
  const shortDays = written(days, { weekday: 'short' });
  return {
    months: long.map((name) => capital(name, language)),
    shortMonths: long.map((name) =>
      capital(language === 'fi' ? name.replace(/kuu$/, '').slice(0, 5) : name.slice(0, 3), language),
    ),
    days: written(days, { weekday: 'long' }),
    shortDays: shortDays.map((name) => name.slice(0, 2)),
  };
}

/** Takes the focus that the plain field had before it. */
function useFocusTaken(field: RefObject<HTMLInputElement | null>, hadFocusRef: RefObject<boolean>): void {
  useEffect(() => {
    if (hadFocusRef.current && document.activeElement === document.body) field.current?.focus();
  }, [field, hadFocusRef]);
}

/**
 * Weeks begin on Monday, and the first of a year is the one with four days of it, as on Finnish calendars (ISO 8601). The
 * enums are in a package that comes with the picker.
 */
const isoWeeks = { firstDayOfWeek: 1, firstWeekOfYear: 2 } as unknown as Pick<
  DatePickerProps,
  'firstDayOfWeek' | 'firstWeekOfYear'
>;

/** A text field whose calendar opens by its button or the arrow down; Enter in it sends the form, as in any other field. */
export function DatePicker(props: PickerProps) {
  const { text, value, onText, onChoose, onLeave, min, max, hadFocusRef } = props;
  const { t, language } = useText();
  const field = useRef<HTMLInputElement>(null);
  useFocusTaken(field, hadFocusRef);
  const { id } = useFieldControlProps_unstable<{ readonly id?: string }>({}, { supportsLabelFor: true });
  const state = useDatePicker_unstable(
    {
      ...(id !== undefined && { id }),
      value: value === undefined ? null : dateOf(value),
      initialPickerDate: dateOf(value ?? min ?? todayInHelsinki()),
      today: dateOf(todayInHelsinki()),
      ...(min !== undefined && { minDate: dateOf(min) }),
      ...(max !== undefined && { maxDate: dateOf(max) }),
      onSelectDate: (date) => {
        if (date) onChoose(isoOf(date));
      },
      // Its own text and its own focus are not used: a field that opens a calendar when it is entered can't be typed in.
      disableAutoFocus: true,
      openOnClick: false,
      ...isoWeeks,
      showMonthPickerAsOverlay: true,
      strings: {
        ...namesOf(language),
        goToToday: t('date.today'),
        prevMonthAriaLabel: t('date.previousMonth'),
        nextMonthAriaLabel: t('date.nextMonth'),
        prevYearAriaLabel: t('date.previousYear'),
        nextYearAriaLabel: t('date.nextYear'),
        prevYearRangeAriaLabel: t('date.previousYears'),
        nextYearRangeAriaLabel: t('date.nextYears'),
        monthPickerHeaderAriaLabel: t('date.chooseYear', { current: '{0}' }),
        yearPickerHeaderAriaLabel: t('date.chooseMonth', { current: '{0}' }),
        closeButtonAriaLabel: t('date.close'),
        selectedDateFormatString: t('date.selected', { current: '{0}' }),
        todayDateFormatString: t('date.isToday', { current: '{0}' }),
      },
      popupSurface: { 'aria-label': t('date.calendar') },
      contentAfter: { 'aria-label': t('date.open'), 'aria-labelledby': '' },
    },
    field,
  );
  const { onKeyDown, onBlur } = state.root;
  Object.assign(state.root, {
    value: text,
    readOnly: false,
    autoComplete: 'off',
    placeholder: t('date.placeholder'),
    onChange: (_: unknown, data: InputOnChangeData) => onText(data.value),
    onBlur: (event: React.FocusEvent<HTMLInputElement>) => {
      onBlur?.(event);
      onLeave();
    },
    onKeyDown: (event: React.KeyboardEvent<HTMLInputElement>) => {
      if (event.key === 'Enter' && event.currentTarget.getAttribute('aria-expanded') !== 'true') onLeave();
      else onKeyDown?.(event);
    },
  });
  useDatePickerStyles_unstable(state);
  return renderDatePicker_unstable(state);
}

/** @param iso `09:00`, on any day: only the time of day of the answer means something. */
function timeOf(iso: string): Date {
  const [hour = 0, minute = 0] = iso.split(':').map(Number);
  return new Date(2026, 0, 15, hour, minute);
}

const anyDay = new Date(2026, 0, 15);

/** A text field with the quarters of the day to choose from. */
export function TimePicker(props: PickerProps) {
  const { text, value, onText, onChoose, onLeave, hadFocusRef } = props;
  const { t, language } = useText();
  const field = useRef<HTMLInputElement>(null);
  useFocusTaken(field, hadFocusRef);
  const written = (time: Date): string =>
    timeText(language, `2026-01-15T${two(time.getHours())}:${two(time.getMinutes())}:00+02:00`);
  return (
    <FluentTimePicker
      input={{ ref: field }}
      listbox={{ className: css.times ?? '' }}
      freeform
      expandIcon={{ 'aria-label': t('date.openTimes') }}
      hourCycle="h23"
      increment={15}
      startHour={6}
      endHour={23}
      dateAnchor={anyDay}
      selectedTime={value === undefined ? null : timeOf(value)}
      value={text}
      formatDateToTimeString={written}
      // What is typed is read by the field itself, with each key.
      parseTimeStringToDate={() => ({ date: value === undefined ? null : timeOf(value) })}
      onInput={({ currentTarget }) => onText(currentTarget.value)}
      onTimeChange={(_, { selectedTime }) => {
        if (selectedTime) onChoose(`${two(selectedTime.getHours())}:${two(selectedTime.getMinutes())}`);
      }}
      onBlur={onLeave}
    />
  );
}
