import { Button, Input } from '@fluentui/react-components';
import { Copy20Regular } from '@fluentui/react-icons';
import { languages } from '../../../../src/shared/languages.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { useShell, useText } from '../../../shared/context.js';
import { Section } from '../parts/section.js';
import css from './series.module.css';

/** The addresses from which a calendar subscribes to the series, one a language. */
export function Feeds({ series }: { readonly series: Series }) {
  const { notify, warn } = useShell();
  const { t } = useText();
  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      notify(t('sessions.done.copied'));
    } catch {
      warn(t('sessions.feeds.notCopied'));
    }
  };
  return (
    <Section id="feeds" title={t('sessions.feeds.title')} hint={t('sessions.feeds.hint')}>
      <ul className={css.feeds}>
        {languages.map((language) => {
          const own = t(`language.own.${language}`);
          const address = `${window.location.origin}/calendar/${series.feedKey}/${language}.ics`;
          return (
            <li key={language}>
              <span>{own}</span>
              <Input
                readOnly
                value={address}
                aria-label={t('sessions.feeds.of', { language: own })}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button
                icon={<Copy20Regular />}
                aria-label={t('sessions.feeds.copyOf', { language: own })}
                onClick={() => void copy(address)}
              >
                {t('sessions.feeds.copy')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
