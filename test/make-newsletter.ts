import type { NewsId, StoryId } from '../src/platform/ids.js';
import type { PublicLanguage } from '../src/shared/languages.js';
import type { MailModel, MailStory } from '../src/newsletter/mail/model.js';
import type { Weight } from '../src/newsletter/types.js';
import { newsletterService, type NewsletterService } from '../src/newsletter/service.js';
import { newsletterStore, type NewsletterStore } from '../src/newsletter/store.js';
import { readablePartition } from './world/partition.js';
import {
  coordinator,
  newsWorld,
  programme,
  submission,
  swedishText,
  worker,
  type NewsWorld,
} from './make.js';

export interface NewsletterWorld extends NewsWorld {
  readonly newsletter: NewsletterService;
  readonly store: NewsletterStore;
  /** An accepted item, ready in both languages unless the options say otherwise. */
  readonly accepted: (name: string, more?: AcceptedMore) => Promise<NewsId>;
}

export interface AcceptedMore {
  readonly projectId?: string;
  readonly link?: string;
  readonly onlyFinnish?: boolean;
}

async function accept(news: NewsWorld['news'], name: string, more: AcceptedMore): Promise<NewsId> {
  const words = { title: `${name} suomeksi`, lead: `${name}: miksi`, body: `${name}: **mitä** tapahtui` };
  const { projectId = 'elma', link } = more;
  const form = submission({
    formId: `form-${Buffer.from(name).toString('hex')}`,
    words,
    projectId,
    ...(link && { link }),
  });
  const { item } = await news.submit(worker, form);
  if (more.onlyFinnish !== true) {
    await news.edit(coordinator, item.id, 'sv', { ...swedishText, title: `${name} på svenska` }, 0);
  } else {
    await news.startReview(coordinator, item.id);
  }
  await news.accept(coordinator, item.id);
  if (more.onlyFinnish !== true) await news.ready(coordinator, item.id, 'sv');
  return item.id;
}

/** The newsletter beside the news, on the same rows and outbox. */
export function newsletterWorld(): NewsletterWorld {
  const world = newsWorld();
  const { news, outbox, clock, rows } = world;
  const store = newsletterStore(readablePartition(rows));
  const newsletter = newsletterService({
    store,
    news,
    outbox,
    clock,
    programme: () => Promise.resolve(programme),
    undoSeconds: 10,
  });
  world.users.push(newsletter);
  return { ...world, newsletter, store, accepted: (name, more = {}) => accept(news, name, more) };
}

interface Sample {
  readonly project: number;
  readonly weight: Weight;
  readonly link?: string;
  readonly fi: Pick<MailStory, 'title' | 'lead' | 'body'>;
  readonly sv?: Pick<MailStory, 'title' | 'lead' | 'body'>;
}

const projectNames: readonly Readonly<Record<PublicLanguage, string>>[] = [
  { fi: 'Digihoitopolut', sv: 'Digitala vårdstigar' },
  { fi: 'Elma – elintapaohjauksen palvelutarjotin', sv: 'Elma – servicebrickan för levnadsvanor' },
  { fi: 'Sähköiset palvelut', sv: 'Elektroniska tjänster' },
];

