import { Comment16Regular, Person16Regular } from '@fluentui/react-icons';
import type { Presence } from '../../../../src/news/presence.js';
import type { NewsLine } from '../../../../src/news/types.js';
import { useText } from '../../../shared/context.js';
import { inSentence } from '../labels.js';
import css from './list.module.css';

const enumerated = ([first, ...others]: readonly string[]): string =>
  first === undefined ? '' : [first, ...others.map(inSentence)].join(', ');

type Facts = Pick<NewsLine, 'audiences' | 'wishedChannels' | 'earliestDate'>;

/** For whom, where and from when, in one line; nothing where nothing of it is known. */
export function useFacts(): (facts: Facts) => string {
  const { t, dates } = useText();
  return ({ audiences = [], wishedChannels = [], earliestDate }) =>
    [
      earliestDate === undefined ? '' : t('news.meta.earliest', { date: dates.plainDay(earliestDate) }),
      enumerated(audiences.map((audience) => t(`audience.${audience}`))),
      enumerated(wishedChannels.map((channel) => t(`channel.${channel}`))),
    ]
      .filter((part) => part !== '')
      .join(' · ');
}

/** Under the title of a line: what was asked, for whom it is, who takes care of it and who is at it. */
export function LineMeta({
  line,
  present,
}: {
  readonly line: NewsLine;
  readonly present: readonly Presence[];
}) {
  const { t } = useText();
  const facts = useFacts()(line);
  return (
    <>
      {line.asked !== undefined && (
        <span className={css.asked}>
          <Comment16Regular aria-hidden="true" />
          <span>{t('news.meta.asked', { text: line.asked })}</span>
        </span>
      )}
      {line.awaitsReply === true && (
        <span className={css.asked}>
          <Comment16Regular aria-hidden="true" />
          <span>{t('news.meta.awaitsReply', { name: line.authorName })}</span>
        </span>
      )}
      {facts !== '' && <span className={css.facts}>{facts}</span>}
      {(line.assignee !== undefined || present.length > 0) && (
        <span className={css.who}>
          {line.assignee !== undefined && (
            <span>
              <Person16Regular aria-hidden="true" />
              {t('news.meta.assignee', { name: line.assignee.name })}
            </span>
          )}
          {present.map(({ person, isTyping }) => (
            <span key={person.id} className={css.present}>
              {t(isTyping ? 'news.present.typing' : 'news.present.reading', { name: person.name })}
            </span>
          ))}
        </span>
      )}
    </>
  );
}
