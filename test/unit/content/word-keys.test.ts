import assert from 'node:assert/strict';
import { keysOfText, keysOfWord, wordsOf } from '../../../src/content/word-keys.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';

/** A word, and forms of it as they are in texts. */
const forms: Readonly<Record<PublicLanguage, readonly string[]>> = {
  fi: [
    'hanke hankkeen hanketta hankkeet hankkeiden hankkeita hankkeissa hankkeelle',
    'tiedote tiedotteen tiedotteet tiedotteita tiedotteiden tiedotetta tiedotteessa',
    'kunta kunnan kuntaa kunnat kuntien kuntia kunnissa kuntiin kunnalle kunnilla',
    'uutinen uutisen uutiset uutisia uutisten uutista uutisissa',
    'kokous kokouksen kokoukset kokouksia kokouksessa kokousta',
    'palvelu palvelun palvelut palveluita palveluiden palvelujen palveluja palvelussa',
    'palaute palautteen palautetta palautteita palautteiden',
    'hoito hoidon hoitoa hoidossa hoidot hoitoon hoitoja',
    'tuki tuen tukea tuet tukien tuessa tuella',
    'tieto tiedon tietoa tiedot tietoja tietojen tiedossa',
    'terveys terveyden terveyttä terveydessä terveyteen',
    'alue alueen alueet alueita alueella alueiden aluetta',
    'asiakas asiakkaan asiakkaat asiakasta asiakkaita asiakkaiden asiakkaille',
    'potilas potilaan potilaat potilaita potilasta potilaiden',
    'lääkäri lääkärin lääkärit lääkäreitä lääkärissä lääkäriä',
    'hoitaja hoitajan hoitajat hoitajia hoitajien hoitajalle',
    'koulutus koulutuksen koulutukset koulutuksia koulutusta koulutukseen',
    'yhteistyö yhteistyön yhteistyötä yhteistyössä',
    'viestintä viestinnän viestintää viestinnässä viestintään',
    'viesti viestin viestit viestejä viestien viestistä',
    'vanhus vanhuksen vanhukset vanhuksia vanhusten vanhusta',
    'ikääntynyt ikääntyneen ikääntyneet ikääntyneiden ikääntyneitä',
    'lapsi lapsen lapset lapsia lasten lasta lapsille',
    'nuori nuoren nuoret nuoria nuorten nuorta nuorille',
    'perhe perheen perheet perheitä perheiden perhettä',
    'koti kodin kotia kotona kodit kotiin kotien kodeissa',
    'sairaala sairaalan sairaalassa sairaalat sairaaloiden sairaaloita sairaalaan',
    'päivystys päivystyksen päivystystä päivystyksessä',
    'neuvola neuvolan neuvolassa neuvolat neuvoloita',
    'työ työn työtä työssä työt työhön töitä',
    'työntekijä työntekijän työntekijät työntekijöitä työntekijöiden työntekijöille',
    'kuntoutus kuntoutuksen kuntoutusta kuntoutukseen',
    'mielenterveys mielenterveyden mielenterveyttä',
    'päihde päihteet päihteiden päihteitä päihdettä',
    'polku polun polut polkua polkuja polulla',
    'kysely kyselyn kyselyt kyselyä kyselyitä kyselyjä kyselyssä',
    'vastaus vastauksen vastaukset vastauksia vastausta',
    'ohje ohjeen ohjeet ohjeita ohjeiden ohjetta',
    'apu avun apua avulla avuksi',
    'lupa luvan lupaa luvat lupien',
    'vika vian vikaa viat vikoja',
    'haku haun hakua haut hakuun',
    'aika ajan aikaa ajat aikoja ajassa',
    'käynti käynnin käynnit käyntiä käyntejä',
    'ryhmä ryhmän ryhmät ryhmiä ryhmässä',
    'osasto osaston osastot osastoja osastolla',
    'kampanja kampanjan kampanjat kampanjoita',
    'rokotus rokotuksen rokotukset rokotuksia rokotusta',
    'rokote rokotteen rokotteet rokotetta',
    'kaupunki kaupungin kaupungit kaupunkia kaupungissa',
    'henkilö henkilön henkilöt henkilöitä',
    'rahoitus rahoituksen rahoitusta',
    'tulos tuloksen tulokset tuloksia tulosta',
    'vuosi vuoden vuosia vuotta vuodet vuosien vuonna',
    'uusi uuden uusia uutta uudet uusien',
    'ihminen ihmisen ihmiset ihmisiä ihmisten ihmistä',
    'asukas asukkaan asukkaat asukkaita asukkaiden',
    'opas oppaan oppaat oppaita opasta',
    'sopimus sopimuksen sopimukset sopimuksia',
    'osallisuus osallisuuden osallisuutta',
    'tilaisuus tilaisuuden tilaisuudet tilaisuuksia tilaisuutta tilaisuuksien',
    'digitaalinen digitaalisen digitaaliset digitaalisia digitaalista',
    'sähköinen sähköisen sähköiset sähköistä',
    'terapia terapian terapiaa terapiat',
    'navigaattori navigaattorin navigaattorit navigaattoria navigaattoreita',
    'sote soten sotea sotessa',
    'uutiskirje uutiskirjeen uutiskirjeet uutiskirjeitä',
    'muutos muutoksen muutokset muutoksia muutosta',
    'laite laitteen laitteet laitteita laitetta',
    'strategia strategian strategiaa',
    'silta sillan sillat siltaa siltoja',
    'kuukausi kuukauden kuukautta kuukaudet',
    'puhelin puhelimen puhelimet puhelimella',
    'hoitopolku hoitopolun hoitopolkuja hoitopolut',
    'vertaistuki vertaistuen vertaistukea',
    'etävastaanotto etävastaanoton etävastaanottoa etävastaanotolla',
  ],
  sv: [
    'omsorg omsorgen omsorgens',
    'projekt projektet projekten projektens projektets',
    'kommun kommunen kommuner kommunerna kommunens',
    'nyhet nyheten nyheter nyheterna',
    'vård vården vårdens',
    'tjänst tjänsten tjänster tjänsterna',
    'möte mötet möten mötena',
    'klient klienten klienter klienterna',
    'patient patienten patienter patienternas',
    'barn barnet barnen barns',
    'familj familjen familjer familjerna',
    'meddelande meddelandet meddelanden meddelandena',
    'område området områden områdena områdets',
    'läkare läkaren läkarna',
    'skötare skötaren skötarna',
    'sjukhus sjukhuset sjukhusen',
    'hälsa hälsan hälsans',
    'utbildning utbildningen utbildningar',
    'samarbete samarbetet',
    'arbete arbetet arbeten',
    'stöd stödet',
    'hem hemmet hemmen',
    'hjälp hjälpen',
    'enkät enkäten enkäter enkäterna',
    'fråga frågan frågor frågorna',
    'svar svaret svaren',
    'plan planen planer planerna',
    'grupp gruppen grupper',
    'kampanj kampanjen kampanjer',
    'vaccination vaccinationen vaccinationer',
    'stad staden städer städerna',
    'bok boken böcker böckerna',
    'rapport rapporten rapporter',
    'resultat resultatet resultaten',
    'evenemang evenemanget evenemangen',
    'nyhetsbrev nyhetsbrevet nyhetsbreven',
    'avtal avtalet avtalen',
    'mottagning mottagningen mottagningar',
    'rehabilitering rehabiliteringen',
    'ungdom ungdomen ungdomar ungdomarna',
    'digital digitalt digitala',
    'verksamhet verksamheten verksamheter',
    'invånare invånaren invånarna',
    'år året åren',
    'boende boendet boenden',
    'navigator navigatorn navigatorer',
    'terapi terapin terapier',
    'center centret centren centrum',
    'blankett blanketten blanketter',
    'strategi strategin strategier',
    'förälder föräldern föräldrar föräldrarna',
    'läkemedel läkemedlet läkemedlen',
    'kvinna kvinnan kvinnor kvinnorna',
  ],
};

