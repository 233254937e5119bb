import type { DemoNews } from './item.js';
import { demoProjectIds } from './people.js';

const projectId = demoProjectIds.carePathways;

const anxiety: DemoNews = {
  key: 'anxiety-pathway-open',
  author: 'eeva',
  hoursAgo: 41 * 24 + 3,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Ahdistuksen digihoitopolku on nyt auki kaikille',
      lead: 'Apua lievään ahdistukseen saa nyt ilman lähetettä. Polun voi aloittaa kotona silloin, kun se itselle sopii, ja sairaanhoitaja on mukana koko matkan.',
      body: `Ahdistuksen digihoitopolku avautui kaikille Malliseudun täysi-ikäisille asukkaille. Tähän asti polulle on päässyt vain lääkärin lähetteellä. Nyt riittää, että tunnistautuu verkossa ja vastaa muutamaan kysymykseen omasta voinnistaan.

Polulla on seitsemän osaa. Niissä tutustutaan ahdistuksen syihin, harjoitellaan rauhoittumista ja etsitään keinoja nukkua paremmin. Yhteen osaan kuluu noin puoli tuntia viikossa. Sairaanhoitaja lukee vastaukset ja kirjoittaa takaisin kahden arkipäivän kuluessa.

> Moni kertoo, että ensimmäinen viesti oli helpompi kirjoittaa kuin sanoa ääneen, kertoo sairaanhoitaja Eeva Kuvitteellinen.

Polku sopii sinulle, jos

- olet täyttänyt 18 vuotta
- ahdistus vaivaa, mutta selviät arjen askareista
- sinulla on pankkitunnukset tai mobiilivarmenne.

Jos vointisi on huono, älä jää odottamaan. Päivystysapu vastaa numerossa 116 117, ja hätätilanteessa soita 112.

Aloita täältä: [ahdistuksen digihoitopolku](https://digihoitopolut.example.org/ahdistus).`,
    },
    audiences: ['residents', 'professionals'],
    wishedChannels: ['newsletter', 'intranet', 'web'],
    link: 'https://digihoitopolut.example.org/ahdistus',
  },
  then: [
    {
      by: 'linnea',
      hoursLater: 20,
      does: 'edit',
      language: 'sv',
      words: {
        title: 'Den digitala vårdstigen för ångest är öppen för alla',
        lead: 'Nu får du hjälp vid lindrig ångest utan remiss. Du kan börja hemma när det passar dig, och en sjukskötare följer med hela vägen.',
        body: `Den digitala vårdstigen för ångest är nu öppen för alla myndiga invånare i Mallbygden. Tidigare behövdes en remiss från läkare. Nu räcker det att du identifierar dig på webben och svarar på några frågor om hur du mår.

Vårdstigen har sju delar. Du får veta mer om vad ångest beror på, öva dig i att lugna ner dig och hitta sätt att sova bättre. En del tar ungefär en halvtimme i veckan. En sjukskötare läser dina svar och skriver tillbaka inom två vardagar.

> Många säger att det första meddelandet var lättare att skriva än att säga högt, berättar sjukskötare Eeva Kuvitteellinen.

Vårdstigen passar dig som

- har fyllt 18 år
- besväras av ångest men klarar vardagens sysslor
- har bankkoder eller mobilcertifikat.

Vänta inte om du mår dåligt. Jourhjälpen svarar på 116 117, och i en nödsituation ringer du 112.

Börja här: [vårdstigen för ångest](https://digihoitopolut.example.org/sv/angest).`,
      },
    },
    { by: 'aino', hoursLater: 24, does: 'accept' },
  ],
};

