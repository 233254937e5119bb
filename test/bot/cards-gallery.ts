import { issueToApproveView, releaseToApproveView } from '../../bot/features/approvals/index.js';
import { inPlaceOf } from '../../bot/cards/in-place-of.js';
import { digestSettingsView, digestView } from '../../bot/features/digest/index.js';
import { substituteNoticeView, substituteView } from '../../bot/features/substitutes/index.js';
import type { Substitution } from '../../src/people/substitution.js';
import { languageMenu, languageView } from '../../bot/features/language/index.js';
import { notifyView } from '../../bot/features/notify/index.js';
import { programmeView } from '../../bot/features/programme/index.js';
import { newsMenu } from '../../bot/features/news/index.js';
import { sessionsMenu } from '../../bot/features/sessions/index.js';
import { Temporal } from 'temporal-polyfill';
import type { Card } from '../../bot/cards/render.js';
import type { WaitingThing } from '../../bot/feature.js';
import { dayText, spanText } from '../../src/shared/dates.js';
import { changesSince, quotesOf, receiptView } from '../../bot/features/news/receipt.js';
import type { Answer, Turn } from '../../bot/conversation/turn.js';
import type { Offer } from '../../bot/conversation/understanding/understand.js';
import { addedView, answerView, repliedView, whichView } from '../../bot/features/news/reply.js';
import { statusView } from '../../bot/features/news/status.js';
import { nextIssueView } from '../../bot/features/newsletter/index.js';
import { type FormView, type Typed, formView, freshTyped, typedOf } from '../../bot/features/news/form.js';
import { listView, takeBackView } from '../../bot/features/news/list.js';
import { noticeView } from '../../bot/features/news/notices.js';
import {
  helpView,
  offerView,
  outsiderView,
  personalDataView,
  problemView,
  welcomeView,
} from '../../bot/conversation/help.js';
import { waitedView } from '../../bot/proactive/waited.js';
import { maskedPersonalIds } from '../../src/content/personal-data.js';
import { greetingName } from '../../src/shared/greeting.js';
import { button } from '../../bot/cards/parts.js';
import { t } from '../../src/i18n/messages.js';
import type { IssueId, NewsId, PersonId, ProjectId, ReleaseId } from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import { lineOf } from '../../src/news/line.js';
import type { NewsItem, NewsLine, NewsState } from '../../src/news/types.js';
import type { NewsNotice } from '../../src/news/notices.js';
import { type Person, type Programme, firstProgramme } from '../../src/people/person.js';
import { sessionSamples } from './session-samples.js';

/** One card as a person would see it. */
export interface CardSample {
  readonly name: string;
  readonly language: Language;
  readonly card: Card;
}

const menu = [...newsMenu, ...sessionsMenu, ...languageMenu];
const clock = { now: () => Temporal.Instant.from('2026-11-24T07:00:00Z') };
const at = '2026-11-23T12:05:00Z';
const coordinator = { id: 'kaisa' as PersonId, name: 'Kaisa Koordinaattori' };

const programme: Programme = {
  ...firstProgramme,
  names: { fi: 'Esimerkkihankkeet', sv: 'Exempelprojekten', en: 'Example projects' },
  projects: [
    {
      id: 'digi' as ProjectId,
      names: { fi: 'Digihoitopolut', sv: 'Digitala vårdstigar', en: 'Digital care pathways' },
    },
    {
      id: 'elma' as ProjectId,
      names: { fi: 'Elma-elintapaohjaus', sv: 'Livsstilshandledningen Elma', en: 'Elma lifestyle guidance' },
    },
  ],
};

const words = {
  fi: {
    title: 'Mielenterveyden digihoitopolku avautui kaikille aikuisille',
    lead: 'Apua voi nyt hakea kotoa käsin mihin aikaan tahansa, eikä lähetettä tarvita. Ensimmäinen vastaus tulee yhden arkipäivän aikana.',
    body: 'Digihoitopolku avattiin 16.11. Polulla on 42 harjoitusta ja viikoittainen tapaaminen ammattilaisen kanssa.',
  },
  sv: {
    title: 'Den digitala vårdstigen för psykisk hälsa öppnade för alla vuxna',
    lead: 'Nu går det att söka hjälp hemifrån när som helst, utan remiss. Det första svaret kommer inom en vardag.',
    body: 'Den digitala vårdstigen öppnades 16.11. På stigen finns 42 övningar och ett möte i veckan med en yrkesperson.',
  },
  en: {
    title: 'The digital care pathway for mental health opened to all adults',
    lead: 'Help can now be asked for from home at any hour, without a referral. The first answer comes within one working day.',
    body: 'The digital care pathway was opened on 16 November. It holds 42 exercises and a weekly meeting with a professional.',
  },
} as const;

