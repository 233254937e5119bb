import type { Learned } from '../../bot/conversation/understanding/understand.js';
import { tellingWords, understanding, wordsOf } from '../../bot/conversation/understanding/understand.js';
import { languageVector } from '../../bot/conversation/understanding/features.js';
import { offTopic, topics } from '../../bot/conversation/understanding/topics.js';
import { trained } from '../../bot/conversation/understanding/train.js';
import { functionWords } from '../../bot/conversation/understanding/words.js';
import * as language from '../../bot/features/language/index.js';
import * as news from '../../bot/features/news/index.js';
import * as newsletter from '../../bot/features/newsletter/index.js';
import * as sessions from '../../bot/features/sessions/intents.js';
import { helpFeature } from '../../bot/conversation/help.js';
import { smallTalkFeature } from '../../bot/conversation/small-talk.js';
import { languages } from '../../src/shared/languages.js';
import { type Utterance, topicOf } from './utterances.js';

/** What the features of the bot understand, as far as something is learned for it. */
export const features = [newsletter, news, sessions, language, helpFeature([]), smallTalkFeature([])];

const nothing: Learned['topics'] = { classes: [], scale: 1, bytes: '' };

/** The understanding with what was learned, by default as it is shipped. */
export const understandingOf = (learned?: Learned) => understanding(features, learned);

/** What the classifiers learn from utterances; the same from the same ones. */
export function learned(from: readonly Utterance[]): Learned {
  const all = [...new Set(from.flatMap(({ text }) => wordsOf(text)))].sort();
  const words = all.join(' ');
  const { vectorOf } = understandingOf({ topics: nothing, languages: nothing, words });
  const classes: readonly string[] = [...topics, offTopic];
  const asked = from
    .filter((each) => classes.includes(topicOf(each)))
    .filter(({ text }) => wordsOf(text).length > 0)
    .map((each) => ({ name: topicOf(each), vector: vectorOf(each.text) }));
  const spoken = [
    ...from
      .map(({ language: name, text }) => ({ name, words: tellingWords(text) }))
      .filter(({ words: telling }) => telling.length > 0)
      .map(({ name, words: telling }) => ({ name, vector: languageVector(telling) })),
    ...languages.flatMap((name) =>
      functionWords[name].map((word) => ({ name, vector: languageVector([word]) })),
    ),
  ];
  return { topics: trained(classes, asked), languages: trained([...languages], spoken), words };
}
