import type { Mail } from '../../../../src/newsletter/mail/mail.js';
import { useText } from '../../../shared/context.js';
import css from './preview.module.css';

const kilobytes = (bytes: number): number => Math.ceil(bytes / 1000);

/** How large the mail is beside what mail programs show uncut. */
export function SizeMeter({ mail }: { readonly mail: Mail }) {
  const { t } = useText();
  const { bytes, limit, shortened } = mail;
  const isOver = bytes > limit;
  const share = Math.min(1, bytes / limit);
  return (
    <div className={css.size}>
      <p>{t('newsletter.size', { size: kilobytes(bytes), limit: kilobytes(limit) })}</p>
      <div
        className={css.meter}
        role="meter"
        aria-label={t('newsletter.size.label')}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(bytes, limit)}
        aria-valuetext={t('newsletter.size', { size: kilobytes(bytes), limit: kilobytes(limit) })}
        data-full={isOver || shortened.length > 0}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      {shortened.length > 0 && !isOver && (
        <p>{t('newsletter.size.shortened', { count: shortened.length })}</p>
      )}
      {isOver && <p role="alert">{t('newsletter.size.over')}</p>}
    </div>
  );
}
