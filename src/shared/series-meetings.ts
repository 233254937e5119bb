import type { Series, SeriesKind } from '../sessions/series/series.js';

export const lobbyChoices = ['everyone', 'organisation'] as const;

/** Who gets into the online meetings of a series, and what they may do there. */
export interface MeetingAccess {
  /** Who comes in without waiting in the lobby: whoever has the link, or people of the organisation. */
  readonly lobby: (typeof lobbyChoices)[number];
  /** Who may share a screen and let others in. */
  readonly presenters: (typeof lobbyChoices)[number];
  /** Whether attendees may turn on their microphone, and their camera. */
  readonly microphones: boolean;
  readonly cameras: boolean;
}

/** Hankeradio is open to whoever has the link; what is worked on together is for the organisation first. */
export function defaultMeeting(kind: SeriesKind): MeetingAccess {
  const isOpen = kind === 'hankeradio';
  return {
    lobby: isOpen ? 'everyone' : 'organisation',
    presenters: 'organisation',
    microphones: true,
    cameras: true,
  };
}

/** A series of an older release has what its kind begins with. */
export const meetingOf = ({ kind, meeting }: Pick<Series, 'kind' | 'meeting'>): MeetingAccess =>
  meeting ?? defaultMeeting(kind);
