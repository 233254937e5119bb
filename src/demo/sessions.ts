import type { Language } from '../shared/languages.js';
import type { Named } from '../sessions/series/series.js';
import { type DemoPersonKey, demoProjectIds } from './people.js';

const { carePathways, elma, servicesNear } = demoProjectIds;

/** What a project presents or presented at Hankeradio in the demo. */
export interface DemoTalk {
  readonly projectId: (typeof demoProjectIds)[keyof typeof demoProjectIds];
  readonly by: DemoPersonKey;
  readonly topic: string;
  readonly speaker: string;
  readonly language: Language;
  readonly material?: string;
}

export const demoDescriptions: Readonly<Record<'hankeradio' | 'bigRoom' | 'training', Named>> = {
  hankeradio: {
    fi: 'Puoli tuntia, yksi hanke ja sen tulokset. Hankkeet kertovat vuorotellen, ja lopuksi jää aikaa kysymyksille. Kaikki ovat tervetulleita, myös organisaation ulkopuolelta. (Demo)',
    sv: 'En halvtimme, ett projekt och dess resultat. Projekten turas om att berätta, och till sist finns det tid för frågor. Alla är välkomna, också utanför organisationen. (Demo)',
    en: 'Half an hour, one project and its results. The projects take turns, and there is time for questions at the end. Everybody is welcome, also from outside the organisation. (Demo)',
  },
  bigRoom: {
    fi: 'Hankkeiden yhteinen työpaja: missä mennään, mistä viestitään seuraavaksi ja mitä uutta opitaan. (Demo)',
    sv: 'Projektens gemensamma verkstad: var vi står, vad vi berättar om härnäst och vilka nya saker vi kan lära oss. (Demo)',
    en: 'The joint workshop of the projects: where we stand, what we communicate next and what we learn. (Demo)',
  },
  training: {
    fi: 'Lyhyt video puhelimella: kuvaaminen, tekstitys ja suostumukset. (Demo)',
    sv: 'En kort video med telefonen: filmning, textning och samtycken. (Demo)',
    en: 'A short video with a phone: filming, subtitles and consent. (Demo)',
  },
};

export const trainingNames: Named = {
  fi: 'Videokoulutus',
  sv: 'Videoutbildning',
  en: 'Video training',
};

export const demoTalks: {
  readonly beforeLast: DemoTalk;
  readonly last: DemoTalk;
  readonly next: DemoTalk;
} = {
  beforeLast: {
    projectId: servicesNear,
    by: 'oskar',
    topic: 'Den nya sökningen av kontaktuppgifter: rätt nummer på första försöket',
    speaker: 'Oskar Provtext',
    language: 'sv',
  },
  last: {
    projectId: carePathways,
    by: 'eeva',
    topic: 'Terapianavigaattori vastaanotolla: mitä ensimmäiset sata käyntiä opettivat',
    speaker: 'Eeva Kuvitteellinen',
    language: 'fi',
    material: 'https://example.org/demo/terapianavigaattori.pdf',
  },
  next: {
    projectId: elma,
    by: 'mari',
    topic: 'Elma-palvelutarjotin ja chatbot: elintapaohjausta ilman jonoa',
    speaker: 'Mari Harjoitus',
    language: 'fi',
    material: 'https://example.org/demo/elma.pdf',
  },
};

export const demoNotes = {
  radio: [
    'Terapianavigaattori on nyt käytössä kaikilla vastaanotoilla. Asiakas täyttää sen ennen ensimmäistä käyntiä.',
    '',
    '- Sadasta käynnistä 62 ohjautui suoraan oikeaan hoitoon.',
    '- Hoitajan aikaa säästyi keskimäärin 15 minuuttia käyntiä kohti.',
    '- Ruotsinkielinen versio valmistuu seuraavaksi.',
  ].join('\n'),
  bigRoom: [
    'Tilannekuva käytiin läpi hankkeittain. Seuraavaan uutiskirjeeseen luvattiin neljä juttua.',
    '',
    '- Digihoitopolut: juttu ahdistuksen hoitopolusta.',
    '- Elma: haastattelu elintapaohjaajasta.',
    '- Digipalvelut lähelle: yhteystietohaku kuvina.',
  ].join('\n'),
} as const;

export const demoMaterials = {
  materials: [
    { title: 'Terapianavigaattori, diat', url: 'https://example.org/demo/terapianavigaattori.pdf' },
  ],
  recordingUrl: 'https://example.org/demo/hankeradio-tallenne',
} as const;

/** A topic that somebody proposed for a demo series, and who voted for it. */
export interface DemoTopic {
  readonly key: string;
  readonly by: DemoPersonKey;
  readonly text: string;
  readonly why?: string;
  readonly language: Language;
  readonly votes: readonly DemoPersonKey[];
  readonly hoursAgo: number;
}

export const demoTopics: readonly DemoTopic[] = [
  {
    key: 'coaching',
    by: 'jari',
    text: 'Esihenkilöiden viestintävalmennus: mitä siitä jäi käteen',
    why: 'Moni esihenkilö on kysynyt, milloin seuraava ryhmä alkaa.',
    language: 'fi',
    votes: ['eeva', 'mari', 'alex', 'siv'],
    hoursAgo: 12 * 24,
  },
  {
    key: 'trust-survey',
    by: 'siv',
    text: 'Klientrådens förtroendeenkät: vad svaren berättar',
    language: 'sv',
    votes: ['oskar', 'petra'],
    hoursAgo: 8 * 24 + 5,
  },
  {
    key: 'websites',
    by: 'alex',
    text: 'Moving the project websites into the county site without losing readers',
    language: 'en',
    votes: ['jari'],
    hoursAgo: 3 * 24 + 2,
  },
];

/** Questions to those who present next; the first is answered already. */
export const demoQuestions = [
  {
    key: 'languages',
    by: 'petra',
    text: 'Svarar chatboten också på svenska?',
    hoursAgo: 30,
    answer: { by: 'mari', text: 'Ja, sedan hösten svarar den på båda språken.', hoursAgo: 26 },
  },
  {
    key: 'referral',
    by: 'eeva',
    text: 'Voiko asiakkaan ohjata Elmaan suoraan hoitopolulta?',
    hoursAgo: 20,
    answer: undefined,
  },
] as const satisfies readonly {
  key: string;
  by: DemoPersonKey;
  text: string;
  hoursAgo: number;
  answer: { by: DemoPersonKey; text: string; hoursAgo: number } | undefined;
}[];

/** Invented stakeholders; nobody owns an address of example.org. */
export const demoContacts: readonly {
  readonly name: string;
  readonly organisation: string;
  readonly address: string;
  readonly language: Language;
  readonly consent: { readonly given: boolean; readonly how?: string };
}[] = [
  {
    name: 'Outi Olematon (demo)',
    organisation: 'Malliseudun potilasyhdistys',
    address: 'outi.olematon@example.org',
    language: 'fi',
    consent: { given: true, how: 'Demo: pyysi kutsua sähköpostilla' },
  },
  {
    name: 'Göran Gissning (demo)',
    organisation: 'Mallbygdens kommun',
    address: 'goran.gissning@example.org',
    language: 'sv',
    consent: { given: true, how: 'Demo: bad om inbjudan på en mässa' },
  },
  {
    name: 'Eve Exemplary (demo)',
    organisation: 'Institute of Examples',
    address: 'eve.exemplary@example.org',
    language: 'en',
    consent: { given: false },
  },
];
