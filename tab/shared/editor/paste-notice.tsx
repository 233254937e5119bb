import { Button } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useText } from '../context.js';
import { droppedKinds, type Dropped } from './paste.js';
import css from './editor.module.css';

/** What of a pasted text could not be kept as it was, read aloud when there is a pause. It stays until the next paste or until it is closed. */
export function PasteNotice(props: { readonly dropped: Dropped; readonly onClose: () => void }) {
  const { t } = useText();
  const texts = droppedKinds.flatMap((kind) => {
    const count = props.dropped[kind];
    return count === undefined ? [] : [t(`editor.paste.${kind}`, { count })];
  });
  return (
    <div className={css.paste} data-empty={texts.length === 0}>
      <div role="status">
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      {texts.length > 0 && (
        <Button
          appearance="subtle"
          size="small"
          icon={<Dismiss20Regular aria-hidden="true" />}
          aria-label={t('editor.paste.close')}
          onClick={props.onClose}
        />
      )}
    </div>
  );
}
