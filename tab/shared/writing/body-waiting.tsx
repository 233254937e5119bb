import { plainText } from '../plain-text.js';
import css from './texts.module.css';

/** The room that the body will take, until the editor has come: lines without letters, so that nothing jumps. */
export function BodyWaiting(props: { readonly body: string; readonly hasTools?: boolean }) {
  return (
    <div className={css.bodyWaiting} data-tools={props.hasTools === true} aria-hidden="true">
      {plainText(props.body)}
    </div>
  );
}
