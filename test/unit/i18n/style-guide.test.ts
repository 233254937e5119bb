import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Language, languages } from '../../../src/shared/languages.js';

/**
 * The style guide of docs/texts.md, as far as a machine knows it. A rule that is wrong for one text gets an
 * exception beside it, with the reason; a rule that is wrong for several is a wrong rule.
 */

// The tab joins when its texts are rewritten; with `'tab'` added here, the test lists what is left.
const areas: readonly Area[] = ['chat', 'common', 'mail', 'tab'];
type Area = 'chat' | 'common' | 'mail' | 'tab';

interface Text {
  readonly area: Area;
  readonly language: Language;
  readonly key: string;
  readonly text: string;
}

const texts: readonly Text[] = areas.flatMap((area) =>
  languages.flatMap((language) => {
    const file = JSON.parse(readFileSync(`src/i18n/${area}/${language}.json`, 'utf8')) as Record<
      string,
      string
    >;
    return Object.entries(file).map(([key, text]) => ({ area, language, key, text }));
  }),
);

/** An expression whose `\b` knows ä, ö and å for letters. */
function unicode({ source }: RegExp): RegExp {
  const letter = String.raw`[\p{L}\p{N}]`;
  const edge = `(?:(?<=${letter})(?!${letter})|(?<!${letter})(?=${letter}))`;
  return new RegExp(source.replaceAll(String.raw`\b`, edge), 'iu');
}

/** What the rule finds at fault, each as `sv chat.help.words: text`. */
function faults(isFault: (text: Text) => boolean, among: readonly Text[] = texts): string[] {
  return among.filter(isFault).map(({ language, key, text }) => `${language} ${key}: ${text}`);
}

/** Fails with the whole list: a deep comparison would cut it. */
function assertNone(found: readonly string[]): void {
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
}

/** A word that is not to be used. It is looked for in a text without its ICU syntax, as {@link bare} leaves it. */
interface Ban {
  readonly words: RegExp;
  readonly reason: string;
  /** Keys where the word is right. */
  readonly except?: readonly string[];
}