const notes = {
  fi: 'Hieno uutinen. Kertoisitko vielä, missä kunnissa polku on käytössä ja kuka vastaa kysymyksiin?',
  sv: 'En fin nyhet. Kan du också berätta i vilka kommuner stigen används och vem som svarar på frågor?',
  en: 'Great news. Could you still say in which municipalities the pathway is in use and who answers questions?',
} as const;

function personOf(language: Language): Person {
  const givenName = language === 'sv' ? 'Vilhelmina' : 'Vilma';
  const name = `${givenName} ${language === 'sv' ? 'Sjöström' : 'Virtanen'}`;
  const projects = ['digi' as ProjectId];
  return { id: 'vilma' as PersonId, name, givenName, role: 'worker', language, projects };
}

function turnOf(language: Language): Turn {
  return { person: personOf(language), language, scope: 'personal', programme };
}

/** The person whose activity feed did not show the last notification. */
const withFeed = (turn: Turn): Turn => ({
  ...turn,
  person: { ...turn.person, notifyBy: 'both', feed: { at, result: 'refused', reason: '403 Forbidden' } },
});

const twoProgrammes = [
  { name: '', names: programme.names, isThis: true },
  {
    name: 'lansi',
    names: { fi: 'Lännen hankkeet', sv: 'Västra projekten', en: 'Western projects' },
    isThis: false,
  },
] as const;

function itemOf(language: Language, is: NewsState, uses: NewsItem['uses'] = []): NewsItem {
  const author = { id: 'vilma' as PersonId, name: personOf(language).name };
  return {
    id: 'news1' as NewsId,
    projectId: 'digi' as ProjectId,
    author,
    submittedAt: at,
    originalLanguage: language,
    state: is,
    texts: { [language]: { ...words[language], revision: 1, by: author, at, checked: {} } },
    audiences: ['residents', 'professionals'],
    wishedChannels: ['newsletter'],
    uses,
    auditCount: 1,
  };
}

const states = (language: Language): readonly NewsState[] => [
  { status: 'submitted', at },
  { status: 'inReview', at, by: coordinator },
  { status: 'changesRequested', at, by: coordinator, note: notes[language] },
  { status: 'accepted', at, by: coordinator },
  { status: 'rejected', at, by: coordinator, reason: notes[language] },
  { status: 'withdrawn', at },
];

/** An edit of an item, as {@link form} is for a new one. */
function edit(language: Language, typed: Typed, more: Partial<FormView> = {}): Card {
  const project = programme.projects[0]?.names[language] ?? '';
  return formView(turnOf(language), clock, {
    kicker: t(language, 'chat.kicker.edit', { project }),
    heading: t(language, 'chat.form.editHeading'),
    typed,
    asksLanguage: false,
    showsTexts: true,
    actions: [
      button(t(language, 'chat.form.save'), 'news.save', {}, 'positive', 'auto'),
      button(t(language, 'chat.form.cancel'), 'news.open', {}),
    ],
    ...more,
  });
}

function form(language: Language, typed: Typed, more: Partial<FormView> = {}): Card {
  return formView(turnOf(language), clock, {
    kicker: t(language, 'chat.kicker.form'),
    heading: t(language, 'chat.form.heading'),
    intro: t(language, 'chat.form.intro'),
    typed,
    asksLanguage: true,
    propose: button(t(language, 'chat.form.propose'), 'form.propose', {}, 'default', 'auto'),
    actions: [
      button(t(language, 'chat.form.send'), 'news.submit', { formId: 'form-0001' }, 'positive', 'auto'),
    ],
    ...more,
  });
}

