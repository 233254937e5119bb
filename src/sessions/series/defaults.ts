import { t } from '../../i18n/messages.js';
import type { MessageKey } from '../../i18n/keys.js';
import { languages } from '../../shared/languages.js';
import { seriesTimes, type SeriesTime } from '../../shared/series-times.js';
import type { Programme } from '../../people/person.js';
import type { AgendaItem, Named, ReminderSettings, RotationSettings, Series, SeriesKind } from './series.js';

/** When a series of this kind comes round where nobody says otherwise. One of the programme's own has to be told. */
export function defaultTime(kind: SeriesKind): Partial<SeriesTime> {
  return kind === 'own' ? {} : seriesTimes[kind];
}

function named(key: MessageKey): Named {
  const [fi, sv, en] = languages.map((language) => t(language, key));
  return { fi: fi ?? '', sv: sv ?? '', en: en ?? '' };
}

/** The name of the kind; one of the programme's own has none. */
export function defaultNames(kind: SeriesKind): Named | undefined {
  return kind === 'own' ? undefined : named(`session.kind.${kind}`);
}

const bigRoomItems = ['picture', 'plan', 'ideas', 'training'] as const;
const itemMinutes = 30;

/** The working session of Big Room: situational picture, plan, ideas, training. */
function defaultAgenda(kind: SeriesKind): readonly AgendaItem[] {
  if (kind !== 'bigRoom') return [];
  return bigRoomItems.map((id) => ({ id, title: named(`session.agenda.${id}`), minutes: itemMinutes }));
}

/** Projects present in rotation at Hankeradio: asked three weeks ahead, with the answer wanted a week before. */
function defaultRotation(kind: SeriesKind, { projects }: Programme): RotationSettings | undefined {
  if (kind !== 'hankeradio' || projects.length === 0) return undefined;
  return { projects: projects.map(({ id }) => id), askDays: 21, deadlineDays: 7 };
}

const defaultReminders: ReminderSettings = {
  offsets: [10_080, 1_440, 15],
  ways: ['person'],
  quiet: { from: '20:00', to: '07:00' },
  channels: [],
};

type Settings = Pick<
  Series,
  | 'descriptions'
  | 'pausedMonths'
  | 'people'
  | 'isOpenToContacts'
  | 'groups'
  | 'agenda'
  | 'reminders'
  | 'rotation'
>;

/** Everything about a series of this kind that a person may leave as it is. */
export function defaultSettings(kind: SeriesKind, programme: Programme): Settings {
  const rotation = defaultRotation(kind, programme);
  return {
    descriptions: {},
    pausedMonths: [],
    people: { of: 'programme' },
    isOpenToContacts: kind === 'hankeradio',
    groups: [],
    agenda: defaultAgenda(kind),
    reminders: defaultReminders,
    ...(rotation && { rotation }),
  };
}
