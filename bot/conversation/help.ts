import { say } from '../../src/i18n/messages.js';
import { type Language, languages } from '../../src/shared/languages.js';
import { type ButtonData, type Notice, button, common, firstName } from '../cards/parts.js';
import { plainCard } from '../cards/plain-card.js';
import { type Card, render } from '../cards/render.js';
import type { Scope, Turn } from './turn.js';

/** What one can do here, as buttons. */
function doorways(language: Language): ButtonData[] {
  return [
    button(say(language, 'chat.help.tell'), 'form.open', {}, 'positive'),
    button(say(language, 'chat.help.mine'), 'news.mine'),
    button(say(language, 'chat.help.sessions'), 'sessions.open'),
    button(say(language, 'chat.help.language'), 'language.open'),
  ];
}

function hintsFor(language: Language, scope: Scope): { text: string }[] {
  const mention = scope === 'personal' ? [] : [{ text: say(language, 'chat.help.mention') }];
  return [{ text: say(language, 'chat.help.words') }, ...mention];
}

/** What the bot can do; `unknown` where it did not understand what was said. */
export function helpView({ person, language, scope }: Turn, kind: 'asked' | 'unknown'): Card {
  const heading = say(language, 'chat.help.hello', { name: firstName(person.name) });
  const what = say(language, 'chat.help.what');
  const notices: Notice[] =
    kind === 'unknown' ? [{ style: 'emphasis', text: say(language, 'chat.help.unknown') }] : [];
  return render(plainCard, {
    ...common(language, 'help', say(language, 'chat.kicker.app'), [...notices.map(({ text }) => text), what]),
    heading,
    notices,
    paragraphs: [{ text: what }],
    hints: hintsFor(language, scope),
    actions: doorways(language),
  });
}

/** The first thing that the bot says in a conversation: what it is for. */
export function welcomeView(language: Language, scope: Scope): Card {
  const heading = say(language, 'chat.welcome.hello');
  const what = say(language, 'chat.welcome.what');
  return render(plainCard, {
    ...common(language, 'help', say(language, 'chat.kicker.app'), [`${heading}.`, what]),
    heading,
    notices: [],
    paragraphs: [{ text: what }],
    hints: hintsFor(language, scope),
    actions: doorways(language),
  });
}

/** Asks that a message with a personal identity code be deleted; repeats nothing of it. */
export function personalDataView({ language }: Turn): Card {
  const heading = say(language, 'chat.personalData.heading');
  const ask = say(language, 'chat.personalData.ask');
  return render(plainCard, {
    ...common(language, 'help', say(language, 'chat.kicker.app'), [`${heading}.`, ask]),
    heading,
    notices: [{ style: 'warning', text: ask }],
    paragraphs: [{ text: say(language, 'chat.personalData.kept') }],
    hints: [],
    actions: doorways(language),
  });
}

/** The choice of the language in which the bot speaks; `justSet` once it has been made. */
export function languageView({ language }: Turn, justSet: boolean): Card {
  const heading = say(language, 'chat.language.heading');
  const set = say(language, 'chat.language.set');
  const actions = languages.map((choice) => {
    const name = say(language, `language.own.${choice}`);
    const title = choice === language ? say(language, 'chat.language.current', { language: name }) : name;
    return button(title, 'language.set', { language: choice });
  });
  return render(plainCard, {
    ...common(language, 'language', say(language, 'chat.kicker.language'), [justSet ? set : heading]),
    heading,
    notices: justSet ? [{ style: 'good', text: set }] : [],
    paragraphs: [{ text: say(language, 'chat.language.note') }],
    hints: [],
    actions: [...actions, button(say(language, 'chat.help.again'), 'help.open')],
  });
}

/** What went wrong, that nothing is lost, and what can be done instead. */
export function problemView(language: Language, text: string): Card {
  const heading = say(language, 'chat.problem.heading');
  return render(plainCard, {
    ...common(language, 'help', say(language, 'chat.kicker.app'), [`${heading}.`, text]),
    heading,
    notices: [{ style: 'warning', text }],
    paragraphs: [],
    hints: [],
    actions: doorways(language),
  });
}