function forms(language: Language): [string, Card][] {
  const empty = freshTyped(personOf(language), language, programme);
  const item = itemOf(language, { status: 'changesRequested', at, by: coordinator, note: notes[language] });
  const filled: Typed = { ...empty, ...words[language], audiences: 'residents,ngos', link: 'ftp://x' };
  return [
    ['form', form(language, empty)],
    [
      'form-link',
      form(
        language,
        {
          ...empty,
          link: 'https://elma.example.org/uutiset/2026/digihoitopolku-avautui-kaikille-aikuisille',
        },
        { intro: t(language, 'chat.form.filled'), foldsLink: true },
      ),
    ],
    ['form-proposed', form(language, { ...empty, ...words[language] }, { showsTexts: true })],
    [
      'form-faults',
      form(
        language,
        { ...filled, lead: '' },
        {
          faults: [
            { field: 'lead', code: 'required' },
            { field: 'link', code: 'notALink' },
          ],
          notices: [{ style: 'attention', text: t(language, 'error.input.invalid') }],
        },
      ),
    ],
    [
      'form-conflict',
      edit(
        language,
        { ...filled, link: '' },
        {
          notices: [
            {
              style: 'warning',
              text: t(language, 'chat.conflict.notice', { name: coordinator.name, when: '12.00' }),
            },
          ],
          quotes: [
            {
              label: t(language, 'chat.conflict.theirs', { name: coordinator.name }),
              text: words[language].title,
            },
            { label: t(language, 'chat.form.body.label'), text: words[language].body },
          ],
        },
      ),
    ],
    [
      'form-personal-id',
      form(
        language,
        { ...filled, link: '', body: maskedPersonalIds(`${words[language].body} 131052-308T`) },
        {
          faults: [{ field: 'body', code: 'personalId' }],
          notices: [{ style: 'attention', text: t(language, 'error.text.personalData') }],
        },
      ),
    ],
    [
      'form-of-session',
      form(
        language,
        { ...empty, title: words[language].title },
        {
          notices: [{ style: 'emphasis', text: t(language, 'chat.session.draft') }],
        },
      ),
    ],
    [
      'edit',
      edit(language, typedOf(item, language), {
        heading: t(language, 'chat.form.answerHeading'),
        asksAnswer: true,
        quotes: quotesOf(item, turnOf(language)),
      }),
    ],
  ];
}

/** An item with a text that a card does not show whole. */
function longItem(language: Language): NewsItem {
  const item = itemOf(language, { status: 'submitted', at });
  const text = item.texts[language];
  const body = `${words[language].body}\n\n`.repeat(6);
  return text === undefined ? item : { ...item, texts: { [language]: { ...text, body } } };
}

function receipts(language: Language): [string, Card][] {
  const turn = turnOf(language);
  const name = greetingName(turn.person);
  const closing = t(language, 'chat.receipt.thanks', { name });
  const accepted = itemOf(language, { status: 'accepted', at, by: coordinator });
  return [
    ['receipt', receiptView(turn, itemOf(language, { status: 'submitted', at }), { closing })],
    ['receipt-long', receiptView(turn, longItem(language), { closing })],
    ...states(language).map((is): [string, Card] => [
      `receipt-${is.status}`,
      receiptView(turn, itemOf(language, is)),
    ]),
    [
      'receipt-old',
      receiptView(turn, accepted, {
        notices: changesSince(
          { state: 'submitted', revisions: { [language]: 1 } },
          accepted,
          'vilma',
          language,
        ),
      }),
    ],
    [
      'receipt-ask',
      receiptView(turn, itemOf(language, { status: 'submitted', at }), {
        notices: [{ style: 'warning', text: t(language, 'chat.receipt.ask') }],
        actions: [
          button(t(language, 'chat.receipt.withdraw'), 'news.withdraw', {}, 'destructive'),
          button(t(language, 'chat.receipt.keep'), 'news.open', {}),
        ],
      }),
    ],
  ];
}

type Sample = readonly [NewsNotice, NewsItem];

