import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { Substitution } from '../../../src/people/substitution.js';
import type { SubstitutionService } from '../../../src/people/substitutions.js';
import { statusOf } from '../../../src/people/substitution.js';
import { today, type Clock } from '../../../src/platform/clock.js';
import type { ActedInName } from '../../../src/platform/in-name.js';
import type { FieldFault } from '../../../src/platform/errors.js';
import { freshId, type PersonId } from '../../../src/platform/ids.js';
import type { SubstituteNotice } from '../../../src/settings/substitutes/notices.js';
import { parseSubstitution } from '../../../src/settings/substitutes/input.js';
import { dateText } from '../../../src/shared/dates.js';
import type { Language } from '../../../src/shared/languages.js';
import { type Field, fieldList, formField } from '../../cards/fields.js';
import {
  type ButtonData,
  type CommonData,
  type Notice,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  noticeBands,
  plain,
} from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, cardTemplate, render } from '../../cards/render.js';
import { type Action, action, cardActions } from '../../conversation/actions.js';
import { faultsIn, formAnswer, formIdSchema, typedIn } from '../../conversation/form-answers.js';
import type { Turn } from '../../conversation/turn.js';
import type { WordKind } from '../../conversation/understanding/intent.js';
import type { BotFeature } from '../../feature.js';
import { superseded } from '../../proactive/views.js';

interface SubstituteServices {
  readonly substitutions: SubstitutionService;
  readonly clock: Clock;
}

interface FormData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly lines: readonly { readonly text: string }[];
  readonly fields: readonly Field[];
  readonly hints: readonly { readonly text: string }[];
  readonly actions: readonly ButtonData[];
}

const formCard = cardTemplate<FormData>(
  'substitute',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      noticeBands,
      { ...plain('${text}', { weight: 'Bolder' }, { spacing: 'Small' }), $data: '${lines}' },
      fieldList,
      { ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'Medium' }), $data: '${hints}' },
    ],
    actions: [buttons],
  }),
);

const typedNames = ['substitute', 'from', 'to', 'note'] as const;
type Typed = Readonly<Record<(typeof typedNames)[number], string>>;
const nothing: Typed = { substitute: '', from: '', to: '', note: '' };

const day = (language: Language, date: string): string => dateText(language, `${date}T12:00:00Z`);
const daysOf = (language: Language, { from, to }: Pick<Substitution, 'from' | 'to'>) => ({
  from: day(language, from),
  to: day(language, to),
});

interface Known {
  readonly mine: readonly Substitution[];
  readonly standsIn: readonly Substitution[];
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
}

/** The form in which somebody says who acts for them, with what is set already. */
export function substituteView(
  { language, person }: Turn,
  { mine, standsIn, people }: Known,
  {
    typed = nothing,
    faults = [],
    notices = [],
    formId = freshId(),
    earliest,
  }: {
    readonly typed?: Typed;
    readonly faults?: readonly FieldFault[];
    readonly notices?: readonly Notice[];
    readonly formId?: string;
    readonly earliest: string;
  },
): Card {
  const title = t(language, 'chat.substitute.heading');
  const lines = [
    ...mine.map((each) =>
      t(language, 'chat.substitute.mine', { name: each.substitute.name, ...daysOf(language, each) }),
    ),
    ...standsIn.map((each) =>
      t(language, 'chat.substitute.standsIn', { name: each.absent.name, ...daysOf(language, each) }),
    ),
  ];
  const field = (id: 'from' | 'to', label: string): Field =>
    formField(language, faults, { id, kind: 'date', label, value: typed[id], isRequired: true, earliest });
  return render(formCard, {
    ...common(language, 'list', t(language, 'chat.kicker.substitute'), [
      title,
      ...notices.map(({ text }) => text),
      ...lines,
    ]),
    heading: title,
    notices,
    lines: lines.map((text) => ({ text })),
    fields: [
      formField(language, faults, {
        id: 'substitute',
        kind: 'choice',
        label: t(language, 'chat.substitute.who'),
        value: typed.substitute,
        isRequired: true,
        choices: people
          .filter(({ id }) => id !== person.id)
          .map(({ id, name }) => ({ title: name, value: id })),
      }),
      field('from', t(language, 'chat.substitute.from')),
      field('to', t(language, 'chat.substitute.to')),
      formField(language, faults, {
        id: 'note',
        kind: 'lines',
        label: t(language, 'chat.substitute.note'),
        example: t(language, 'chat.substitute.note.example'),
        value: typed.note,
      }),
    ],
    hints: [{ text: t(language, 'chat.substitute.hint') }],
    actions: [
      button(t(language, 'chat.substitute.save'), 'substitute.save', { formId }, 'positive', 'auto'),
      ...[...mine, ...standsIn].map((each) => {
        const name = each.absent.id === person.id ? each.substitute.name : each.absent.name;
        const data = { absent: each.absent.id, id: each.id };
        return button(
          t(language, 'chat.substitute.end', { name, ...daysOf(language, each) }),
          'substitute.end',
          data,
        );
      }),
    ],
  });
}

