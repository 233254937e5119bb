import type { Topic } from './topics.js';

/**
 * What words are about, by the beginnings of their forms in three languages, in small letters without dots and rings. They
 * decide nothing by themselves: the classifier learns what they mean beside each other.
 */
const concepts: Readonly<Record<string, RegExp>> = {
  news: /^(uuti(?!skirj)|nyhet(?!sbrev)|news$|jut[ut]|stor(y|ies)|artikk?el|text(en)?$|items?$)/,
  letter: /^(uutiskirj|nyhetsbrev|newsletter|brevet$|brev$|kirjee|issue$)/,
  deadline:
    /^(deadline|dedi|dedari|maarapai|viimeistaan|menness|senast|sista|ehti|ehdi|hinn|aikataul|tidtab|schedule)/,
  own: /^(oma|mun$|minun$|meidan$|min$|mina$|mitt$|mine$|my$|jutt?uni|uutise?ni|uutisiani|uutistani)/,
  remove:
    /^(poist|peru|veda$|vedan|veta|takaisin|rader|angra|tillbaka|avbryt|delet|remov|cancel|withdraw|undo|bort$|vahing|misstag|accident|pois$)/,
  state:
    /^(status|tila$|vaihe|hyvaksy|julkais|eten|kasit|laget|godkan|publicer|skede|approv|publish|update|state$|happened|hant$)/,
  thanks: /^(kiit|tack|thank|thx|ty$|cheers)/,
  greeting: /^(moi|hei$|moro|terve|huomen|hej|tjena|hallo|hi$|hey|hello|hiya|morjens)/,
  how: /^(miten|kuinka|mite$|hur$|how$)/,
  who: /^(kuka|kenen|kene|vem$|who$)/,
  you: /^(sina|sa$|sinu|sun$|sulla|olet|oot|oletko|ootko|du$|dig$|you$)/,
  when: /^(milloi?n|koska|monel|nar$|when$)/,
  where: /^(missa|mista|mihin|minne|var$|vart$|where$)/,
  send: /^(lahet|kerto|kerro|skick|beratt|send|sent$|tell$|shar|submit|lamna|report)/,
  use: /^(toimi|fungera|funka|work|kayte|kaytta|use$|anvand|osaa)/,
  robot: /^(bot$|botti|robot|ihmi|human|mannisk|tekoal|ai$)/,
  vote: /^(aanes|rost|vot)/,
  place: /^(missa|var$|where$|linkk|lank|link$)/,
};

const folded = (word: string): string => word.normalize('NFD').replace(/\p{Mn}/gu, '');

/**
 * What at least one word has to begin with for a topic to be likely: the rule beside the classifier, which knows no word
 * but the ones that it has seen. Small letters without dots and rings.
 */
const evidence: Readonly<Record<Topic, RegExp>> = {
  tell: /^(uuti|nyhet|news|jut[ut]|stor(y|ies)|artik|art?icle|kert|kerr|beratt|tell|skriv|kirjoit|write|shar|submit|report|tiedot|tips|vink|text)/,
  mine: /^(oma|mun$|minun$|lahett|min$|mina$|mitt$|mine$|my$|jutt?u|uuti|nyhet|news|stor(y|ies)|item|skick|sent|submit|laitt|text)/,
  status:
    /^(uuti|nyhet|news|jut[ut]|stor(y|ies)|item|text|status|tila|vaihe|hyvaks|julkais|laget|skede|approv|publi|godkan|komm|progress|update)/,
  withdraw:
    /^(poist|peru|veda|veta|takai|otan|rader|angr|tillb|avbry|bort$|ta$|dra$|avlag|delet|remov|cancel|withdr|undo|retract|pull|vahing|vaar|misst|fel$|accid|mistake|wrong|publi|julkais)/,
  newsletter:
    /^(uutiskirj|nyhetsb|newslet|kirje|brev|numer|nummer|issue|dead|dedi|dedari|maarap|viimei|menness|senast|sista|last$|ehti|ehdi|hinn)/,
  help: /^(miten|mitenka|kuinka|hur$|how$|apu|autt?a|ohje|neuv|opas|hjal|instr|anvis|help|guid|manual|menu|osaa|toimi|fung|funk|use$|using|work|kayt|anvand|fatt|forst|taju|ymmar|underst|get$|lost|stuck|pihalla|hukas|mita|mitas|vad$|what$|start|aloit|borja)/,
  who: /^(kuka|kukas|kene|kell|ketka|vem$|who|mika|mikas|vad$|what|olet|ole|oot|ootko|sina$|du$|you|robo|bot|ihmi|human|mannis|teko|ai$|esitt|presen|intro|anyone|anybody|somebody|nagon|nan$|joku|kukaan|big)/,
  thanks:
    /^(kiit|tack|thank|thx|tnx|ty$|cheer|ta$|appre|uppsk|arvos|ihana|paras|bast|snall|kind|best|great|tatt)/,
  greeting:
    /^(moi|mo[ij]|hei|hej|moro|morj|terve|huomen|tjen|tja|hall?o|hi+$|hey|hello|hiya|howdy|greet|god|good|paiva|ilta|morn|mitas?$|kuuluu|mar$|tere)/,
  okay: /^(ok|oki|okei|okej|oukk|selv|selk|jee|joo|jo$|ja$|juu|jep|japp|yep|yes|yup|hyv|bra$|fin|good|great|got$|perf|super|nahd|kuull|hors|bye|see$|ses$|cool|nice|kiva|hien|mahtav|loist|sop|pass|topp|uppf|underst|right|all$|alright|sound|lat|hejd|hei$|hej$|palat|not|sure|viss|klar|jaha|aha|aivan|just|fair|adjo|take|later)/,
  sessions:
    /^(tilais|tapaht|evenem|event|sess|traff|progr|ohjel|vuoro|tur$|turn|kalent|calen|kalend|presen|esit|mote|meet|kokoo|tillf|happen|hand|tulos)/,
  hankeradio: /radio|raadio|raido/,
  bigRoom: /^(big|room|workshop|tyopaj)/,
  training: /^(koulut|kurss|kurs|course|utbild|train|skoln|webin|anmal|ilmoit|perehd)/,
  suggest:
    /^(ehdot|toiv|fores|forsl|sugg|propos|idea|ide|aihe|amne|tema|teema|topic|theme|kund|could|voisi|voita|onske|please|ottak)/,
  topics: /^(aihe|amne|topic|tema|teema|theme|forsl|ehdot|sugg|vot|aanes|rost|propos)/,
  reminders: /^(muist|pamin|remind)/,
  language: /^(kiel|sprak|lang|suom|ruots|engl|svensk|finsk|finn|swed)/,
};

/** Whether a word of the text speaks for the topic. */
export function speaksFor(topic: Topic, words: readonly string[]): boolean {
  return words.some((word) => evidence[topic].test(folded(word)));
}

/** The names of the concepts that the words name, each once. */
export function conceptsOf(words: readonly string[]): string[] {
  const plain = words.map(folded);
  return Object.entries(concepts)
    .filter(([, stem]) => plain.some((word) => stem.test(word)))
    .map(([name]) => name);
}
