import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { MessageKey, Values } from '../../../src/i18n/keys.js';
import type { Waiting } from '../../../src/news/waiting.js';
import { type DigestNotice, dueNewsletter } from '../../../src/overview/digest.js';
import { type DigestChoice, digestTimes, usualDigest } from '../../../src/people/person.js';
import type { PeopleService } from '../../../src/people/service.js';
import { homeDate } from '../../../src/platform/clock.js';
import type { FieldFault } from '../../../src/platform/errors.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { greetingName } from '../../../src/shared/greeting.js';
import { publicLanguages } from '../../../src/shared/languages.js';
import { type Field, fieldList, formField } from '../../cards/fields.js';
import {
  type ButtonData,
  type CommonData,
  type LinkData,
  type Notice,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  links,
  noticeBands,
  plain,
  shownIn,
} from '../../cards/parts.js';
import { type Card, cardTemplate, render } from '../../cards/render.js';
import { type Action, action, cardActions } from '../../conversation/actions.js';
import { faultsIn, typedIn } from '../../conversation/form-answers.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { BotFeature } from '../../feature.js';
import type { WordKind } from '../../conversation/understanding/intent.js';

interface DigestServices {
  readonly people: Pick<PeopleService, 'setDigest'>;
  /** Where the tab is. */
  readonly publicUrl: string;
}

interface DigestCardData extends CommonData {
  readonly heading: string;
  readonly lines: readonly {
    readonly title: string;
    readonly details: readonly { readonly text: string }[];
  }[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

const digestCard = cardTemplate<DigestCardData>(
  'digest',
  cardAround({
    body: [
      header,
      plain('${heading}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
      {
        $data: '${lines}',
        type: 'Container',
        spacing: 'Medium',
        items: [
          plain('${title}', { weight: 'Bolder' }, { spacing: 'None' }),
          {
            ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'None' }),
            $data: '${details}',
          },
        ],
      },
    ],
    actions: [links, buttons],
  }),
);

type Line = DigestCardData['lines'][number];

/** What waits, the most pressing first, in the words of the overview. */
function linesOf({ language }: Turn, { overview, at }: DigestNotice): Line[] {
  const line = (key: MessageKey, values: Values, detail?: string): Line => ({
    title: t(language, key, values),
    details: detail === undefined ? [] : [{ text: detail }],
  });
  const counted = ({ count, more }: Waiting): Values => ({ count, more: more ? 'yes' : 'no' });
  const { news, releases, sessions, troubledMessages = 0 } = overview;
  const since = ({ oldest }: Waiting): string | undefined =>
    oldest &&
    t(language, 'overview.news.oldest', {
      days: homeDate(oldest.submittedAt).until(homeDate(at)).days,
    });
  const needingAttention = (['failed', 'uncertain', 'overdue'] as const)
    .filter((name) => (releases?.[name] ?? 0) > 0)
    .map((name) => line(`overview.releases.${name}`, { count: releases?.[name] ?? 0 }));
  const toReview = (['unanswered', 'submitted', 'inReview'] as const).flatMap((state) => {
    const waiting = news.review?.[state];
    return waiting === undefined || waiting.count === 0
      ? []
      : [line(`overview.news.${state}`, counted(waiting), since(waiting))];
  });
  const missing = publicLanguages.flatMap((lacking) => {
    const waiting = news.review?.missing[lacking];
    return waiting === undefined || waiting.count === 0
      ? []
      : [line(`overview.missing.${lacking}`, counted(waiting))];
  });
  const toApprove = (releases?.toApprove ?? []).map(({ titles }) =>
    line('overview.releases.toApprove', { title: shownIn(titles, language) ?? '' }),
  );
  const today = (releases?.today ?? []).map(({ titles, due }) =>
    line(
      'overview.releases.today',
      { title: shownIn(titles, language) ?? '' },
      due && momentText(language, due),
    ),
  );
  const open = sessions.open.map(({ names, start }) =>
    line('overview.sessions.open', { name: names[language], when: momentText(language, start) }),
  );
  return [
    ...(troubledMessages > 0 ? [line('overview.messages', { count: troubledMessages })] : []),
    ...needingAttention,
    ...toApprove,
    ...toReview,
    ...missing,
    ...today,
    ...newsletterLine(language, overview, homeDate(at), line),
    ...open,
  ];
}

function newsletterLine(
  language: Turn['language'],
  overview: DigestNotice['overview'],
  day: Temporal.PlainDate,
  line: (key: MessageKey, values: Values) => Line,
): Line[] {
  const issue = dueNewsletter(overview, day);
  if (issue === undefined) return [];
  const { number, status: state, deadline } = issue;
  const isLate = deadline < day.toString();
  const when = dayText(language, `${deadline}T12:00:00Z`);
  return [
    line(isLate ? 'overview.newsletter.late' : 'overview.newsletter.deadline', { number, state, when }),
  ];
}

/** What waits this morning, and the way to it. */
export function digestView(turn: Turn, notice: DigestNotice, publicUrl: string): Card {
  const { language, person } = turn;
  const title = t(language, 'chat.digest.heading', { name: greetingName(person) });
  const lines = linesOf(turn, notice);
  return render(digestCard, {
    ...common(language, 'list', t(language, 'chat.kicker.digest'), [
      `${title}.`,
      ...lines.map((line) => line.title),
    ]),
    heading: title,
    lines,
    links: [
      { title: t(language, 'chat.digest.open'), url: `${publicUrl}/`, style: 'positive', mode: 'primary' },
    ],
    actions: [button(t(language, 'chat.digest.change'), 'digest.settings')],
  });
}

interface SettingsCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly fields: readonly Field[];
  readonly actions: readonly ButtonData[];
}

