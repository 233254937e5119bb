import { stoppedDelivery } from '../src/audience/stopped-mail.js';
import type { Contact, Offer } from '../src/audience/contact.js';
import { stopPage, type StopView } from '../src/audience/stop-page.js';
import type { Message } from '../src/delivery/outbox/message.js';
import type { Mail } from '../src/delivery/mail/mailer.js';
import { publicPageRoutes } from '../src/people/public-pages.js';
import type { ContactId, MessageId } from '../src/platform/ids.js';
import type { Language } from '../src/shared/languages.js';
import { coordinator, programme as testProgramme } from './make.js';
import { outsidePages } from './make-outside-pages.js';
import { contactForm, remindersWorld } from './unit/sessions/reminders/reminders-world.js';

const programme = {
  ...testProgramme,
  names: {
    fi: 'Hyvinvointialueen yhteiset hankkeet',
    sv: 'Välfärdsområdets gemensamma projekt',
    en: 'The joint projects of the county',
  },
  helper: { name: 'Eeva Esimerkki', phone: '+358 40 000 0000', address: 'eeva.esimerkki@example.org' },
};

/** A page as it is sent to a browser. */
export interface SamplePage {
  readonly name: string;
  readonly html: string;
}

/** What the page of somebody's choices shows, in each of its views. */
function stopViews(language: Language): Readonly<Record<string, StopView>> {
  const names = {
    fi: ['Hankeradio', 'Joka kuukauden ensimmäinen tiistai klo 9.00', 'Big Room', 'Joka toinen keskiviikko'],
    sv: ['Projektradion', 'Första tisdagen i varje månad kl. 9.00', 'Big Room', 'Varannan onsdag'],
    en: ['Project Radio', 'The first Tuesday of every month at 9:00', 'Big Room', 'Every other Wednesday'],
  } as const;
  const [radio, radioLine, room, roomLine] = names[language];
  const feedUrl = `https://bigroom.example.test/calendar/key/${language}.ics`;
  const offers: readonly Offer[] = [
    { id: 'a', name: radio, line: radioLine, feedUrl, inCalendar: [{ name: 'a-1', line: radioLine }] },
    { id: 'b', name: room, line: roomLine, feedUrl, inCalendar: [] },
  ];
  const at = '2026-11-02T08:00:00Z';
  const contact: Contact = {
    id: 'c' as ContactId,
    name: 'Outi Ollila',
    address: 'outi.ollila@jarjesto.example',
    language,
    subscriptions: ['a'],
    consent: { given: true, at, how: 'Kysyttiin', by: { id: coordinator.id, name: coordinator.name } },
    stopKey: 'key',
    createdAt: at,
  };
  return {
    choices: { is: 'choices', contact, offers },
    saved: { is: 'choices', contact, offers, notice: 'savedLess' },
    done: { is: 'done', language, offers, clears: false },
    cleared: { is: 'done', language, offers: [], clears: true },
    lifted: { is: 'lifted', language },
    none: { is: 'none' },
  };
}

async function manifestPages(language: Language, use: 'trial' | 'own'): Promise<SamplePage[]> {
  const routes = publicPageRoutes({ programme: () => Promise.resolve(programme), use });
  return Promise.all(
    routes.map(async (route) => {
      if (route.permission !== 'open') throw new Error(`${route.path} is not open`);
      const reply = await route.handle({
        params: {},
        query: {},
        body: undefined,
        sender: '127.0.0.1',
        browser: '',
        language,
      });
      if (!('text' in reply)) throw new Error(`${route.path} is no page`);
      return { name: `${route.path.slice(1)}-${use}`, html: reply.text };
    }),
  );
}

/** The pages that anybody with the address reads: each view of the one that stops mails, those of the manifest, and those of an open series. */
export async function samplePages(language: Language): Promise<SamplePage[]> {
  const { names, helper } = programme;
  const facts = { language, names, helper, key: 'key' };
  return [
    ...Object.entries(stopViews(language)).map(([name, view]) => ({
      name: `stop-${name}`,
      html: stopPage(view, facts),
    })),
    ...(await manifestPages(language, 'trial')),
    ...(await manifestPages(language, 'own')),
    ...(await outsidePages(language)),
  ];
}

/** The mail to a contact who has stopped the mails. */
export async function sampleStoppedMail(language: Language): Promise<Mail> {
  const { contacts, contactRows: store } = remindersWorld();
  const { id, stopKey } = await contacts.add(coordinator, contactForm({ language, series: [] }));
  await contacts.stop(stopKey);
  const sent: Mail[] = [];
  const { handle } = stoppedDelivery({
    store,
    mailer: {
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve({ result: 'sent' });
      },
    },
    programme: () => Promise.resolve(programme),
    publicUrl: 'https://bigroom.example.test',
  });
  await handle({ contactId: id }, { id: 'm1' as MessageId } as Message);
  const [mail] = sent;
  if (mail === undefined) throw new Error('The mail was not sent');
  return mail;
}
