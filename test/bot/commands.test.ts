import assert from 'node:assert/strict';
import { understand, wordsOf } from '../../bot/understanding/commands.js';
import { typingMistakes } from '../../bot/understanding/distance.js';

/** The command as one word: `news`, or `language:sv`. */
function understood(text: string): string {
  const command = understand(text);
  return command.asks === 'language' && command.language !== undefined
    ? `language:${command.language}`
    : command.asks;
}

const sentences: Readonly<Record<string, readonly string[]>> = {
  news: [
    'uutinen',
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
  ],
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
  unknown: [
    '',
    '   ',
    '🙂',
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
    'Kiitos avusta',
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
    'uutinen '.repeat(40),
    'x'.repeat(10_000),
    '${uutinen}x',
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
