import { Button, Field, Input } from '@fluentui/react-components';
import { Copy20Regular, LinkDismiss20Regular } from '@fluentui/react-icons';
import type { FeedAddresses, IntranetAnswer } from '../../../src/shared/answers/intranet.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { renewFeeds } from './api.js';
import css from './intranet.module.css';

/** The addresses under which a feed reader gets the releases of a language, and their replacement. */
export function Feeds(props: {
  readonly answer: Extract<IntranetAnswer, { at: 'here' }>;
  readonly feeds: FeedAddresses;
  readonly onChanged: (answer: IntranetAnswer) => void;
}) {
  const { answer, feeds, onChanged } = props;
  const { api, ask, fail, notify, warn } = useShell();
  const { t, dates } = useText();
  const may = useMay();
  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      notify(t('intranet.feeds.copied'));
    } catch {
      warn(t('sessions.feeds.notCopied'));
    }
  };
  const renew = async (): Promise<void> => {
    const answered = await ask({
      title: t('intranet.feeds.renew.title'),
      text: t('intranet.feeds.renew.text'),
      verb: t('intranet.feeds.renew'),
      isDanger: true,
    });
    if (answered === undefined) return;
    try {
      onChanged(await renewFeeds(api));
      notify(t('intranet.feeds.renewed'));
    } catch (error) {
      fail(error);
    }
  };
  const { key } = answer;
  return (
    <section className={css.feeds} aria-labelledby="intranet-feeds">
      <h2 id="intranet-feeds">{t('intranet.feeds.title')}</h2>
      <p>{t(key === undefined ? 'intranet.feeds.open' : 'intranet.feeds.hint')}</p>
      {(['atom', 'json'] as const).map((format) => (
        <div key={format} className={css.feed}>
          <Field label={t('intranet.feeds.of', { format: format === 'atom' ? 'Atom' : 'JSON' })}>
            <Input readOnly value={feeds[format]} onFocus={(event) => event.currentTarget.select()} />
          </Field>
          <Button
            icon={<Copy20Regular />}
            aria-label={t('intranet.feeds.copyOf', { format: format === 'atom' ? 'Atom' : 'JSON' })}
            onClick={() => void copy(feeds[format])}
          />
        </div>
      ))}
      {key?.renewedBy !== undefined && (
        <p className={css.quiet}>
          {t('intranet.feeds.renewedBy', { name: key.renewedBy, when: dates.moment(key.since) })}
        </p>
      )}
      {key !== undefined && may('release:edit') && (
        <Button appearance="subtle" icon={<LinkDismiss20Regular />} onClick={() => void renew()}>
          {t('intranet.feeds.renew')}
        </Button>
      )}
    </section>
  );
}