function noticeCards(language: Language): [string, Card][] {
  const newsId = 'news1' as NewsId;
  const by = { at, by: coordinator };
  const used: NewsItem['uses'] = [{ in: 'newsletter', id: 'issue1' as IssueId, number: 4, at }];
  const released: NewsItem['uses'] = [
    ...used,
    { in: 'release', id: 'release1' as ReleaseId, channel: 'intranet', at },
  ];
  const urls = { fi: 'https://example.org/fi/1', sv: 'https://example.org/sv/1' };
  const published: Sample = [
    { about: 'newsPublished', newsId, urls },
    itemOf(language, { status: 'accepted', ...by }, released),
  ];
  const asked: Sample = [
    { about: 'changesRequested', newsId, note: notes[language] },
    itemOf(language, { status: 'changesRequested', ...by, note: notes[language] }),
  ];
  const rejected: Sample = [
    { about: 'newsRejected', newsId, reason: notes[language] },
    itemOf(language, { status: 'rejected', ...by, reason: notes[language] }),
  ];
  const noted: Sample = [
    { about: 'newsNote', newsId, note: notes[language], from: coordinator.name },
    itemOf(language, { status: 'inReview', ...by }),
  ];
  const notices: readonly Sample[] = [
    [{ about: 'newsAccepted', newsId }, itemOf(language, { status: 'accepted', ...by })],
    asked,
    rejected,
    noted,
    [{ about: 'newsPlaced', newsId, issueNumber: 4 }, itemOf(language, { status: 'accepted', ...by }, used)],
    published,
  ];
  const turn = turnOf(language);
  const view = ([notice, item]: Sample, isShort = false): Card => noticeView(turn, item, notice, { isShort });
  const [, item] = published;
  const coordinatorTurn = { ...turn, person: { ...turn.person, ...coordinator } };
  const urgent: NewsItem = {
    ...itemOf(language, { status: 'submitted', at }),
    isUrgent: true,
    earliestDate: '2026-11-25',
  };
  return [
    ...notices.map((sample): [string, Card] => [`notice-${sample[0].about}`, view(sample)]),
    ['short-asked', view(asked, true)],
    ['short-rejected', view(rejected, true)],
    ['short-note', view(noted, true)],
    ['short-published', view(published, true)],
    [
      'follows-question',
      view([{ about: 'newsCurrent', newsId, shown: '', question: notes[language] }, item]),
    ],
    ['follows', view([{ about: 'newsCurrent', newsId, shown: '' }, item])],
    ['notice-newsUrgent', noticeView(coordinatorTurn, urgent, { about: 'newsUrgent', newsId })],
    ['follows-anew', view([{ about: 'newsCurrent', newsId }, item])],
  ];
}

function lists(language: Language): [string, Card][] {
  const lines = states(language)
    .slice(0, 5)
    .map(({ status }, index): NewsLine => ({
      id: `news${String(index)}` as NewsId,
      projectId: (index % 2 === 0 ? 'digi' : 'elma') as ProjectId,
      authorName: '',
      submittedAt: at,
      status: status,
      titles: { [language]: words[language].title },
      missing: [],
      used: false,
    }));
  const turn = turnOf(language);
  return [
    ['list', listView(turn, { lines, next: 'key' }, ['first'])],
    ['list-empty', listView(turn, { lines: [] }, [])],
    ['list-in-channel', listView({ ...turn, scope: 'channel' }, { lines: lines.slice(3, 4) }, [])],
  ];
}

/** A slot in two days, a question about a news item, and the next session. */
function waitingThings(language: Language): WaitingThing[] {
  const day = t(language, 'chat.slot.yours', { when: dayText(language, '2026-12-01T07:00:00Z') });
  const when = spanText(language, '2026-12-01T07:00:00Z', '2026-12-01T07:30:00Z');
  return [
    {
      rank: 1,
      about: `Hankeradio · ${when}`,
      title: day,
      text: `${t(language, 'chat.slots.missing.topic')} · ${t(language, 'chat.slots.questions', { count: 2 })}`,
      links: [],
      actions: [button(t(language, 'chat.presenter.tell'), 'presenter.open', {}, 'positive')],
    },
    {
      rank: 2,
      about: t(language, 'chat.kicker.mine'),
      title: words[language].title,
      text: t(language, 'chat.start.newsAsked'),
      links: [],
      actions: [button(t(language, 'chat.start.answer'), 'news.open', {})],
    },
    {
      rank: 3,
      about: when,
      title: 'Hankeradio',
      text: t(language, 'chat.session.nobody'),
      links: [],
      actions: [button(t(language, 'chat.session.ask'), 'session.ask', {})],
    },
  ];
}