/** Words that look alike and are not forms of one. */
const strangers: Readonly<Record<PublicLanguage, readonly string[]>> = {
  fi: [
    'kunta kuntoutus',
    'kunta kunto',
    'hanke hankinta',
    'hanke hankala',
    'tiedote tieto',
    'tiedote tiede',
    'tieto tie',
    'viesti viestintä',
    'viesti vienti',
    'hoito hoitaja',
    'palvelu palvelin',
    'palaute palaveri',
    'valta valo',
    'uutinen uusi',
    'vuosi vuoro',
    'raha rahoitus',
    'rokote rokotus',
    'nuori nuora',
    'lapsi lappu',
    'alue ala',
    'laite laitos',
    'kokous koko',
    'henki henkilö',
    'asiakas asia',
    'opas oppi',
    'tuki tukos',
    'sairaala sairaus',
    'osasto osaaja',
    'vastaus vastuu',
    'muutos muutto',
  ],
  sv: [
    'vård värd',
    'omsorg omsättning',
    'kommun kommunikation',
    'barn barnmorska',
    'plan plats',
    'möte möbel',
    'hem hämta',
    'stöd städ',
    'stad stat',
    'bok boende',
    'hälsa hälsning',
    'projekt projektör',
    'familj fastighet',
    'fråga frånvaro',
    'svar svår',
    'tjänst tjänare',
    'läkare läkemedel',
    'nyhet nytta',
    'grupp grund',
    'år åka',
  ],
};

