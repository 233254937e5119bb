import assert from 'node:assert/strict';
import { typingMistakes } from '../../bot/conversation/understanding/repair.js';
import { understanding, wordsOf } from '../../bot/conversation/understanding/understand.js';
import { understood, understoodAs } from './understood.js';
import { readFileSync } from 'node:fs';
import { features } from '../understanding/learn.js';
import { notifyFeature } from '../../bot/features/notify/index.js';
import { substitutesFeature } from '../../bot/features/substitutes/index.js';
import { newsMenu } from '../../bot/features/news/index.js';
import { sessionsMenu } from '../../bot/features/sessions/index.js';
import { languageMenu } from '../../bot/features/language/index.js';
import { t } from '../../src/i18n/messages.js';
import { type Language, languages } from '../../src/shared/languages.js';

const chatTexts = (language: Language): Record<string, string> =>
  JSON.parse(readFileSync(`src/i18n/chat/${language}.json`, 'utf8')) as Record<string, string>;

const sentences: Readonly<Record<string, readonly string[]>> = {
  news: [
    'uutinen',
    '${uutinen}x',
    'Uutinen!',
    'UUTINEN',
    '  uutinen  ',
    'utinen',
    'uutien',
    'uutnen',
    'uutinne',
    'uusi uutinen',
    'uutisen',
    'uutisia',
    'uutiseksi',
    'minulla on uutinen',
    'Minulla olisi uutinen',
    'Hei, haluaisin kertoa uutisen',
    'Haluaisin kertoa uutisen digihoitopolusta',
    'moi! miten voin lähettää uutisen Elmasta?',
    'voinko ilmoittaa uutisen',
    'kerro uutinen',
    '<at>Big Room</at> uutinen',
    '<at id="0">Big&nbsp;Room</at>&nbsp;uutinen',
    'uutinen tästä kiitos',
    'nyhet',
    'Nyhet.',
    'nyhte',
    'nyhett',
    'en nyhet',
    'en ny nyhet',
    'Jag vill berätta en nyhet',
    'jag skulle vilja skicka en nyhet om vårdstigen',
    'hur skickar jag en nyhet?',
    'berätta en nyhet',
    'jag har en nyhet',
    'news',
    'nwes',
    'some news',
    'I have news',
    "I'd like to tell some news",
    'How do I submit news about our chatbot?',
    'I want to share a story',
    'please add news',
    'Haluaisin kertoa uutisen hankeradiosta',
    'uutinen hankeradiosta',
    'Jag vill berätta en nyhet om projektradion',
    'ehdota uutista',
  ],
  mine: [
    'omat',
    'Omat uutiset',
    'omat uutiseni',
    'omta',
    'näytä omat uutiseni',
    'uutiseni',
    'haluan nähdä omat uutiset',
    'mina',
    'Mina nyheter',
    'visa mina nyheter',
    'mine',
    'my news',
    'show my news please',
    'list',
  ],
  help: [
    'apua',
    'Apua!',
    'auta',
    'ohje',
    'ohjeet',
    'tarvitsen apua',
    'hjälp',
    'hjalp',
    'hjälpp',
    'help',
    'hlep',
    'help me',
  ],
  greeting: [
    'hi',
    'Hi!',
    'hello',
    'helo',
    'moi',
    'Hei',
    'hej',
    'Hej Big Room',
    'terve',
    'hyvää huomenta',
    'god morgon',
    'good morning',
    '👋',
  ],
  thanks: [
    'kiitos',
    'Kiitos avusta',
    'tack',
    'tack så mycket',
    'thanks',
    '🙏',
    'kiitos big room',
    'kiitos hankeradiosta',
    'Kiitos tilaisuudesta',
    'tack för tillfället',
    'thanks for the session',
  ],
  okay: ['🙂', 'ok', '👍'],
  status: ['missä mun uutinen on', 'var är min nyhet?', 'what happened to my story', 'status', 'vaiheet'],
  withdraw: ['poista uutinen', 'peru', 'ta bort min nyhet', 'delete my news'],
  newsletter: [
    'milloin uutiskirje ilmestyy?',
    'milloin on uutiskirje',
    'när kommer nyhetsbrevet?',
    'what is the deadline',
  ],
  who: ['kuka sinä olet', 'kuka sä oot', 'vem är du?', 'are you a bot'],
  language: [
    'kieli',
    'Kieli?',
    'kiel1',
    'vaihda kieli',
    'språk',
    'sprak',
    'byt språk',
    'language',
    'langauge',
    'change language',
  ],
  'language:fi': [
    'kieli suomi',
    'suomeksi',
    'finska',
    'in Finnish please',
    'språk finska',
    'language finnish',
  ],
  'language:sv': [
    'kieli ruotsi',
    'vaihda kieli ruotsiksi',
    'på svenska',
    'svenska',
    'språk: svenska',
    'Swedish',
    'language sv',
  ],
  'language:en': [
    'kieli englanti',
    'englanniksi',
    'english',
    'change language to English',
    'språk engelska',
    'language en',
  ],
  sessions: [
    'tilaisuudet',
    'Tilaisuudet!',
    'TILAISUUDET',
    'tilaisudet',
    'tilasuudet',
    'tilaisuus',
    'näytä tilaisuudet',
    'mitä tilaisuuksia on tulossa',
    'milloin on seuraava tilaisuus?',
    'moi, näytä tulevat tilaisuudet kiitos',
    '<at>Big Room</at> tilaisuudet',
    'Big Room tilaisuudet',
    'evenemang',
    'evenmang',
    'kommande evenemang',
    'visa evenemang',
    'när är nästa evenemang?',
    'kommande möten',
    'programmet',
    'näytä tilaisuudet',
    'tillfällen',
    'tillfallen',
    'tilfällen',
    'kommande tillfällen',
    'visa tillfällen tack',
    'när är nästa tillfälle',
    'sessions',
    'sesions',
    'session',
    'upcoming sessions please',
    'show me the sessions',
    'when is the next session?',
  ],
  'next:hankeradio': [
    'hankeradio',
    'Hankeradio?',
    'hankeraido',
    'hankeradion',
    'milloin on hankeradio',
    'Milloin on seuraava hankeradio?',
    'koska hankeradio on',
    'moi, milloin on hankeradio?',
    'hankeradio kiitos',
    'projektradion',
    'projektradio',
    'när är Projektradion?',
    'när är nästa hankeradio',
    'when is hankeradio',
    'when is the next Hankeradio?',
  ],
  'next:bigRoom': [
    'big room',
    'Big Room?',
    'bigroom',
    'milloin on big room',
    'seuraava Big Room',
    'när är Big Room?',
    'nästa big room',
    'when is the next Big Room',
    '<at>Big Room</at> big room',
  ],
  'next:training': ['koulutus', 'koulutukset', 'milloin on seuraava koulutus', 'utbildning', 'next training'],
  suggest: [
    'ehdota aihetta',
    'Ehdota aihetta!',
    'ehdota aiheta',
    'haluan ehdottaa aihetta',
    'Haluaisin ehdottaa aihetta hankeradioon',
    'minulla on uusi aihe',
    'aihe-ehdotus',
    'ehdotus',
    'föreslå ämne',
    'föreslå ett ämne',
    'foresla amne',
    'jag vill föreslå ett ämne',
    'suggest a topic',
    'sugest a topic',
    "I'd like to suggest a topic",
    'propose a new topic',
  ],
  topics: [
    'aiheet',
    'Aiheet.',
    'näytä aiheet',
    'hankeradion aiheet',
    'mitkä aiheet on tulossa',
    'ämnen',
    'visa ämnen',
    'topics',
    'topcis',
    'show topics please',
  ],
  reminders: [
    'muistutukset',
    'Muistutukset?',
    'muistutuset',
    'muistutuksia',
    'omat muistutukset',
    'hankeradion muistutukset',
    'påminnelser',
    'paminnelser',
    'mina påminnelser',
    'reminders',
    'my reminders',
    'remind me',
  ],
  remindersOff: [
    'älä muistuta',
    'en halua muistutuksia',
    'inga påminnelser tack',
    'jag vill inte ha påminnelser',
    "I don't want reminders",
  ],
  cannotCome: [
    'En pääse hankeradioon',
    'en pääse tiistaina',
    'jag kan inte komma',
    "I can't come on Tuesday",
  ],
  slot: ['vuoro', 'oma vuoro', 'näytä vuoro', 'vår tur', 'my slot'],
  slotTopic: ['haluan vaihtaa aihetta', 'vi byter ämne', 'change our topic'],
  join: ['linkki', 'hankeradion linkki', 'länken', 'link'],
  past: ['tallenne', 'inspelningar', 'recording'],
  calendar: ['kalenteri', 'kalender', 'calendar'],
  question: ['kysymys', 'fråga', 'question'],
  unknown: [
    '',
    '   ',
    '...',
    'Luin eilen uutisia',
    'Kuulitko uutisen uudesta lääkäristä?',
    'Hyvä uutinen koko hankkeelle',
    'Uutinen on jo julkaistu intranetissä',
    'En halua kertoa uutista',
    'haluatko kertoa uutisen',
    'Asiakkaat ovat tyytyväisiä',
    'ovat',
    'minä',
    'mieli',
    'Mitä kieltä asiakas puhuu?',
    'Kokous alkaa kello yhdeksän',
    'Uutiskirje lähti eilen',
    'Jag läste nyheterna i går',
    'Jag vill inte skicka en nyhet',
    'Vill du berätta en nyhet?',
    'Vilket språk talar klienten?',
    'Mötet börjar klockan nio',
    'nya',
    'Min tid är slut',
    'Did you hear the news?',
    'The newsletter went out yesterday',
    'I do not have news',
    'mind',
    'line',
    'time',
    'new',
    'What time is it',
    'The client was helped yesterday',
    'Body language matters in meetings',
    'Hankeradiossa puhuttiin digihoitopoluista',
    'Hankeradio oli hyvä',
    'Big Roomissa sovittiin viestinnästä',
    'Tilaisuus avata uusia polkuja',
    'tilavuus',
    'aine',
    'Tämä aiheuttaa lisätöitä',
    'tillfälligt',
    'Vi har ett tillfälligt problem',
    'mission',
    'Muistutus lähti eilen kaikille',
    'milloin',
    'koska',
    'när',
    'when',
    'Koulutuksessa oli kivaa',
    'Session was good',
    'Topic of the day is chatbots',
    'uutinen '.repeat(40),
    'x'.repeat(10_000),
    '<script>alert(1)</script>',
  ],
};