function talk(language: Language): [string, Card][] {
  const asked: NewsState = { status: 'changesRequested', at, by: coordinator, note: notes[language] };
  const accepted: NewsState = { status: 'accepted', at, by: coordinator };
  const offer = (topic: Offer['topic'], verb: string): Offer => ({ topic, press: { verb, data: {} } });
  const turn = turnOf(language);
  return [
    ['welcome', welcomeView(language, 'personal', menu)],
    ['help', helpView(turn, 'asked', menu)],
    ['help-unknown-waiting', helpView(turn, 'unknown', menu, waitingThings(language))],
    ['welcome-waiting', welcomeView(language, 'personal', menu, waitingThings(language))],
    ['help-no-name', helpView({ ...turn, person: { ...turn.person, givenName: '' } }, 'asked', menu)],
    ['offer', offerView(turn, [offer('status', 'news.status'), offer('withdraw', 'news.takeBack')])],
    ['newsletter', nextIssueView(turn, { number: 4, deadline: '2026-12-18', isOver: false })],
    ['take-back', takeBackView(turn, [lineOf(itemOf(language, { status: 'submitted', at }))])],
    [
      'which-item',
      cardIn(
        whichView(
          turn,
          [
            lineOf(itemOf(language, asked)),
            { ...lineOf(itemOf(language, asked)), titles: { [language]: words[language].lead } },
          ],
          { text: words[language].lead, key: '' },
        ),
      ),
    ],
    [
      'replied',
      cardIn(
        repliedView(turn, asked, itemOf(language, { status: 'submitted', at }), 2, words[language].lead),
      ),
    ],
    ['added', cardIn(addedView(turn, itemOf(language, accepted), 2, words[language].lead))],
    ['late-answer', cardIn(answerView(turn, itemOf(language, accepted), notes[language]))],
    [
      'status',
      statusView(
        turn,
        [
          itemOf(language, { status: 'submitted', at }),
          itemOf(language, asked),
          itemOf(language, accepted, [{ in: 'newsletter', id: 'issue1' as IssueId, number: 4, at }]),
        ],
        true,
      ),
    ],
    ['status-one', statusView(turn, [itemOf(language, accepted)], false)],
    ['outsider', outsiderView(language)],
    ['help-unknown-in-channel', helpView({ ...turn, scope: 'channel' }, 'unknown', menu)],
    ['personal-data', personalDataView(turn, menu)],
    ['language', languageView(turn, false)],
    ['language-set', languageView(turn, true)],
    ['notify', notifyView(turn, true)],
    ['notify-not-set-up', notifyView(turn, false)],
    ['notify-refused', notifyView(withFeed(turn), true)],
    ['programme', programmeView(turn, twoProgrammes)],
    ['programme-set', programmeView(turn, twoProgrammes, twoProgrammes[1])],
    ['programme-only', programmeView(turn, [])],
    ['problem', problemView(language, t(language, 'chat.problem.unknownAction'), menu)],
  ];
}

/** What waited for somebody who could not be reached, as one card. */
function waited(language: Language): [string, Card][] {
  const cards = [...sessionSamples(turnOf(language)), ...noticeCards(language)]
    .filter(([name]) => ['reminder', 'change-moved', 'notice-newsAccepted'].includes(name))
    .map(([, card]) => card);
  return [
    ['waited', waitedView(turnOf(language), { cards, leftOut: 2, menu })],
    ['waited-one', waitedView(turnOf(language), { cards: cards.slice(0, 1), leftOut: 0, menu })],
  ];
}