const drinking: DemoNews = {
  key: 'drinking-less-pathway',
  author: 'siv',
  hoursAgo: 16 * 24 + 5,
  submission: {
    projectId,
    language: 'sv',
    words: {
      title: 'Ny digital vårdstig för dig som vill dricka mindre',
      lead: 'Du behöver inte ha slutat dricka för att få stöd. På vårdstigen sätter du dina egna mål och har kontakt med en handledare i åtta veckor.',
      body: `Vi har byggt en digital vårdstig för den som funderar över sitt drickande. Vi prövade den under våren tillsammans med 46 invånare. Två av tre gick hela vägen, och de flesta drack mindre när de slutade än när de började.

Vårdstigen börjar med ett test som du gör anonymt. Därefter väljer du om du vill fortsätta. Varje vecka får du en kort uppgift, till exempel att skriva dagbok eller planera en kväll utan alkohol. På tisdagar klockan 13–15 kan du chatta med oss på beroendevården.

– Det viktiga är att ingen skäms. Vi frågar vad du själv vill ändra på, och så börjar vi där, säger handledare Siv Påhitt.

Så gör du:

1. Gör testet.
2. Läs vad resultatet betyder.
3. Identifiera dig, om du vill börja på vårdstigen.

[Gör testet](https://digihoitopolut.example.org/sv/alkohol). Det tar fem minuter.`,
    },
    audiences: ['residents', 'professionals', 'ngos'],
    wishedChannels: ['newsletter', 'web', 'social'],
    link: 'https://digihoitopolut.example.org/sv/alkohol',
  },
  then: [
    {
      by: 'aino',
      hoursLater: 26,
      does: 'edit',
      language: 'fi',
      words: {
        title: 'Uusi digihoitopolku sinulle, joka haluat juoda vähemmän',
        lead: 'Tukea saa, vaikka ei olisi lopettanut juomista. Polulla asetat omat tavoitteesi ja pidät yhteyttä työntekijään kahdeksan viikon ajan.',
        body: `Rakensimme digihoitopolun ihmisille, jotka miettivät omaa juomistaan. Kokeilimme polkua keväällä 46 asukkaan kanssa. Kaksi kolmesta kulki polun loppuun, ja useimmat joivat silloin vähemmän kuin aloittaessaan.

Polku alkaa testillä, jonka voi tehdä nimettömästi. Sen jälkeen valitset, haluatko jatkaa. Joka viikko saat lyhyen tehtävän: pidät esimerkiksi päiväkirjaa tai suunnittelet illan ilman alkoholia. Tiistaisin kello 13–15 voit kirjoittaa päihdetyöntekijöille chatissa.

– Tärkeintä on, ettei kenenkään tarvitse hävetä. Kysymme, mitä haluat itse muuttaa, ja aloitamme siitä, sanoo päihdetyöntekijä Siv Påhitt.

Näin pääset alkuun:

1. Tee testi.
2. Lue, mitä tulos tarkoittaa.
3. Tunnistaudu, jos haluat aloittaa polun.

[Tee testi](https://digihoitopolut.example.org/alkoholi). Siihen menee viisi minuuttia.`,
      },
    },
    { by: 'aino', hoursLater: 27, does: 'accept' },
  ],
};

const navigatorBody = `Terapianavigaattori on verkossa oleva kysely, jonka voi täyttää ennen ensimmäistä käyntiä mielenterveyspalveluissa. Siinä kysytään rauhallisesti ja yksi asia kerrallaan, mikä vaivaa ja mistä olisi apua. Vastaamiseen kuluu noin vartti.

Lopuksi asiakas saa koodin ja ottaa sen mukaan käynnille. Hoitaja tai psykologi avaa yhteenvedon koodilla, eikä aikaa kulu samojen kysymysten toistamiseen.

– Ennen puolet ensimmäisestä tunnista meni lomakkeisiin. Nyt voimme kysyä heti, mitä ihminen itse toivoo, sanoo psykologi Jari Keksitty.

Kokeilimme navigaattoria kolmella terveysasemalla. Siellä useampi asiakas aloitti hoidon jo ensimmäisellä käynnillä. Nyt otamme sen käyttöön kaikilla asemilla.

Ammattilainen, toimi näin:

- Lähetä ajanvarauksen yhteydessä linkki [Terapianavigaattoriin](https://terapianavigaattori.example.org).
- Kysy koodi käynnin alussa.
- Jos asiakas ei halua vastata verkossa, kysykää kysymykset yhdessä.`;

const navigator: DemoNews = {
  key: 'therapy-navigator',
  author: 'jari',
  hoursAgo: 12 * 24 + 2,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Terapianavigaattori käyttöön kaikilla terveysasemilla',
      lead: 'Asiakas kertoo tilanteestaan rauhassa jo ennen käyntiä, ja oikea apu löytyy nopeammin. Ammattilaiselta säästyy aikaa keskusteluun.',
      body: navigatorBody,
    },
    audiences: ['professionals', 'middleManagement'],
    wishedChannels: ['newsletter', 'intranet'],
    link: 'https://terapianavigaattori.example.org',
  },
  then: [
    {
      by: 'linnea',
      hoursLater: 30,
      does: 'edit',
      language: 'sv',
      words: {
        title: 'Terapinavigatorn tas i bruk på alla hälsostationer',
        lead: 'Klienten berättar i lugn och ro om sin situation redan före besöket, och rätt hjälp hittas snabbare. Den anställda får mer tid för samtalet.',
        body: `Terapinavigatorn är en enkät på webben som man kan fylla i före det första besöket inom mentalvården. Den frågar en sak i taget: vad som besvärar och vad som kunde hjälpa. Det tar ungefär en kvart att svara.

Till slut får klienten en kod att ta med till besöket. Med koden öppnar sjukskötaren eller psykologen en sammanfattning, och samma frågor behöver inte ställas en gång till.

– Förr gick halva den första timmen till blanketter. Nu kan vi genast fråga vad personen själv önskar, säger psykolog Jari Keksitty.

Vi prövade navigatorn på tre hälsostationer. Där började fler klienter få vård redan vid det första besöket. Nu tar vi den i bruk på alla stationer.

Så här gör du som anställd:

- Skicka länken till [Terapinavigatorn](https://terapianavigaattori.example.org/sv) när tiden bokas.
- Fråga efter koden i början av besöket.
- Gå igenom frågorna tillsammans, om klienten inte vill svara på webben.`,
      },
    },
    { by: 'aino', hoursLater: 31, does: 'accept' },
    {
      by: 'aino',
      hoursLater: 190,
      does: 'edit',
      language: 'fi',
      words: {
        title: 'Terapianavigaattori käyttöön kaikilla terveysasemilla',
        lead: 'Asiakas kertoo tilanteestaan rauhassa jo ennen käyntiä, ja oikea apu löytyy nopeammin. Ammattilaiselta säästyy aikaa keskusteluun.',
        body: `${navigatorBody}

Tukea saa omalta esihenkilöltä ja torstaisin kello 14 pidettävältä kysymystunnilta. Tunti on Teamsissa, eikä siihen tarvitse ilmoittautua.`,
      },
    },
  ],
};

