import { Button, Field, Input } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Warning20Filled } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { CheckId, Finding } from '../../src/shared/answers/set-up.js';
import { tryCheck } from './api.js';
import { useShell, useText } from './context.js';
import css from './try-it.module.css';

/** What came of trying something, and what to do where it does not work. */
export function FindingNote({ finding }: { readonly finding: Finding }) {
  const { t } = useText();
  const { result, code, values } = finding;
  const Icon = result === 'works' ? CheckmarkCircle20Filled : Warning20Filled;
  return (
    <p className={css.finding} data-result={result}>
      <Icon aria-hidden="true" />
      <span>{t(`settings.finding.${code}`, { value: 'none', ...values })}</span>
    </p>
  );
}

/** A button that tries something outside, and says what came of it. A test mail is asked for its address. */
export function TryIt({ id }: { readonly id: CheckId }) {
  const { api, fail } = useShell();
  const { t } = useText();
  const [address, setAddress] = useState('');
  const [isTrying, setTrying] = useState(false);
  const [finding, setFinding] = useState<Finding>();
  const field = useId();
  const run = async (): Promise<void> => {
    if (isTrying) return;
    setTrying(true);
    setFinding(undefined);
    try {
      setFinding((await tryCheck(api, id, id === 'mail' ? address : undefined)).finding);
    } catch (error) {
      fail(error);
    } finally {
      setTrying(false);
    }
  };
  return (
    <form
      className={css.tryIt}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className={css.row}>
        {id === 'mail' && (
          <Field className={css.address ?? ''} label={t('settings.check.address')}>
            <Input
              id={field}
              type="email"
              autoComplete="email"
              value={address}
              onChange={(_, { value }) => setAddress(value)}
            />
          </Field>
        )}
        <Button
          type="submit"
          disabledFocusable={isTrying}
          aria-label={t('settings.check.try.of', { name: t(`settings.check.${id}`) })}
        >
          {t(isTrying ? 'settings.check.trying' : 'settings.check.try')}
        </Button>
      </div>
      <div role="status">{finding !== undefined && <FindingNote finding={finding} />}</div>
    </form>
  );
}
