import { useText } from '../../shared/context.js';
import { reasonKey } from './reason.js';
import css from './sends.module.css';

/** Why somebody was not reached; what nobody foresaw as it came. */
export function ReasonText({ reason }: { readonly reason: string }) {
  const { t } = useText();
  const key = reasonKey(reason);
  if (key !== undefined) return <span className={css.reason}>{t(key)}</span>;
  return (
    <span className={css.reason}>
      {t('sends.reason.other')} {reason !== '' && <code>{reason}</code>}
    </span>
  );
}