const recruitment: DemoNews = {
  key: 'recruitment-fair',
  author: 'eeva',
  hoursAgo: 52,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Messut oli hyvät, 63 jätti yhteystiedot',
      lead: 'Kokeiltiin uudenlaista messupistettä ja opiskelijat tykkäsivät.',
      body: `Oltiin hoitoalan messuilla ja pöydän sijasta meillä oli sohva, lamppu ja kahvia. Ihmiset saivat kokeilla digihoitopolun harjoitusta tabletilla ja jutella meidän kanssa. 63 jätti yhteystiedot, viime vuonna 18.`,
    },
    audiences: ['professionals', 'middleManagement'],
    wishedChannels: ['newsletter', 'social'],
  },
  then: [
    {
      by: 'aino',
      hoursLater: 22,
      does: 'edit',
      language: 'fi',
      words: {
        title: 'Sohva ja kahvikuppi toivat messuille kolminkertaisen määrän kiinnostuneita',
        lead: 'Uudenlainen messupiste sai opiskelijat pysähtymään ja kysymään työstä. Sama malli on nyt lainattavissa kaikille yksiköille.',
        body: `Hoitoalan messuilla meillä ei ollut pöytää eikä esitteitä. Sen sijaan toimme paikalle sohvan, lampun ja kahvipannun. Kävijät saivat kokeilla digihoitopolun harjoitusta tabletilla ja jutella hoitajien kanssa niin kauan kuin halusivat.

Yhteystietonsa jätti 63 opiskelijaa. Vuosi sitten heitä oli 18.

– Kukaan ei kysynyt palkasta ensimmäisenä. Kysyttiin, kuka auttaa, kun on ensimmäinen työviikko, kertoo sairaanhoitaja Eeva Kuvitteellinen.

Messupisteeseen kuuluvat

- huonekalut ja valot, jotka mahtuvat pakettiautoon
- kolme tablettia, joissa on harjoitus valmiina
- ohje siitä, mistä kävijän kanssa kannattaa puhua.

Pisteen voi varata rekrytointipalveluista: [varaa messupiste](https://intra.example.org/rekrytointi/messupiste).`,
      },
    },
  ],
};

const relatives: DemoNews = {
  key: 'chat-for-relatives',
  author: 'siv',
  hoursAgo: 2,
  submission: {
    projectId,
    language: 'sv',
    words: {
      title: 'Chatten för närstående är öppen också på kvällarna',
      lead: 'Den som oroar sig för någon annans drickande hinner sällan skriva under arbetstid. Nu svarar vi måndag till torsdag till klockan 20.',
      body: `Vår chatt för närstående har hittills varit öppen klockan 9–15. Nästan hälften av dem som skrev till oss kom efter att vi hade stängt. Därför prövar vi med kvällstid fram till årets slut.

I chatten svarar två handledare inom beroendevården. Du behöver inte berätta vem du är. Vi lyssnar, och vi berättar vart du kan vända dig om du eller någon i familjen behöver mer stöd.

– Ofta räcker det att någon frågar hur du själv orkar, säger min kollega som svarade den första kvällen.

Under den första veckan skrev 31 personer. De flesta var föräldrar till vuxna barn.

Chatten finns här: [chatta om en närstående](https://digihoitopolut.example.org/sv/narstaende).`,
    },
    audiences: ['residents', 'ngos'],
    wishedChannels: ['web', 'social'],
    link: 'https://digihoitopolut.example.org/sv/narstaende',
  },
  then: [],
};

/** News of the project Digihoitopolut. */
export const carePathwayNews: readonly DemoNews[] = [anxiety, drinking, navigator, recruitment, relatives];
