import { Button, Field, Input } from '@fluentui/react-components';
import { useState, type SyntheticEvent } from 'react';
import { useText } from '../context.js';
import { isSafeLink } from './markdown.js';
import css from './editor.module.css';

/** Asks for the address of a link. The answer's address is undefined when the link is to be taken away. */
export function LinkForm(props: {
  readonly address: string | undefined;
  readonly onAnswer: (answer: { readonly address: string | undefined } | undefined) => void;
}) {
  const { t } = useText();
  const [address, setAddress] = useState(props.address ?? 'https://');
  const [isTried, setTried] = useState(false);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isSafeLink(address)) props.onAnswer({ address: address.trim() });
  };
  const isWrong = isTried && !isSafeLink(address);
  return (
    <form className={css.link} onSubmit={send} noValidate>
      <Field
        label={t('editor.link.address')}
        {...(isWrong ? { validationMessage: t('field.notALink') } : {})}
      >
        <Input
          type="url"
          autoFocus
          value={address}
          onChange={(_, data) => setAddress(data.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onAnswer(undefined);
          }}
        />
      </Field>
      <div className={css.linkButtons}>
        <Button size="small" type="submit" appearance="primary">
          {t('editor.link.set')}
        </Button>
        {props.address !== undefined && (
          <Button size="small" onClick={() => props.onAnswer({ address: undefined })}>
            {t('editor.link.remove')}
          </Button>
        )}
        <Button size="small" appearance="subtle" onClick={() => props.onAnswer(undefined)}>
          {t('shared.cancel')}
        </Button>
      </div>
    </form>
  );
}
