import type { Message } from './intent.js';

// What people say to whoever helps them, while they write of something else: it is no news, and no answer either. Each is
// understood as a whole sentence, so that what only mentions a picture or a call stays what it is.

const whole = (sentence: string): RegExp => new RegExp(`^(?:${sentence})$`, 'u');
const has = (words: string): RegExp => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'u');

const asking = has(
  'mite|miten|kuinka|mihin|minne|voi(?:n|nko|ko|ks|s|t|tko|tte|tteko|sitko|sitteko|sko|siko)|saa(?:n|nko|ko|ks)|osaatko|pystytkö|hur|vart|kan|får|kunde|skulle|how|where|can|could|may|would|please',
);
const picture = has(
  'kuva(?:n|a|t|ni|ani)?|kuvia|valokuv\\p{L}*|bild(?:en|er|erna)?|foto(?:n|t|s)?|photos?|pictures?|images?',
);
const sending = has(
  'lähet\\p{L}*|lähetän|laita\\p{L}*|laitta\\p{L}*|liit\\p{L}*|lisä\\p{L}*|lada|ladata|skicka\\p{L}*|bifoga\\p{L}*|lägg(?:a|er)|send|attach|add|upload|put|include',
);
const writing = has('kirjo\\p{L}*|teh?dä|teet|teks|skriv\\p{L}*|write|do|draft|fill');
const forMe = has(
  '(?:mun|minun|meidän) puolesta(?:ni|mme)?|puolestani|för mig|åt mig|åt oss|i mitt ställe|for me|for us|on my behalf|instead of me',
);
const calling = has('soit\\p{L}*|ring(?:a|er|s|t)?|call(?: back)?|phone');
const toMe = has('mulle|minulle|mua|minua|meille|mig|oss|me|us');
const somebody = has(
  'joku|jonku|voi\\p{L}*|pyydän|haluan|någon|nån|kan|kunde|can|could|someone|somebody|please|would',
);

/** "Mite mä lähetän kuvan", "can I attach a photo?" */
const asksAboutPicture = (text: string): boolean =>
  asking.test(text) && picture.test(text) && sending.test(text);

/** "Voitko kirjottaa tän mun puolesta", "can you write this for me" */
const wantsItWritten = (text: string): boolean => asking.test(text) && writing.test(text) && forMe.test(text);

/** "Voiks joku soittaa mulle", "kan någon ringa mig?" */
const wantsCall = (text: string): boolean => calling.test(text) && toMe.test(text) && somebody.test(text);

const stuckSentences = [
  '(?:mä |minä )?en (?:mä |minä )?(?:nyt )?(?:osaa|onnistu)(?: (?:yhtään|tätä|tehdä|kirjoittaa|kirjottaa|käyttää|tehä|kertoa))*',
  '(?:hei |apua )?(?:tää|tämä|toi|tuo|se|lomake|tää lomake|botti|nappi|lähetys)? ?ei (?:nyt )?(?:oikein )?(?:toimi|onnistu)(?: (?:mulla|minulla|nyt|ollenkaan|yhtään|mitenkään|taas))*',
  '(?:hjälp )?(?:det|det här|den här|den|formuläret|knappen) (?:fungerar|funkar) inte(?: (?:för mig|alls|nu))*',
  'jag (?:kan|klarar) inte(?: (?:det|det här|göra|skriva|använda))*',
  "(?:help )?(?:this|it|the form|the button|that) (?:doesn't|does not|doesnt|isn't|is not|isnt|won't) (?:work|working)(?: (?:for me|at all|now))*",
  "i (?:can't|cannot|cant|can not|don't know how to) (?:do|use|write|figure out) (?:this|it|that)",
];
const stuck = whole(stuckSentences.join('|'));