/** The morning's digest on a full day and on a quiet one, and when it comes. */
function digests(language: Language): [string, Card][] {
  const turn = turnOf(language);
  const none = { count: 0, more: false };
  const oldest: NewsLine = {
    id: 'news1' as NewsId,
    projectId: 'digi' as ProjectId,
    authorName: '',
    submittedAt: '2026-11-20T12:05:00Z',
    status: 'submitted',
    titles: {},
    missing: [],
    used: false,
  };
  const review = {
    submitted: { count: 4, more: false, oldest },
    inReview: none,
    unanswered: none,
    missing: { fi: none, sv: none },
  };
  const sessions = {
    next: [],
    open: [],
    noJoinUrl: [],
    onHoliday: [],
    unanswered: [],
    entered: [],
    toThank: [],
  };
  const quiet = { news: { review, changesRequested: [], mine: [] }, sessions };
  const full = {
    news: {
      ...quiet.news,
      review: {
        ...review,
        inReview: { count: 2, more: false },
        unanswered: { count: 1, more: false },
        missing: { fi: none, sv: { count: 3, more: false } },
      },
    },
    sessions,
    releases: { today: [], toApprove: [], overdue: 1, failed: 0, uncertain: 0, more: false },
    newsletter: {
      id: 'issue1' as IssueId,
      number: 4,
      status: 'collecting' as const,
      deadline: '2026-11-26',
      storyCount: 7,
      notReady: { fi: 0, sv: 3 },
    },
    troubledMessages: 1,
  };
  const notice = { about: 'digest', at: '2026-11-24T06:30:00Z' } as const;
  return [
    ['digest', digestView(turn, { ...notice, overview: full }, 'https://bigroom.example')],
    ['digest-quiet', digestView(turn, { ...notice, overview: quiet }, 'https://bigroom.example')],
    ['digest-settings', digestSettingsView(turn, { time: '08:30', days: '1,2,3,4,5' })],
  ];
}

function approvals(language: Language): [string, Card][] {
  const turn = turnOf(language);
  const of = { by: 'Linnea Exempel', at: '2026-11-23T08:00:00Z' };
  const publicUrl = 'https://bigroom.example';
  const issue = { about: 'issueToApprove', issueId: 'issue1' as IssueId, number: 4, ...of } as const;
  const release = { about: 'releaseToApprove', releaseId: 'r1' as ReleaseId, ...of } as const;
  const title = 'Kaikki digipalvelut löytyvät nyt samalta sivulta';
  return [
    ['to-approve-issue', issueToApproveView(turn, issue, publicUrl)],
    ['to-approve-release', releaseToApproveView(turn, release, { title, publicUrl })],
  ];
}

/** Who acts for whom: the form, with what is set already and with a fault, the notices, and a notice for somebody else. */
function substitutes(language: Language): [string, Card][] {
  const turn = turnOf(language);
  const { id, name } = turn.person;
  const [me, other] = [
    { id, name },
    { id: 'p2' as PersonId, name: 'Linnea Exempel' },
  ];
  const days = { from: '2026-12-21', to: '2027-01-06' };
  const set = { id: 's1', ...days, by: other, at: '2026-11-23T08:00:00Z' };
  const mine: Substitution = { ...set, absent: me, substitute: other };
  const theirs: Substitution = {
    ...set,
    absent: other,
    substitute: me,
    note: 'Uutiskirje 12 on kesken.',
  };
  const people = [me, other];
  const earliest = '2026-11-23';
  const fault = { field: 'to', code: 'dateBefore', values: { earliest: '2026-12-21' } } as const;
  const typed = { substitute: 'p2', from: '2026-12-21', to: '2026-12-20', note: '' };
  const done = [{ at: set.at, by: other, noun: 'news', id: 'n1' } as const];
  const empty = { mine: [], standsIn: [], people };
  const approval = approvals(language)[0]?.[1];
  if (approval === undefined) throw new Error('no approval');
  return [
    ['substitute', substituteView(turn, empty, { earliest, formId: 'form-0001' })],
    [
      'substitute-set',
      substituteView(turn, { mine: [mine], standsIn: [theirs], people }, { earliest, formId: 'form-0001' }),
    ],
    [
      'substitute-fault',
      substituteView(turn, empty, { earliest, formId: 'form-0001', typed, faults: [fault] }),
    ],
    ['substitute-notice', substituteNoticeView(turn, { about: 'substituteSet' }, theirs)],
    ['substitute-over', substituteNoticeView(turn, { about: 'substituteOver' }, mine, done)],
    ['substitute-for', inPlaceOf({ ...other, until: days.to }, language, approval)],
  ];
}

function cardIn(answer: Answer): Card {
  if (answer.as === 'keep') throw new Error('no card');
  return answer.card;
}

/** Every kind of card that the bot shows, in one language. */
export function cardSamples(language: Language): CardSample[] {
  const all = [
    ...waited(language),
    ...talk(language),
    ...forms(language),
    ...receipts(language),
    ...lists(language),
    ...noticeCards(language),
    ...digests(language),
    ...approvals(language),
    ...substitutes(language),
    ...sessionSamples(turnOf(language)),
  ];
  return all.map(([name, card]) => ({ name, language, card }));
}
