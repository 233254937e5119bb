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
  slot: /^(vuoro|esitysv|tur$|turen$|turer|presentationst|slot|turn$|turns$)/,
  present:
    /^(esit|esiint|puhu(?!elin)|pitaa$|presenter(?!ing)|presenterar|talar?$|tala$|upptrad|present$|presenting|speak|talk$)/,
  we: /^(me$|meid|meia|meil|hankkeemme|vi$|vart$|oss$|we$|our$|us$)/,
  not: /^(en$|emme$|ei$|ala$|alkaa$|int$|inte$|inga$|can.?t$|cannot$|won.?t$|not$|don.?t$|no$|none$|unable$)/,
  absent:
    /^(estyn|este$|sair|kipea|flunss|lomal|forhind|sjuk|semester$|bortrest|avbok|ill$|holiday|away$|clash|krock)/,
  come: /^(paas|tule|tuun$|tulla$|osallis|mukaan$|mukana$|komm|delta|come$|coming$|attend|join|make$)/,
  swap: /^(vaiht|vaihd|vaihet|siirt|siirr|byt|flytt|swap|chang|exchang|move$|muut)/,
  free: /^(vapa|avoi|ledig|oppn|frivil|free$|open$|available|volunt)/,
  recording: /^(tallen|nauho|inspel|record(?!ed)|muistiinp|anteckn|notes$|dia|kalvo|slides$|arkist|archiv)/,
  last: /^(viime|edelli|viimek|senast|forra|last$|previous|jalkikat|efterat|efterhand|afterwards|missa|missed)/,
  next: /^(seuraav|ensi$|ens$|tulev|nasta|harnast|kommande|next$|upcoming)/,
  ask: /^(kysy|frag|question|ask$|asking)/,
  topic: /^(aihe(?!u)|amne|tema|teema|topic|title|otsik|rubrik)/,
  stop: /^(lopet|pois$|sammu|hilj|mykist|seis|stang|sluta|tyst|stopp?|quit|off$|mute|silenc|bort$)/,
  later: /^(myohem|uudes|uudell|lahemp|senare|igen|later|again|snooz|torkk|lykk|aamul|morgon|morning)/,
  calendar: /^(kalent|kalend|calend|outlook|ical$|ics$)/,
  day: /^(maanant|tiist|keskiviik|torst|perjant|lauant|sunnunt|huomen|tanaan|mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|imorgon|idag|monday|tuesday|wednesday|thursday|friday|tomorrow|today)/,
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
  slot: /^(vuoro|esit|esiint|puhe|tur$|turen|turer|presen|slot|turn$|talk|hall)/,
  slotTopic: /^(aihe(?!u)|esit|otsik|dia|kalvo|amne|rubrik|presen|topic|title|slide|talk|puhu)/,
  swap: /^(vaiht|vaihd|vaihet|vuoro|siir|byt|flytt|tur$|turen|swap|chang|exchang|mov|slot|turn)/,
  volunteer:
    /^(vapa|vuoro|esit|esiint|avoi|ledig|oppn|tur$|turen|turer|presen|frivil|stall|free|open|slot|volunt|speak|puhu)/,
  cannotCome:
    /^(paas|ehdi|ehi|tule|peru|estyn|este$|pois$|poissa|lomal|kipe|sair|valiin|kerk|pyst|osallis|komm|hinner|forhin|avbok|sjuk|semest|hoppa|delta|can|make|skip|miss|ill$|clash|away|attend|unable|come)/,
  coming:
    /^(paas|tule|tuun|osallis|ilmoit|mukaan|mukana|tuloss|komm|delta|anmal|attend|come|coming|join|sign|there)/,
  join: /^(link|liit|liity|teams|osoit|paas|mukaan|sisaan|lank|mote|anslut|komm|join|get|connect|enter)/,
  presenter: /^(kuka|ketk|kene|kell|esit|puhu|esiint|vem|vilk|presen|tala|who|speak|which|hank)/,
  question: /^(kysy|kysel|frag|question|ask)/,
  past: /^(tallen|nauho|viime|edelli|dia|kalvo|muistiinp|jalki|arkist|inspel|senast|forra|anteckn|efter|record|last|previous|notes|slides|past|archiv|missa|missed|aiem|pidety)/,
  calendar: /^(kalen|calen|outlook|ics|ical)/,
  sessions:
    /^(tilais|tapaht|evenem|event|sess|traff|progr|ohjel|vuoro|tur$|turn|kalent|calen|kalend|presen|esit|mote|meet|kokoo|tillf|happen|hand|tulos)/,
  hankeradio: /radio|raadio|raido/,
  bigRoom: /^(big|room|workshop|tyopaj)/,
  training: /^(koulut|kurss|kurs|course|utbild|train|skoln|webin|anmal|ilmoit|perehd)/,
  suggest:
    /^(ehdot|toiv|fores|forsl|sugg|propos|idea|ide|aihe|amne|tema|teema|topic|theme|kund|could|voisi|voita|onske|please|ottak)/,
  topics: /^(aihe|amne|topic|tema|teema|theme|forsl|ehdot|sugg|vot|aanes|rost|propos)/,
  reminders: /^(muist|pamin|remind)/,
  remindersOff: /^(muist|pamin|remind)/,
  remindersLater: /^(muist|pamin|remind|myohem|senare|later|snooz|torkk|lykk)/,
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
