import type { Intent, Message, Vocabulary, WordKind } from '../../conversation/understanding/intent.js';
import { type Language, languages } from '../../../src/shared/languages.js';

const languageWords: Vocabulary = {
  forgiving: ['kieli', 'kielen', 'språk', 'språket', 'language', 'languages'],
  exact: ['sprak', 'spraket', 'kieltä', 'kielet', 'kieleksi', 'kieliasetus', 'språkval', 'lang'],
  stems: [],
};

/** The names of our languages as they are written in any of them. */
const languageNames: Readonly<Record<Language, readonly string[]>> = {
  fi: ['suomi', 'suomeksi', 'suomen', 'suomea', 'suomenkieli', 'finska', 'finnish', 'fi'],
  sv: ['ruotsi', 'ruotsiksi', 'ruotsin', 'ruotsia', 'svenska', 'swedish', 'sv'],
  en: ['englanti', 'englanniksi', 'englannin', 'englantia', 'engelska', 'english', 'en'],
};

export const words: readonly WordKind[] = [
  { kind: 'language', ...languageWords },
  {
    kind: 'languageName',
    exact: Object.values(languageNames).flat(),
    stems: [],
    forgiving: [],
    isWeak: true,
  },
];

/** The language that is named; in two letters only where nothing else can be meant. */
function namedLanguage({ words, has }: Message): Language | undefined {
  const mayBeShort = has('language') || words.length === 1;
  return languages.find((language) =>
    words.some((word) => (word.length > 2 || mayBeShort) && languageNames[language].includes(word)),
  );
}

function press(message: Message) {
  const language = namedLanguage(message);
  return language === undefined
    ? { verb: 'language.open', data: {} }
    : { verb: 'language.set', data: { language } };
}

export const intents: readonly Intent[] = [
  { rank: 1, press, answersWhen: true, isAsked: ({ has }) => has('language') },
  { rank: 3, press, answersWhen: true, isAsked: ({ has }) => has('languageName') },
];
