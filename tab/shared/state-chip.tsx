import {
  ArrowUndo16Regular,
  CalendarClock16Regular,
  CheckmarkCircle16Regular,
  CircleHint16Regular,
  Clock16Regular,
  Dismiss16Regular,
  Edit16Regular,
  ErrorCircle16Regular,
  EyeOff16Regular,
  MailOff16Regular,
  Pause16Regular,
  PersonProhibited16Regular,
  Sparkle16Regular,
  Question16Regular,
  Send16Regular,
  Warning16Regular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { TextStatus } from '../../src/content/text.js';
import type { RecipientState, FanOutStatus } from '../../src/delivery/fan-out/fan-out.js';
import type { ShownNewsState } from '../../src/news/types.js';
import type { OccurrenceStateName } from '../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../src/sessions/series/series.js';
import type { TextKey } from '../text.js';
import { useText } from './context.js';
import css from './state-chip.module.css';

type Tone = 'new' | 'work' | 'wait' | 'good' | 'bad' | 'quiet';
type Look = readonly [Tone, ComponentType];

export type NewsletterStateName = 'collecting' | 'drafting' | 'approved' | 'sending' | 'sent';
export type ReleaseStateName =
  | 'draft'
  | 'approved'
  | 'scheduled'
  | 'publishing'
  | 'awaitsApproval'
  | 'published'
  | 'takenDown'
  | 'failed'
  | 'uncertain'
  | 'cancelled';
/** How a release stands for people: one that was handed in may wait for somebody where it is published. */
export function shownReleaseState(of: {
  readonly status: ReleaseStateName;
  readonly awaitsApproval?: unknown;
}): ReleaseStateName {
  return of.awaitsApproval === undefined ? of.status : 'awaitsApproval';
}

/** Whether somebody outside agreed to get mails; `unsubscribed`: they stopped them by the link in a mail. */
export type ConsentStateName = 'given' | 'notAsked' | 'asked' | 'withdrawn' | 'unsubscribed';

const newsLooks: Readonly<Record<ShownNewsState, Look>> = {
  submitted: ['new', Sparkle16Regular],
  inReview: ['work', Edit16Regular],
  changesRequested: ['wait', Clock16Regular],
  accepted: ['good', CheckmarkCircle16Regular],
  published: ['good', Send16Regular],
  rejected: ['quiet', Dismiss16Regular],
  withdrawn: ['quiet', ArrowUndo16Regular],
};

const textLooks: Readonly<Record<TextStatus, Look>> = {
  missing: ['bad', CircleHint16Regular],
  inProgress: ['work', Edit16Regular],
  behind: ['wait', Warning16Regular],
  ready: ['good', CheckmarkCircle16Regular],
};

const newsletterLooks: Readonly<Record<NewsletterStateName, Look>> = {
  collecting: ['new', Sparkle16Regular],
  drafting: ['work', Edit16Regular],
  approved: ['good', CheckmarkCircle16Regular],
  sending: ['wait', Send16Regular],
  sent: ['good', Send16Regular],
};

const releaseLooks: Readonly<Record<ReleaseStateName, Look>> = {
  draft: ['work', Edit16Regular],
  approved: ['good', CheckmarkCircle16Regular],
  scheduled: ['new', CalendarClock16Regular],
  publishing: ['wait', Send16Regular],
  awaitsApproval: ['wait', Clock16Regular],
  published: ['good', Send16Regular],
  takenDown: ['quiet', EyeOff16Regular],
  failed: ['bad', ErrorCircle16Regular],
  uncertain: ['wait', Question16Regular],
  cancelled: ['quiet', Dismiss16Regular],
};

const sessionLooks: Readonly<Record<OccurrenceStateName, Look>> = {
  planned: ['work', CalendarClock16Regular],
  confirmed: ['good', CheckmarkCircle16Regular],
  held: ['quiet', CheckmarkCircle16Regular],
  cancelled: ['quiet', Dismiss16Regular],
};

const seriesLooks: Readonly<Record<Series['state']['status'], Look>> = {
  draft: ['work', Edit16Regular],
  active: ['good', CheckmarkCircle16Regular],
  ended: ['quiet', Dismiss16Regular],
};

const fanOutLooks: Readonly<Record<FanOutStatus | 'empty' | 'unreached' | 'planned', Look>> = {
  planned: ['new', CalendarClock16Regular],
  sending: ['new', Send16Regular],
  paused: ['wait', Pause16Regular],
  cancelled: ['quiet', Dismiss16Regular],
  done: ['good', CheckmarkCircle16Regular],
  dropped: ['quiet', CircleHint16Regular],
  empty: ['quiet', CircleHint16Regular],
  unreached: ['wait', PersonProhibited16Regular],
};

const recipientLooks: Readonly<Record<RecipientState['status'], Look>> = {
  open: ['work', Clock16Regular],
  sent: ['good', CheckmarkCircle16Regular],
  undeliverable: ['quiet', PersonProhibited16Regular],
  failed: ['bad', ErrorCircle16Regular],
  uncertain: ['wait', Question16Regular],
  dropped: ['quiet', Dismiss16Regular],
};

const consentLooks: Readonly<Record<ConsentStateName, Look>> = {
  given: ['good', CheckmarkCircle16Regular],
  notAsked: ['wait', CircleHint16Regular],
  asked: ['work', Clock16Regular],
  withdrawn: ['quiet', Dismiss16Regular],
  unsubscribed: ['quiet', MailOff16Regular],
};

export type ChipState =
  | { readonly kind: 'news'; readonly state: ShownNewsState }
  | { readonly kind: 'text'; readonly state: TextStatus }
  | { readonly kind: 'newsletter'; readonly state: NewsletterStateName }
  | { readonly kind: 'release'; readonly state: ReleaseStateName }
  | { readonly kind: 'session'; readonly state: OccurrenceStateName }
  | { readonly kind: 'series'; readonly state: Series['state']['status'] }
  | { readonly kind: 'fanOut'; readonly state: FanOutStatus | 'empty' | 'unreached' | 'planned' }
  | { readonly kind: 'recipient'; readonly state: RecipientState['status'] }
  | { readonly kind: 'consent'; readonly state: ConsentStateName };

/** The look of a state: its tone (a colour) and its icon, for places that draw it smaller than a chip. */
export function lookOf(chip: ChipState): Look {
  switch (chip.kind) {
    case 'news':
      return newsLooks[chip.state];
    case 'text':
      return textLooks[chip.state];
    case 'newsletter':
      return newsletterLooks[chip.state];
    case 'release':
      return releaseLooks[chip.state];
    case 'session':
      return sessionLooks[chip.state];
    case 'series':
      return seriesLooks[chip.state];
    case 'fanOut':
      return fanOutLooks[chip.state];
    case 'recipient':
      return recipientLooks[chip.state];
    case 'consent':
      return consentLooks[chip.state];
  }
}

/** A state: icon, word and colour, the same everywhere. */
export function StateChip(chip: ChipState) {
  const { t } = useText();
  const [tone, Icon] = lookOf(chip);
  const key: TextKey =
    chip.kind === 'text'
      ? `text.status.${chip.state}`
      : (`${chip.kind === 'fanOut' ? 'send' : chip.kind}.state.${chip.state}` as TextKey);
  return (
    <span className={`${css.chip} ${css[tone]}`}>
      <Icon aria-hidden="true" />
      {t(key)}
    </span>
  );
}