const samples: readonly Sample[] = [
  {
    project: 0,
    weight: 3,
    link: 'https://www.example.org/terapianavigaattori',
    fi: {
      title: 'Terapianavigaattori auttaa löytämään oikean avun kymmenessä minuutissa',
      lead: 'Asiakas vastaa kysymyksiin puhelimella ja tulee ensikäynnille valmiin yhteenvedon kanssa. Ensikäynnillä jää enemmän aikaa puhua siitä, mikä on tärkeää.',
      body: 'Navigaattori on nyt käytössä kaikilla terveysasemilla. Ensimmäisen kuukauden aikana sen täytti **214 asiakasta**.\n\nAmmattilaiset kiittävät kahta asiaa:\n\n- yhteenveto säästää aikaa ensikäynnillä\n- asiakas on jo ehtinyt miettiä, mitä toivoo.\n\n> Ensimmäistä kertaa minun ei tarvinnut aloittaa alusta, kertoi eräs asiakas.',
    },
    sv: {
      title: 'Terapinavigatorn hjälper dig att hitta rätt stöd på tio minuter',
      lead: 'Klienten svarar på frågor med telefonen och kommer till första besöket med en färdig sammanfattning. Då blir det mer tid att tala om det som är viktigt.',
      body: 'Navigatorn används nu på alla hälsostationer. Under den första månaden fyllde **214 klienter** i den.\n\nDe yrkesverksamma är nöjda med två saker:\n\n- sammanfattningen sparar tid vid första besöket\n- klienten har redan hunnit fundera på vad hen önskar.\n\n> För första gången behövde jag inte börja från början, berättade en klient.',
    },
  },
  {
    project: 0,
    weight: 2,
    fi: {
      title: 'Päihdehoitopolku avautui nuorille',
      lead: 'Nuori voi aloittaa hoitopolun ilman lähetettä.',
      body: 'Polulla on kuusi vaihetta, ja nuori etenee omaan tahtiin. Oma työntekijä vastaa viesteihin **kahden arkipäivän** kuluessa.',
    },
    sv: {
      title: 'Vårdstigen för missbruk öppnades för unga',
      lead: 'Unga kan börja på vårdstigen utan remiss.',
      body: 'Stigen har sex steg, och den unga går vidare i sin egen takt. En egen kontaktperson svarar på meddelanden **inom två vardagar**.',
    },
  },
  {
    project: 1,
    weight: 2,
    link: 'https://www.example.org/elma',
    fi: {
      title: 'Elma-botti vastaa nyt myös ruotsiksi',
      lead: 'Elintapaohjauksen chattibotti neuvoo unesta, liikunnasta ja ravinnosta molemmilla kielillä.',
      body: 'Botti otettiin käyttöön lokakuussa.',
    },
    sv: {
      title: 'Elma-boten svarar nu också på svenska',
      lead: 'Chattboten för levnadsvanor ger råd om sömn, motion och kost på båda språken.',
      body: 'Boten togs i bruk i oktober.',
    },
  },
  {
    project: 1,
    weight: 1,
    fi: {
      title: 'Mukaan ammattilaispaneeliin?',
      lead: 'Etsimme kahdeksaa ammattilaista kokeilemaan uutta palvelutarjotinta. Ilmoittaudu Elma-tiimille marraskuun loppuun mennessä.',
      body: '',
    },
  },
  {
    project: 2,
    weight: 2,
    link: 'https://www.example.org/yhteystietohaku',
    fi: {
      title: 'Yhteystietohaku löytää oikean numeron yhdellä sanalla',
      lead: 'Uusi haku kokoaa kaikkien palvelujen yhteystiedot yhteen paikkaan.',
      body: 'Haku julkaistaan joulukuussa.',
    },
    sv: {
      title: 'Kontaktsökningen hittar rätt nummer med ett ord',
      lead: 'Den nya sökningen samlar kontaktuppgifterna till alla tjänster på ett ställe.',
      body: 'Sökningen publiceras i december.',
    },
  },
];

function sampleStory(sample: Sample, index: number, language: PublicLanguage): MailStory {
  const { weight, link } = sample;
  const id = `sample-${index}` as StoryId;
  const words = sample[language] ?? sample.fi;
  const own = sample[language] === undefined ? 'fi' : language;
  return { id, weight, language: own, ...words, ...(link && { link }) };
}

/** A mail of invented stories; as many as asked, the five of the sample again and again. */
export function sampleMail(language: PublicLanguage, storyCount = samples.length): MailModel {
  const stories = Array.from({ length: storyCount }, (_, index) => {
    const sample = samples[index % samples.length] ?? assertNever();
    return { project: sample.project, story: sampleStory(sample, index, language) };
  });
  const [lead, ...rest] = stories;
  return {
    language,
    programme:
      language === 'fi' ? 'Hyvinvointialueen yhteiset hankkeet' : 'Välfärdsområdets gemensamma projekt',
    number: 3,
    date: '2026-12-11',
    letter: {},
    isDraft: false,
    ...(lead && { lead: lead.story, leadProject: projectNames[lead.project]?.[language] ?? '' }),
    sections: projectNames
      .map((names, project) => ({
        name: names[language],
        stories: rest.filter((entry) => entry.project === project).map((entry) => entry.story),
      }))
      .filter((section) => section.stories.length > 0),
  };
}

function assertNever(): never {
  throw new Error('There are samples');
}
