import { Button } from '@fluentui/react-components';
import { CalendarQuestionMark24Regular, PersonVoice24Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import type { SessionOverview } from '../../../../src/sessions/occurrences/queries.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { href } from '../../../shared/route.js';
import { occurrenceApi } from '../api.js';
import { openSlots } from './year.js';
import css from './attention.module.css';

/** Slots at which nobody presents yet, and sessions on a public holiday: said at the top, with what can be done. */
export function Attention(props: {
  readonly lines: readonly OccurrenceLine[];
  readonly onHoliday: SessionOverview['onHoliday'];
  readonly onChanged: () => void;
}) {
  const { t, dates, language } = useText();
  const may = useMay();
  const [now] = useState(() => Date.now());
  const open = openSlots(props.lines, now);
  if (open.length + props.onHoliday.length === 0) return null;
  return (
    <ul className={css.all} aria-label={t('sessions.attention.label')}>
      {open.map((line) => (
        <Item
          key={line.id}
          icon={<PersonVoice24Regular />}
          title={t('sessions.attention.open', { name: line.names[language], when: dates.moment(line.start) })}
        >
          <Button as="a" href={href(['sessions', line.id], { to: 'presenter' })}>
            {t(may('session:edit') ? 'sessions.attention.choose' : 'sessions.attention.volunteer')}
          </Button>
        </Item>
      ))}
      {props.onHoliday.map((line) => (
        <Clash key={line.id} line={line} onChanged={props.onChanged} />
      ))}
    </ul>
  );
}

/** A move is asked about in its dialog, where one sees whom it notifies; only keeping the date is done here. */
function Clash(props: {
  readonly line: SessionOverview['onHoliday'][number];
  readonly onChanged: () => void;
}) {
  const { line, onChanged } = props;
  const { api, notify, fail } = useShell();
  const { t, dates, language } = useText();
  const { keep, undo: undoAt } = occurrenceApi(api, line.id);
  const keepIt = async (): Promise<void> => {
    try {
      const { undo } = await keep();
      onChanged();
      notify(
        t('sessions.done.keep'),
        undo === undefined
          ? undefined
          : async () => {
              await undoAt(undo);
              onChanged();
            },
      );
      keepFocus();
    } catch (error) {
      fail(error);
      onChanged();
    }
  };
  const { proposal } = line;
  return (
    <Item
      icon={<CalendarQuestionMark24Regular />}
      title={t('sessions.attention.holiday', {
        name: line.names[language],
        when: dates.day(line.start),
        holiday: line.holiday?.names[language] ?? '',
      })}
    >
      {proposal !== undefined && (
        <Button as="a" href={href(['sessions', line.id], { to: 'move', date: proposal })}>
          {t('sessions.attention.moveTo', { when: dates.plainDay(proposal) })}
        </Button>
      )}
      <Button appearance="subtle" as="a" href={href(['sessions', line.id], { to: 'move' })}>
        {t('sessions.attention.moveElse')}
      </Button>
      <Button appearance="subtle" onClick={() => void keepIt()}>
        {t('sessions.keep.verb')}
      </Button>
    </Item>
  );
}

function Item(props: { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode }) {
  return (
    <li className={css.item}>
      <span className={css.icon} aria-hidden="true">
        {props.icon}
      </span>
      <span className={css.title}>{props.title}</span>
      <span className={css.actions}>{props.children}</span>
    </li>
  );
}
