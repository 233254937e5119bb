import { Button } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { useRowKeys } from '../../../shared/row-keys.js';
import { StateChip } from '../../../shared/state-chip.js';
import { wallTimeOf, weekday } from '../../../shared/wall-time.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { monthName, timeSpan, weekdayName } from '../parts/long-date.js';
import { Section } from '../parts/section.js';
import { useOccurrenceWords } from '../parts/words.js';
import css from './next-list.module.css';

const shownFirst = 8;

/** What comes next, with who presents and what about. j and k go along the rows. */
export function NextList({ lines }: { readonly lines: readonly OccurrenceLine[] }) {
  const { t } = useText();
  const rows = useRef<HTMLUListElement>(null);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, shownFirst);
  useRowKeys(rows);
  return (
    <Section id="sessions-next" title={t('sessions.next.title')}>
      {lines.length === 0 ? (
        <p className={css.none}>{t('sessions.next.none')}</p>
      ) : (
        <ul ref={rows} className={css.rows}>
          {shown.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ul>
      )}
      {shown.length < lines.length && (
        <Button className={css.more ?? ''} appearance="subtle" onClick={() => setWhole(true)}>
          {t('shared.more')}
        </Button>
      )}
    </Section>
  );
}

function Row({ line }: { readonly line: OccurrenceLine }) {
  const { t, language } = useText();
  const { name, presenter, topic } = useOccurrenceWords()(line);
  const { date } = wallTimeOf(line.start);
  const isOpenSlot = line.slot?.how === 'nobody' && line.state.status !== 'cancelled';
  return (
    <li>
      <a className={css.row} href={href(['sessions', line.id])} data-state={line.state.status}>
        <time className={css.date} dateTime={line.start}>
          <span>{weekdayName(language, weekday(date) + 1, 'short')}</span>
          <strong>{Number(date.slice(8))}</strong>
          <span>{monthName(language, Number(date.slice(5, 7)), 'short')}</span>
        </time>
        <span className={css.words}>
          <span className={css.title}>{topic ?? name}</span>
          <span className={css.about}>
            <KindMark kind={line.kind} />
            <span>
              {[topic === undefined ? undefined : name, timeSpan(language, line.start, line.end)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {presenter !== undefined && (
            <span className={css.presenter} data-open={isOpenSlot}>
              {presenter}
            </span>
          )}
          {line.movedFrom !== undefined && line.state.status !== 'cancelled' && (
            <span className={css.presenter}>{t('sessions.moved.short')}</span>
          )}
        </span>
        <StateChip kind="session" state={line.state.status} />
      </a>
    </li>
  );
}
