import type { Contact, Offer, Offers } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';
import { t } from '../../i18n/messages.js';
import type { SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import { wordsOfRule } from '../../shared/rule-words.js';
import { asCalendar, feedAddress } from '../calendar/as-calendar.js';
import { calendarUpdate } from '../calendar/ics/itip.js';
import { isInCalendar, readHeld, segmentUid } from '../held.js';
import { mailedSegments, withDatesAsTheyAre } from '../occurrences/reading.js';
import type { Segment, Series } from '../series/series.js';
import { capitalised } from './phrases.js';
import { calendarFrameOf, type WritingDeps } from './writing.js';

interface OfferDeps extends WritingDeps {
  readonly contacts: Pick<ContactLookup, 'sentVersions'>;
  readonly allSeries: () => Promise<readonly { readonly value: Series }[]>;
}

const lineOf = (language: Language, { rule, time }: Segment): string =>
  capitalised(
    language,
    wordsOfRule((key, values) => t(language, key, values), language, rule, time),
  );

/** The series to which a contact is subscribed, or was, as the page of their choices shows them. */
export function seriesOffers(deps: OfferDeps): Offers {
  const { contacts, sessions, publicUrl, allSeries } = deps;

  const versionsOf = async ({ id }: Contact) => (await contacts.sentVersions([id])).get(id) ?? {};
  type Versions = Awaited<ReturnType<typeof versionsOf>>;

  const inCalendar = (versions: Versions, series: Series): readonly Segment[] =>
    mailedSegments(series, sessions.clock).filter(({ number }) =>
      isInCalendar(versions[segmentUid(series.id, number)] ?? versions[series.id]),
    );

  const isKnownTo = (contact: Contact, versions: Versions, { id }: Series): boolean =>
    contact.subscriptions.includes(id) ||
    Object.keys(versions).some((uid) => uid === id || uid.startsWith(`${id}-`));

  return {
    async of(contact) {
      const { language } = contact;
      const [versions, all] = await Promise.all([versionsOf(contact), allSeries()]);
      const known = all
        .map(({ value }) => value)
        .filter(({ state, isOpenToContacts }) => state.status === 'active' && isOpenToContacts)
        .filter((series) => isKnownTo(contact, versions, series));
      const said = await Promise.all(known.map((series) => withDatesAsTheyAre(sessions, series)));
      return said.map((series): Offer => {
        const last = series.segments.at(-1);
        return {
          id: series.id,
          name: series.names[language],
          line: last === undefined ? '' : lineOf(language, last),
          feedUrl: feedAddress(publicUrl, series, language),
          inCalendar: inCalendar(versions, series).map((segment) => ({
            name: segmentUid(series.id, segment.number),
            line: lineOf(language, segment),
          })),
        };
      });
    },

    async removalFile(contact, name) {
      const [, seriesId = '', number = ''] = /^([0-9a-f]{26})-(\d{1,4})$/.exec(name) ?? [];
      const series = (await sessions.store.series(seriesId as SeriesId))?.value;
      const versions = await versionsOf(contact);
      const segment = series?.segments.find((each) => each.number === Number(number));
      if (series === undefined || segment === undefined || !inCalendar(versions, series).includes(segment))
        return undefined;
      const { language, name: cn, address } = contact;
      const [shown, frame] = await Promise.all([
        asCalendar(sessions, series, language),
        calendarFrameOf(deps, language),
      ]);
      const held = readHeld(versions[name]?.held)?.held ?? { is: 'unknown', from: segment.from };
      const attendee = { name: cn, address };
      return calendarUpdate(shown, name, held, { ...frame, attendee }, { isOff: true })?.object.content;
    },
  };
}
