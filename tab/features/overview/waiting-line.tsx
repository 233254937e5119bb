import {
  CalendarLtr24Regular,
  CalendarQuestionMark24Regular,
  ChevronRight20Regular,
  DocumentBulletListRegular,
  Mail24Regular,
  MegaphoneLoud24Regular,
  PersonFeedback24Regular,
  PersonVoice24Regular,
  PlugDisconnected24Regular,
  Translate24Regular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { WaitingLine } from './lines.js';
import css from './overview.module.css';

const icons: Readonly<Record<WaitingLine['kind'], ComponentType>> = {
  news: DocumentBulletListRegular,
  language: Translate24Regular,
  mine: PersonFeedback24Regular,
  newsletter: Mail24Regular,
  release: MegaphoneLoud24Regular,
  session: CalendarLtr24Regular,
  slot: PersonVoice24Regular,
  holiday: CalendarQuestionMark24Regular,
  message: PlugDisconnected24Regular,
};

/** What waits, line by line; each line is one link. */
export function WaitingLines({ lines }: { readonly lines: readonly WaitingLine[] }) {
  return (
    <ul className={css.lines}>
      {lines.map((line) => {
        const Icon = icons[line.kind];
        return (
          <li key={line.to + line.title}>
            <a className={css.line} href={line.to} data-urgent={line.isUrgent === true}>
              <span className={css.icon} aria-hidden="true">
                <Icon />
              </span>
              <span className={css.words}>
                <span className={css.title}>{line.title}</span>
                {line.detail !== undefined && <span className={css.detail}>{line.detail}</span>}
              </span>
              <ChevronRight20Regular aria-hidden="true" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
