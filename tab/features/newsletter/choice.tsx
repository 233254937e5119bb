import { useId } from 'react';
import css from './choice.module.css';

/** One of a few, all in view: a row of radio buttons that looks like a switch. */
export function Choice<Value extends string | number>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChoose: (value: Value) => void;
  readonly isDisabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={css.choice} disabled={props.isDisabled}>
      <legend>{props.label}</legend>
      {props.options.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === props.value}
            onChange={() => props.onChoose(value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