const banned: Readonly<Record<Language, readonly Ban[]>> = {
  fi: [
    {
      words:
        /Tee sarja|Monesko|Kuukauden välein|kuukausittain viikonpäivänä|\bVaiheet\b|Nimi, (Suomi|Svenska|English)|muistutuksia ennen päivää/i,
      reason: 'what a new series once said',
    },
    { words: /lähety(s|kse|st|ks)/i, reason: 'a lähetys is a broadcast; a message is a viesti' },
    {
      words: /toimitettava|toimittami|\btoimittaa\b/i,
      reason: 'means delivering outside newsrooms: työn alla, muokata',
    },
    { words: /napauta|napautta/i, reason: 'cards are used with keys and screen readers too: valitse' },
    { words: /\bsan(at|asi|ojasi|asi|oja)\b/i, reason: 'a text is a teksti, an answer a vastaus' },
    { words: /\bpuhuj/i, reason: 'esittäjä' },
    {
      words: /takaraja|eräpäivä|viimeistään|viimei(nen|stä) päivä/i,
      reason: 'määräpäivä, in every form',
      except: ['mail.invitation.until'], // the last session, by which nobody has to do anything
    },
    { words: /esityslista/i, reason: 'ohjelma' },
    { words: /materiaali/i, reason: 'aineisto' },
    { words: /\blista(a|n|t|lla|lle|lta|sta|an)?\b/i, reason: 'luettelo' },
    { words: /\btämä päivä\b|\btämän päivän\b/i, reason: 'means today: write valitsemasi päivä' },
    { words: /tyhjänä/i, reason: 'write a whole clause: Jos jätät kohdan tyhjäksi' },
    { words: /perillemeno/i, reason: 'menikö viesti perille' },
    { words: /ylläpitäj|ylläpito/i, reason: 'pääkäyttäjä, or järjestelmänvalvoja for Microsoft 365' },
    { words: /keskeyt(ä|e)/i, reason: 'Microsoft’s word for pausing: lopeta' },
    { words: /\bota (toinen|nämä|se pois|sarjan)/i, reason: 'calque of take: käytä, poista' },
    { words: /\bpyyntöä ei|tallennuspaikka|ei tunneta/i, reason: 'the machine’s view of an error' },
    { words: /\bpostitse\b/i, reason: 'paper post: sähköpostitse' },
    { words: /hengäht|odota sinua/i, reason: 'no jokes, no despair' },
  ],
  sv: [
    {
      words:
        /Gör serien|Månaders mellanrum|Vilken i ordningen|dagordning är gjord|Namn, (Suomi|Svenska|English)/i,
      reason: 'what a new series once said',
    },
    { words: /tillfäll(e|en|et|ena|ets|enas)\b/i, reason: 'a finlandism for an event: evenemang' },
    { words: /\bännu\b/i, reason: 'fortfarande, också; inte … än' },
    { words: /\b(finns|hittas) inte ännu|hittas inte/i, reason: 'hittades inte' },
    { words: /konversation/i, reason: 'chatt, kanal' },
    { words: /på kommande/i, reason: 'på gång' },
    { words: /\bpunkten?\b/i, reason: 'calque of kohta: fältet' },
    { words: /\bhar tur\b/i, reason: 'means being lucky: det är er tur' },
    { words: /berätta(r)? ämnet/i, reason: 'ange or meddela ämnet' },
    { words: /\b(per|mer|med) post\b/i, reason: 'paper post: e-post' },
    { words: /\bkontakt(en|er|erna)?\b/i, reason: 'a person is a kontaktperson' },
    { words: /\biväg\b/i, reason: 'i väg' },
    { words: /\bkommunikationen\b/i, reason: 'reads as the act: kommunikationsteamet' },
    { words: /\btalare/i, reason: 'presentatör' },
    { words: /annuller/i, reason: 'flights and contracts: dra in, ställa in' },
    { words: /\b(dina|egna|nya) ord\b/i, reason: 'calque of sanasi: din text, ditt svar' },
    { words: /önskan\b|önskning/i, reason: 'solemn: önskemål' },
    { words: /arrangör/i, reason: 'Teams says organisatör' },
    {
      words: /tryck på/i,
      reason: 'cards are used with keys and screen readers too: välj',
    },
    { words: /\bbegäran kunde|\blagringen\b/i, reason: 'the machine’s view of an error' },
    {
      words: /deadline|tidsfrist|\bsenast x\b|inlämningsdag/i, // x: a value, as `bare` leaves it
      reason: 'sista dag',
      except: ['mail.invitation.until', 'sessions.assign.last'], // the last session; the last time
    },
    { words: /beställ/i, reason: 'of a newsletter: prenumerera' },
  ],
  en: [
    {
      words: /\b(do|does|did|is|are|was|were|has|have|had|will|would|could|should|can) ?not\b/i,
      reason: 'contract: don’t, can’t',
    },
    {
      words: /\bI (will|am|have)\b|\b(you|they|we) (will|are) [a-z]|\bit is [a-z]|\bthere is\b/i,
      reason: 'contract: I’ll, it’s',
      except: ['newsletter.approve.text'], // "as they are now"
    },
    { words: /\bdue (by|date)\b|\blast day\b|time limit|cut-?off|\banswer due\b/i, reason: 'deadline' },
    { words: /\btap\b/i, reason: 'select' },
    { words: /\bcommunications\b(?! (team|coordinator|plan))/i, reason: 'the communications team' },
    { words: /\bcoming (sessions?|releases?|agenda|months?|weeks?|issues?)\b/i, reason: 'upcoming' },
    { words: /piece of news/i, reason: 'story' },
    { words: /\b(a|the|this|big|large) sends?\b/i, reason: 'jargon: message' },
    { words: /\bletters?\b/i, reason: 'newsletter' },
    {
      words: /\bmails?\b/i,
      reason: 'email',
      except: ['settings.check.mail.missing', 'settings.check.directory.missing'], // MAIL_FROM
    },
    { words: /\b(the|these|this|which|swap|other|own|a) turns?\b/i, reason: 'slot' },
    { words: /\bto take back\b|taken back|take back/i, reason: 'withdraw' },
    { words: /\bstored?\b/i, reason: 'save, saved' },
    { words: /\brevision/i, reason: 'version' },
    { words: /\byour words\b/i, reason: 'your text, what you wrote' },
    { words: /tell (the|your) (topic|news|subject)/i, reason: 'one tells somebody; share, add, give' },
    {
      words: /\brequest could not|storage|this value/i,
      reason: 'the machine’s view of an error',
      except: ['settings.finding.storageAway'], // names of settings
    },
  ],
};

