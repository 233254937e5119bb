import { stoppedDelivery } from '../src/audience/stopped-mail.js';
import { stopPage } from '../src/audience/stop-page.js';
import type { Message } from '../src/delivery/outbox/message.js';
import type { Mail } from '../src/delivery/mail/mailer.js';
import { publicPageRoutes } from '../src/people/public-pages.js';
import type { MessageId } from '../src/platform/ids.js';
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
};

/** A page as it is sent to a browser. */
export interface SamplePage {
  readonly name: string;
  readonly html: string;
}

const stopViews = ['ask', 'done', 'isBack', 'lifted', 'none'] as const;

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
        language,
      });
      if (!('text' in reply)) throw new Error(`${route.path} is no page`);
      return { name: `${route.path.slice(1)}-${use}`, html: reply.text };
    }),
  );
}

/** The pages that anybody with the address reads: each view of the one that stops mails, those of the manifest, and those of an open series. */
export async function samplePages(language: Language): Promise<SamplePage[]> {
  const facts = { language, programme: programme.names[language], key: 'key' };
  return [
    ...stopViews.map((view) => ({ name: `stop-${view}`, html: stopPage(view, facts) })),
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