const settingsCard = cardTemplate<SettingsCardData>(
  'digest settings',
  cardAround({ body: [header, heading('${heading}'), noticeBands, fieldList], actions: [buttons] }),
);

const typedNames = ['time', 'days'] as const;
type Typed = Readonly<Record<(typeof typedNames)[number], string>>;

const typedOf = ({ time, days }: DigestChoice): Typed => ({ time, days: days.join(',') });

/** A Monday, from which the days of a week are named. */
const monday = Temporal.PlainDate.from('2024-01-01');
const locales = { fi: 'fi', sv: 'sv', en: 'en-GB' } as const;

/** When the morning's digest comes: the time, and the days on which it does. */
export function digestSettingsView(
  { language }: Turn,
  typed: Typed,
  {
    faults = [],
    notices = [],
  }: { readonly faults?: readonly FieldFault[]; readonly notices?: readonly Notice[] } = {},
): Card {
  const title = t(language, 'chat.digest.settings');
  const days = [0, 1, 2, 3, 4, 5, 6].map((index) => ({
    title: monday.add({ days: index }).toLocaleString(locales[language], { weekday: 'long' }),
    value: String(index + 1),
  }));
  const times = digestTimes.map((time) => ({
    title: t(language, 'chat.digest.at', {
      time: language === 'en' ? time : time.replace(/^0/, '').replace(':', '.'),
    }),
    value: time,
  }));
  return render(settingsCard, {
    ...common(language, 'list', t(language, 'chat.kicker.digest'), [
      title,
      ...notices.map(({ text }) => text),
    ]),
    heading: title,
    notices,
    fields: [
      formField(language, faults, {
        id: 'time',
        kind: 'choice',
        label: t(language, 'chat.digest.time'),
        value: typed.time,
        isRequired: true,
        choices: times,
      }),
      formField(language, faults, {
        id: 'days',
        kind: 'choices',
        label: t(language, 'chat.digest.days'),
        example: t(language, 'chat.digest.days.example'),
        value: typed.days,
        choices: days,
      }),
    ],
    actions: [button(t(language, 'chat.digest.save'), 'digest.save', {}, 'positive', 'auto')],
  });
}

const saveAction: Action<DigestServices> = {
  permission: 'news:edit',
  run: async (turn, data, { people }) => {
    const { language } = turn;
    const { time, days } = typedIn(data, typedNames);
    const chosen = days.split(/[,;]/).filter((day) => day !== '');
    const person = await people.setDigest(turn.person.id, { time, days: chosen.map(Number) });
    const { digest = usualDigest } = person;
    const kind = digest.days.length === 0 ? 'none' : 'some';
    const text = t(language, 'chat.digest.saved', { kind });
    return replaceWith(digestSettingsView(turn, typedOf(digest), { notices: [{ style: 'good', text }] }));
  },
  recover: (turn, data, error) => {
    const content = faultsIn(error, turn.language);
    return Promise.resolve(replaceWith(digestSettingsView(turn, typedIn(data, typedNames), content)));
  },
};

const words: readonly WordKind[] = [
  {
    kind: 'digest',
    exact: ['kooste', 'koosteen', 'aamukooste', 'sammanfattning', 'morgonöversikt', 'digest'],
    stems: [],
    forgiving: [],
  },
];

/** The morning's digest for coordinators, and when it comes. */
export function digestFeature(services: DigestServices): BotFeature {
  return {
    words,
    intents: [{ rank: 4, press: { verb: 'digest.settings', data: {} }, isAsked: ({ has }) => has('digest') }],
    cardActions: cardActions(
      {
        'digest.settings': action<object, DigestServices>('news:edit', z.object({}), (turn) =>
          Promise.resolve(replaceWith(digestSettingsView(turn, typedOf(turn.person.digest ?? usualDigest)))),
        ),
        'digest.save': saveAction,
      },
      services,
    ),
    notices: {
      digest: (turn, notice) => Promise.resolve(digestView(turn, notice as DigestNotice, services.publicUrl)),
    },
  };
}