/** Commands that people type to the bot, in a language. */
function commands(language: Language): string[] {
  const file = JSON.parse(readFileSync(`appPackage/${language}.json`, 'utf8')) as Record<string, string>;
  return Object.entries(file)
    .filter(([key]) => key.endsWith('.title'))
    .map(([, title]) => title);
}

const asksToType: Readonly<Record<Language, RegExp>> = {
  fi: /kirjoi(?:ta|tat|ttaa)/i,
  sv: /skriv(?:a|er)?/i,
  en: /(?:write|type)/i,
};

/** Whether a text asks for a command to be typed to the bot and leaves it without quotes. */
function isUnquoted({ language, text }: Text): boolean {
  if (!/minulle|till mig|to me/i.test(text)) return false;
  const between = String.raw`:?(?:\s+[^\s.”“]+){0,3}?\s+`;
  return commands(language).some((command) =>
    new RegExp(`${asksToType[language].source}${between}${command}(?=[\\s,.]|$)`, 'iu').test(text),
  );
}

const beforeClock: Readonly<Record<Language, RegExp>> = {
  fi: /\bklo $/,
  sv: /\bkl\. $/,
  en: /\b(at|from|by) $|, $|^$/,
};

/** Whether a time of day stands without "klo", "kl." or "at". */
function isBareClock({ language, key, text }: Text): boolean {
  // Its `time` is a whole phrase: a day, or "tänään klo 9.00".
  if (key === 'news.conflict.theirs') return false;
  return [...text.matchAll(/\{(time|clock)\}/g)].some(
    ({ index }) => !beforeClock[language].test(text.slice(0, index)),
  );
}