type Shown = Omit<Parameters<typeof substituteView>[2], 'earliest'>;

/** The form as things are, with what was typed into it. */
async function form(turn: Turn, { substitutions, clock }: SubstituteServices, shown: Shown = {}) {
  const present = today(clock).toString();
  const list = await substitutions.list(turn.person);
  const current = (all: readonly Substitution[]) => all.filter((each) => statusOf(each, present) !== 'over');
  const known = { mine: current(list.mine), standsIn: current(list.standsIn), people: list.people };
  return formAnswer(substituteView(turn, known, { ...shown, earliest: present }), turn.language);
}

const formIdOf = (data: Readonly<Record<string, unknown>>): string => {
  const read = formIdSchema.safeParse(data.formId);
  return read.success ? read.data : freshId();
};

const saveAction: Action<SubstituteServices> = {
  permission: 'programme:see',
  run: async (turn, data, services) => {
    const { language, person } = turn;
    const { note, ...typed } = typedIn(data, typedNames);
    const wanted = { ...typed, ...(note.trim() !== '' && { note }), formId: formIdOf(data) };
    const set = await services.substitutions.set(person, parseSubstitution(person, wanted, services.clock));
    const values = { name: set.substitute.name, ...daysOf(language, set) };
    const text = t(language, 'chat.substitute.saved', values);
    return form(turn, services, { notices: [{ style: 'good', text }] });
  },
  recover: async (turn, data, error, services) => {
    const content = faultsIn(error, turn.language);
    return form(turn, services, { ...content, typed: typedIn(data, typedNames), formId: formIdOf(data) });
  },
};

const whichSchema = z.object({
  absent: z.string().regex(/^[\w-]{1,64}$/),
  id: z.string().regex(/^[0-9a-f]{26}$/),
});

const words: readonly WordKind[] = [
  {
    kind: 'substitute',
    exact: [
      'poissa',
      'poissaolo',
      'poissaoloni',
      'poissaolot',
      'sijainen',
      'sijaisen',
      'sijaiseni',
      'sijaista',
      'sijaisuus',
      'sijaisuudet',
      'frånvaro',
      'frånvarande',
      'ersättare',
      'ersättaren',
      'vikarie',
      'away',
      'absence',
      'substitute',
      'substitutes',
      'substitution',
    ],
    stems: [],
    forgiving: [],
  },
];

/** What was done in somebody's name, counted by what it was. */
function countsOf(done: readonly ActedInName[]): Readonly<Record<ActedInName['noun'], number>> {
  const of = (noun: ActedInName['noun']): number =>
    new Set(done.filter((each) => each.noun === noun).map(({ id }) => id)).size;
  return { news: of('news'), newsletter: of('newsletter'), release: of('release'), session: of('session') };
}

