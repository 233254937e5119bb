import { today } from '../../../src/platform/clock.js';
import type { FieldFault } from '../../../src/platform/errors.js';
import { say } from '../../../src/i18n/messages.js';
import type { Clock } from '../../../src/platform/clock.js';
import { languages, type Language } from '../../../src/shared/languages.js';
import { audiences, channels } from '../../../src/news/news.js';
import type { Person, Programme } from '../../../src/people/person.js';
import { textLimits } from '../../../src/content/text.js';
import {
  fieldNames,
  formCard,
  type Choice,
  type FieldData,
  type FieldName,
  type FormCardData,
} from './form-card.js';
import { common, type ButtonData, type Notice } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import type { Typed } from './typed.js';

const moreFields: readonly FieldName[] = ['audiences', 'channels', 'link', 'earliestDate'];

/** What stands in one drawing of the form. */
export interface FormView {
  readonly kicker: string;
  readonly heading: string;
  readonly intro?: string;
  readonly notices?: readonly Notice[];
  readonly quotes?: FormCardData['quotes'];
  readonly typed: Typed;
  readonly faults?: readonly FieldFault[];
  /** Whether the language may still be chosen. */
  readonly asksLanguage: boolean;
  readonly actions: readonly ButtonData[];
}

const wantsText = (language: Language, name: FieldName): string => {
  switch (name) {
    case 'title':
    case 'lead':
      return say(language, `chat.form.wants.${name}`, { limit: textLimits[name] });
    case 'body':
    case 'projectId':
    case 'language':
    case 'link':
    case 'earliestDate':
      return say(language, `chat.form.wants.${name}`);
    default:
      return '';
  }
};

function fieldData(language: Language, name: FieldName, view: FormView): FieldData {
  const faults = (view.faults ?? []).filter(({ field }) => field === name);
  return {
    label: say(language, `chat.form.${name}.label`),
    example: say(language, `chat.form.${name}.example`),
    value: view.typed[name],
    wants: wantsText(language, name),
    faults: faults.map(({ code, values }) => ({ text: say(language, `field.${code}`, values) })),
  };
}

/** The person's own projects first; then the others in the programme's order. */
function projectChoices(programme: Programme, person: Person, language: Language): Choice[] {
  const own = (id: string): boolean => person.projects.some((project) => project === id);
  const sorted = [...programme.projects].sort((one, other) => Number(own(other.id)) - Number(own(one.id)));
  return sorted.map(({ id, names }) => ({ title: names[language], value: id }));
}

function choicesOf({ programme, person, language }: Turn, view: FormView): FormCardData['choices'] {
  const languageChoices = languages.map((value) => ({
    title: say(language, `language.own.${value}`),
    value,
  }));
  return {
    projectId: projectChoices(programme, person, language),
    language: view.asksLanguage ? [{ options: languageChoices }] : [],
    audiences: audiences.map((value) => ({ title: say(language, `audience.${value}`), value })),
    channels: channels.map((value) => ({ title: say(language, `channel.${value}`), value })),
  };
}

/** The form as the person has filled it in, with what is wrong at each field. */
export function formView(turn: Turn, clock: Clock, view: FormView): Card {
  const { language } = turn;
  const fields = Object.fromEntries(
    fieldNames.map((name) => [name, fieldData(language, name, view)]),
  ) as Record<FieldName, FieldData>;
  const showsMore = moreFields.some((name) => view.typed[name] !== '' || fields[name].faults.length > 0);
  return render(formCard, {
    ...common(language, 'news', view.kicker, [view.heading, ...(view.notices ?? []).map(({ text }) => text)]),
    heading: view.heading,
    intros: view.intro === undefined ? [] : [{ text: view.intro }],
    notices: view.notices ?? [],
    quotes: view.quotes ?? [],
    fields,
    choices: choicesOf(turn, view),
    today: today(clock).toString(),
    showsMore,
    moreButtons: showsMore ? [] : [{ title: say(language, 'chat.form.more') }],
    actions: view.actions,
  });
}