/** A text without its ICU syntax: every choice of a select in the place of the select, and `x` for a value. */
function bare(text: string): string {
  return text.replace(/\{(\w+)(, number)?\}/g, 'x').replace(/\{\w+, (plural|select|selectordinal), ?/g, '');
}

function sentencesOf(text: string): string[] {
  return bare(text)
    .replace(/\bkl\. /g, 'kl ')
    .split(/(?<=[.?:])\s+/)
    .filter((sentence) => sentence !== '');
}

const wordCount = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const clockValue = ({ text }: Text): boolean => /\{(time|clock)\}/.test(text);

/** Whether a text warns of naming those whom the services care for. */
const safetyRule = ({ text }: Text): boolean =>
  /älä kirjoita .*asiak|skriv (inga|inte) .*klient|(leave out|don’t include) .*client/i.test(text);

const wayOutKey = ({ key }: Text): boolean =>
  /^(shared|chat\.form)\.cancel$|\.(back|keep|stay|goBack|no|leave)$/.test(key);

const wayOut = ['Peruuta', 'Peru', 'Avbryt', 'Cancel', 'Ställ in'];

describe('the style guide', () => {
  for (const language of languages) {
    for (const { words, reason, except = [] } of banned[language]) {
      it(`${language}: no ${String(words)} (${reason})`, () => {
        const pattern = unicode(words);
        const found = faults(
          (each) => each.language === language && !except.includes(each.key) && pattern.test(bare(each.text)),
        );
        assertNone(found);
      });
    }
  }

  it('has no rule that can never find anything', () => {
    const all = languages.flatMap((language) =>
      banned[language].map(({ words }) => `${language} ${String(words)}`),
    );
    // A value is an x in what they read: no brace is left to find.
    assertNone(all.filter((rule) => /\\[{}]/.test(rule)));
    const known = (key: string): boolean => texts.some((text) => text.key === key);
    // An exception for a text that is there no more would excuse the next one of its name.
    assertNone(
      languages
        .flatMap((language) => banned[language].flatMap(({ except = [] }) => except))
        .filter((key) => !known(key)),
    );
    const applied = { safetyRule, wayOutKey, clockValue };
    assertNone(
      Object.entries(applied).flatMap(([name, where]) =>
        languages
          .filter((language) => !texts.some((text) => text.language === language && where(text)))
          .map((language) => `${language} ${name}`),
      ),
    );
  });

  it('shouts at nobody', () => {
    assertNone(faults(({ text }) => text.includes('!')));
  });

  it('quotes with ”…” in fi and sv, “…” in en, and writes ’', () => {
    assertNone(
      faults(({ language, text }) => {
        if (/["'‘]/.test(text)) return true;
        if (language !== 'en') return text.includes('“') || (text.match(/”/g) ?? []).length % 2 === 1;
        return (text.match(/“/g) ?? []).length !== (text.match(/”/g) ?? []).length;
      }),
    );
  });

  it('puts a command that is to be typed in quotes', () => {
    const sample = { area: 'chat', key: 'sample', language: 'sv' } as const;
    assert.ok(
      isUnquoted({ ...sample, text: 'Hela listan får du i vår egen chatt: skriv mina till mig där.' }),
    );
    assert.ok(!isUnquoted({ ...sample, text: 'Skriv ”mina” till mig i vår egen chatt.' }));
    assertNone(faults(isUnquoted));
  });

  it('writes klo, kl. or at before a time of day', () => {
    assertNone(faults(isBareClock));
  });

  it('says in fi and sv which times of day are meant where they are written out', () => {
    // Minutes from 1 to 12 may be a month: "3.11" is a day in Swedish.
    const clock = /(?<![\d.])([01]?\d|2[0-3])\.(00|1[3-9]|[2-5]\d)(?![\d.])/;
    const isBare = ({ language, text }: Text): boolean => {
      const found = clock.exec(text);
      return (
        language !== 'en' &&
        found !== null &&
        !/(klo|kl\.|[–-]|muodossa|så här:) ?$/.test(text.slice(0, found.index))
      );
    };
    assertNone(faults(isBare));
  });

  it('selects an inflected phrase for a language, and never hangs its name on', () => {
    assertNone(
      faults(
        ({ text, key }) =>
          !['chat.language.current'].includes(key) &&
          /\S \(\{language\}\)|\S, \{language\}|\S · \{language\}/.test(text),
      ),
    );
  });

  it('glues no ending to a value', () => {
    // "{weekday}en": every Swedish weekday takes -en.
    const isFree = (key: string): boolean => key.startsWith('rule.');
    assertNone(
      faults(
        ({ key, text }) =>
          !isFree(key) && /\{\w+\}(:?[a-zåäö]{1,5}\b|:(n|ssa|ssä|sta|stä|lle|lla))/.test(text),
      ),
    );
  });

  it('names patients beside clients where the safety rule stands', () => {
    assertNone(faults((each) => safetyRule(each) && !/potila|patient/i.test(each.text)));
  });

  it('never offers Cancel as the way out of cancelling', () => {
    assertNone(faults((each) => wayOutKey(each) && wayOut.includes(each.text)));
  });

  it('keeps what the bot says short: 24 words a sentence, 45 words a text', () => {
    const chat = texts.filter(({ area }) => area === 'chat');
    assertNone(
      faults(
        ({ text }) =>
          wordCount(bare(text)) > 45 || sentencesOf(text).some((sentence) => wordCount(sentence) > 24),
        chat,
      ),
    );
  });
});