const laterSentences = [
  '(?:sori |anteeksi |hei )?(?:mä |minä )?(?:en|emme|emmä) (?:mä |minä |me )?(?:nyt |tänään |just nyt )?(?:ehdi|ehi|kerkee|kerkeä|kerkiä|jaksa)(?: (?:nyt|tänään|just|juuri|vastata|vastaamaan|kirjoittaa|kirjottaa|tähän|tällä viikolla))*',
  '(?:vastaan|palaan|palaan asiaan|kirjoitan) (?:myöhemmin|huomenna|iltapäivällä|illalla|ensi viikolla)(?: (?:tähän|asiaan))?',
  'jag hinner inte(?: (?:svara|skriva|nu|just nu|i dag|idag|på det här))*',
  'jag svarar (?:senare|i morgon|imorgon|nästa vecka)',
  "(?:sorry )?i (?:don't|do not|dont) have (?:the )?time(?: (?:to (?:answer|reply|write)|right now|now|today))*",
  "(?:sorry )?i (?:can't|cannot|cant) (?:answer|reply|write)(?: (?:right now|now|today|this week))*",
  "i(?:'ll| will) (?:answer|reply|write|get back to you) (?:later|tomorrow|next week)",
];
const later = whole(laterSentences.join('|'));

const when =
  'huomenna|tänään|maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|paikalle|mukaan|tilaisuuteen|tapaamiseen|palaveriin|tulemaan|osallistumaan|valitettavasti|sinne|ensi viikolla|ensi tiistaina|ensi kerralla|\\d{1,2}(?: \\d{1,4}){0,2}';
const notComingSentences = [
  `(?:sori |anteeksi |hei |valitettavasti )*(?:mä |minä |me )?(?:en|emme|emmä) (?:mä |minä |me )?(?:valitettavasti )?pääse(?: (?:${when}))*`,
  `(?:sori |anteeksi |hei |valitettavasti )*(?:mä |minä |me )?(?:en|emme|emmä) (?:mä |minä |me )?(?:valitettavasti )?(?:tule|osallistu|ehdi|ehi)(?: (?:${when}))+`,
  '(?:tyvärr )?(?:jag|vi) (?:kan|hinner)(?: tyvärr)? inte (?:komma|delta|vara med|närvara)(?: (?:i morgon|imorgon|i dag|idag|på \\p{L}+|tyvärr|nästa vecka|nästa tisdag|(?:den )?\\d{1,2}(?: \\d{1,4}){0,2}))*',
  '(?:tyvärr )?(?:jag|vi) kommer(?: tyvärr)? inte(?: (?:i morgon|imorgon|i dag|idag|på \\p{L}+))+',
  "(?:sorry |unfortunately |hi )*(?:i|we) (?:can't|cannot|can not|cant|won't be able to) (?:make it|come|attend|be there|join)(?: (?:tomorrow|today|tonight|on \\p{L}+|next week|next tuesday|this week|unfortunately|after all|(?:on )?\\d{1,2}(?: \\p{L}+| \\d{1,4}){0,2}))*",
];
const notComing = whole(notComingSentences.join('|'));

const puzzled = whole('hä+h?|täh|siis mitä|va|va då|huh|sorry what|eh');

const sentenceOf = ({ words }: Message): string => words.join(' ').replaceAll('’', "'");
const is =
  (test: (sentence: string) => boolean) =>
  (message: Message): boolean =>
    test(sentenceOf(message));

/** What a whole message says, by its name. */
export const asides = {
  picture: is(asksAboutPicture),
  write: is(wantsItWritten),
  call: is(wantsCall),
  stuck: is((sentence) => stuck.test(sentence)),
  later: is((sentence) => later.test(sentence)),
  notComing: is((sentence) => notComing.test(sentence)),
  puzzled: is((sentence) => puzzled.test(sentence)),
} as const;

/** Question marks alone: whoever writes them does not know what is wanted. */
export const isPuzzledSign = (text: string): boolean => /^[\s!.…]*\?[\s?!.…]*$/u.test(text);