/** Compounds, and a word in them that one searches by. */
const compounds: Readonly<Record<PublicLanguage, readonly (readonly [text: string, query: string])[]>> = {
  fi: [
    ['terapianavigaattorissa', 'navigaattori'],
    ['hyvinvointialueiden', 'alue'],
    ['maakunnan', 'kunta'],
    ['sosiaalityötä', 'työ'],
    ['mielenterveyspalveluiden', 'palvelu'],
    ['mielenterveyspalvelut', 'terveyspalvelu'],
    ['perhehoidosta', 'hoito'],
    ['omaishoitajille', 'hoitaja'],
    ['hoitopolut', 'polku'],
    ['mediatiedotteet', 'tiedote'],
    ['kehittämishankkeesta', 'hanke'],
    ['asiakaspalautetta', 'palaute'],
    ['kotihoidon', 'hoito'],
    ['lastensuojelun', 'suojelu'],
    ['digipalveluun', 'palvelu'],
    ['terveysasemat', 'asema'],
    ['tukihenkilöitä', 'henkilö'],
    ['palvelusetelin', 'seteli'],
    ['etävastaanotolla', 'vastaanotto'],
    ['ensiapua', 'apu'],
  ],
  sv: [
    ['äldreomsorgen', 'omsorg'],
    ['hälsovården', 'vård'],
    ['välfärdsområdets', 'område'],
    ['pressmeddelanden', 'meddelande'],
    ['nyhetsbrevet', 'brev'],
    ['kundenkäten', 'enkät'],
    ['socialarbetet', 'arbete'],
    ['servicehuset', 'hus'],
    ['projektmötena', 'möte'],
    ['sjukhusen', 'hus'],
    ['familjecentret', 'center'],
    ['primärvårdens', 'vård'],
  ],
};

const meet = (one: string, other: string, language: PublicLanguage): boolean => {
  const keys = keysOfWord(one, language);
  return keysOfWord(other, language).some((key) => keys.includes(key));
};

describe('the keys of words', () => {
  for (const language of ['fi', 'sv'] as const) {
    for (const line of forms[language]) {
      const [word = '', ...others] = line.split(' ');
      it(`are the same for the forms of ${word}`, () => {
        const apart = others.filter((other) => !meet(word, other, language));
        assert.deepEqual(apart, [], keysOfWord(word, language).join(' '));
      });
    }

    it(`are others for other words (${language})`, () => {
      const met = strangers[language].filter((pair) => {
        const [one = '', other = ''] = pair.split(' ');
        return meet(one, other, language);
      });
      assert.deepEqual(met, []);
    });

    it(`hold the ends of compounds (${language})`, () => {
      const missed = compounds[language].filter(([text, query]) => {
        const keys = keysOfText(text, language);
        return !keysOfWord(query, language).some((key) => keys.includes(key));
      });
      assert.deepEqual(missed, []);
    });
  }

  it('are at most three for a word, and none for what every text has', () => {
    for (const language of ['fi', 'sv'] as const)
      for (const word of forms[language].flatMap((line) => line.split(' '))) {
        const { length } = keysOfWord(word, language);
        assert.ok(length > 0 && length <= 3, `${word}: ${length}`);
      }
    for (const word of ['kun', 'että', '2026']) assert.deepEqual(keysOfWord(word, 'fi'), []);
    for (const word of ['och', 'som']) assert.deepEqual(keysOfWord(word, 'sv'), []);
  });

  it('are some two for a word of a text', () => {
    const text = forms.fi.join(' ');
    const share = keysOfText(text, 'fi').length / wordsOf(text).length;
    assert.ok(share < 2.5, String(share));
  });
});