/** A notice of who acts for whom, for the one who reads it. */
export function substituteNoticeView(
  { language, person }: Turn,
  { about }: Pick<SubstituteNotice, 'about'>,
  substitution: Substitution,
  done: readonly ActedInName[] = [],
): Card {
  const isAbsent = person.id === substitution.absent.id;
  const values = {
    absent: substitution.absent.name,
    substitute: substitution.substitute.name,
    by: (about === 'substituteEnded' ? substitution.ended?.by : substitution.by)?.name ?? '',
    ...daysOf(language, substitution),
  };
  const yours = isAbsent ? '.yours' : '';
  const title = t(
    language,
    about === 'substituteOver' ? 'chat.notice.substituteOver.title' : `chat.notice.${about}${yours}.title`,
    values,
  );
  const text =
    about === 'substituteOver'
      ? t(language, `chat.notice.substituteOver.${done.length === 0 ? 'none' : 'done'}`)
      : t(language, `chat.notice.${about}${yours}.text`, values);
  const counts = Object.entries(countsOf(done)) as [ActedInName['noun'], number][];
  const lines = counts
    .filter(([, count]) => count > 0)
    .map(([noun, count]) => ({ text: `• ${t(language, `chat.notice.substituteOver.${noun}`, { count })}` }));
  const note = about === 'substituteSet' && !isAbsent ? substitution.note : undefined;
  return render(plainCard, {
    ...common(language, 'list', t(language, 'chat.kicker.substitute'), [`${title}.`, text]),
    heading: title,
    notices: [],
    paragraphs: [{ text }, ...lines, ...(note === undefined ? [] : [{ text: note }])],
    hints: [],
    actions: [button(t(language, 'chat.substitute.open'), 'substitute.open')],
  });
}

/** Who acts for somebody while they are away. */
export function substitutesFeature(services: SubstituteServices): BotFeature {
  const { substitutions } = services;
  const view = async (turn: Turn, notice: SubstituteNotice) => {
    const substitution = await substitutions.find(notice.absentId, notice.id);
    if (substitution === undefined) return superseded;
    const done = notice.about === 'substituteOver' ? await substitutions.doneInName(substitution) : [];
    return substituteNoticeView(turn, notice, substitution, done);
  };
  return {
    words,
    waiting: ({ language, person }) =>
      Promise.resolve(
        (person.actsFor ?? []).map(({ name, until }) => ({
          rank: 3,
          about: t(language, 'chat.kicker.substitute'),
          title: t(language, 'chat.substitute.acts', { name, until: day(language, until) }),
          text: t(language, 'chat.substitute.acts.text'),
          links: [],
          actions: [button(t(language, 'chat.substitute.open'), 'substitute.open')],
        })),
      ),
    // A sentence in which somebody is away from a session is about that session.
    intents: [
      { rank: 4, press: { verb: 'substitute.open', data: {} }, isAsked: ({ has }) => has('substitute') },
    ],
    cardActions: cardActions(
      {
        'substitute.open': action('programme:see', z.object({}), (turn, _data, all: SubstituteServices) =>
          form(turn, all),
        ),
        'substitute.save': saveAction,
        'substitute.end': action(
          'programme:see',
          whichSchema,
          async (turn, { absent, id }, all: SubstituteServices) => {
            await all.substitutions.end(turn.person, absent as PersonId, id);
            const text = t(turn.language, 'chat.substitute.ended');
            return form(turn, all, { notices: [{ style: 'good', text }] });
          },
        ),
      },
      services,
    ),
    notices: Object.fromEntries(
      (['substituteSet', 'substituteEnded', 'substituteOver'] as const).map((kind) => [
        kind,
        (turn: Turn, notice: { readonly about: string }) => view(turn, notice as SubstituteNotice),
      ]),
    ),
  };
}