describe('bot: what people ask for in words', () => {
  for (const [meant, texts] of Object.entries(sentences)) {
    for (const text of texts) {
      it(`${meant}: "${text.slice(0, 60)}"`, () => {
        assert.equal(understood(text), meant);
      });
    }
  }

  it('understands its own buttons when they are typed', () => {
    for (const { title, verb } of [...newsMenu, ...sessionsMenu, ...languageMenu]) {
      for (const language of languages) {
        const typed = t(language, title);
        assert.equal(understood(typed), understoodAs[verb], typed);
      }
    }
  });

  it('understands every command that a text asks to be typed', () => {
    for (const language of languages) {
      const quoted = Object.values(chatTexts(language)).flatMap(
        (text) => text.match(/[”“]([^”“{}]+)”/gu) ?? [],
      );
      assert.ok(quoted.length > 4, language);
      for (const command of quoted) assert.notEqual(understood(command), 'unknown', command);
    }
  });

  it('understands every command that the pages for people ask to be typed', () => {
    // They understand without their services.
    const notify = notifyFeature({} as Parameters<typeof notifyFeature>[0]);
    const substitutes = substitutesFeature({} as Parameters<typeof substitutesFeature>[0]);
    const { asked } = understanding([...features, notify, substitutes]);
    for (const page of ['worker.fi', 'worker.sv', 'coordinator.fi', 'coordinator.sv']) {
      const quoted = readFileSync(`docs/${page}.md`, 'utf8').match(/”[^”\n]+”/gu) ?? [];
      assert.ok(!page.startsWith('worker') || quoted.length > 8, page);
      for (const command of quoted)
        assert.equal(asked(command.replace('@Big Room ', '')).is, 'press', `${page}: ${command}`);
    }
  });

  it('counts a swap of neighbours as one mistake', () => {
    assert.equal(typingMistakes('uutinen', 'uuitnen'), 1);
    assert.equal(typingMistakes('kieli', 'kieli'), 0);
    assert.equal(typingMistakes('', 'abc'), 3);
    assert.equal(typingMistakes('språk', 'sprak'), 1);
  });

  it('leaves out mentions and markup', () => {
    assert.deepEqual(wordsOf('<at>Big Room</at> <b>Omat</b>&nbsp;uutiset!'), ['omat', 'uutiset']);
  });
});
