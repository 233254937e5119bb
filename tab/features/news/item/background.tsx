import type { NewsItem } from '../../../../src/news/news.js';
import { useText } from '../../../shared/context.js';
import css from './item.module.css';

/** What the author told beside the words: for whom, where, a link, and the earliest day. */
export function Background({ item }: { readonly item: NewsItem }) {
  const { t, dates } = useText();
  const rows = [
    [t('news.background.audiences'), item.audiences.map((audience) => t(`audience.${audience}`)).join(' · ')],
    [
      t('news.background.channels'),
      item.wishedChannels.map((channel) => t(`channel.${channel}`)).join(' · '),
    ],
    [t('news.background.earliest'), item.earliestDate === undefined ? '' : dates.plainDay(item.earliestDate)],
  ].filter(([, text]) => text !== '');
  return (
    <section className={css.section}>
      <h2>{t('news.background.title')}</h2>
      <dl className={css.background}>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {item.link !== undefined && (
          <div>
            <dt>{t('news.background.link')}</dt>
            <dd>
              <a href={item.link} target="_blank" rel="noreferrer">
                {item.link}
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
