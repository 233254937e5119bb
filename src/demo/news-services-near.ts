import type { DemoNews } from './item.js';
import { demoProjectIds } from './people.js';

const projectId = demoProjectIds.servicesNear;

const servicesPage: DemoNews = {
  key: 'digital-services-page',
  author: 'oskar',
  hoursAgo: 7 * 24 + 5,
  submission: {
    projectId,
    language: 'sv',
    words: {
      title: 'Alla digitala tjänster finns nu på samma sida',
      lead: 'Invånaren behöver inte längre veta vad tjänsten heter för att hitta den. Det räcker att veta vad man vill göra.',
      body: `Mallbygdens digitala tjänster har fått en gemensam sida. Där finns 23 tjänster, från tidsbokning och recept till chattar och vårdstigar. Tidigare fanns de på nio olika ställen.

Sidan börjar med vad du vill göra:

- boka, flytta eller avboka en tid
- fråga en yrkesperson
- förnya ett recept
- följa vården av ditt barn eller en närstående.

Under varje rubrik står det om du behöver bankkoder, när någon svarar och hur du sköter ärendet per telefon i stället.

– Vi läste igenom ett halvt års sökningar på webbplatsen. Ingen sökte efter tjänsternas namn. Alla skrev vad de behövde, säger webbutvecklare Oskar Provtext.

Sidan fungerar i telefon och med skärmläsare, och den är lika omfattande på svenska och finska.

[Gå till de digitala tjänsterna](https://malliseutu.example.org/sv/digitala-tjanster)`,
    },
    audiences: ['residents', 'professionals'],
    wishedChannels: ['intranet', 'web', 'social'],
    link: 'https://malliseutu.example.org/sv/digitala-tjanster',
  },
  then: [
    {
      by: 'aino',
      hoursLater: 23,
      does: 'edit',
      language: 'fi',
      words: {
        title: 'Kaikki digipalvelut löytyvät nyt samalta sivulta',
        lead: 'Asukkaan ei enää tarvitse tietää palvelun nimeä, jotta sen löytää. Riittää, että tietää, mitä haluaa tehdä.',
        body: `Malliseudun digipalvelut saivat yhteisen sivun. Sivulla on 23 palvelua ajanvarauksesta ja resepteistä chatteihin ja hoitopolkuihin. Aiemmin ne olivat yhdeksässä eri paikassa.

Sivu alkaa siitä, mitä haluat tehdä:

- varata, siirtää tai perua ajan
- kysyä ammattilaiselta
- uusia reseptin
- seurata lapsesi tai läheisesi hoitoa.

Jokaisen otsikon alla kerrotaan, tarvitsetko pankkitunnuksia, milloin sinulle vastataan ja miten asian voi hoitaa puhelimitse.

– Luimme läpi puolen vuoden haut verkkosivuilta. Kukaan ei hakenut palvelujen nimillä. Kaikki kirjoittivat, mitä he tarvitsevat, sanoo verkkopalvelujen kehittäjä Oskar Provtext.

Sivu toimii puhelimessa ja ruudunlukijalla, ja se on yhtä kattava suomeksi ja ruotsiksi.

[Siirry digipalveluihin](https://malliseutu.example.org/digipalvelut)`,
      },
    },
    { by: 'aino', hoursLater: 24, does: 'accept' },
  ],
};

const contactSearch: DemoNews = {
  key: 'contact-search',
  author: 'jari',
  hoursAgo: 26,
  earliestInDays: 6,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Yhteystietohaku löytää numeron, vaikka et tiedä yksikön nimeä',
      lead: 'Joka viides puhelu vaihteeseen koskee numeroa, joka on jo verkossa. Uusi haku ymmärtää arjen sanoja ja kirjoitusvirheitä.',
      body: `Verkkosivujen yhteystietohaku uudistuu. Hakuun voi kirjoittaa niin kuin puhuu: ”verikoe Mallikylä”, ”hammaslääkäri lapsi” tai ”mistä rollaattori”. Haku näyttää ensin puhelinnumeron ja vasta sitten osoitteen ja aukioloajat.

Kokeilimme hakua neljän viikon ajan vaihteessa. Puhelunvälittäjät kirjasivat, millä sanoilla ihmiset kysyvät. Sanoja kertyi yli 900, ja ne on nyt opetettu haulle.

Haku tunnistaa

- arkikielen sanat molemmilla kielillä
- tavalliset kirjoitusvirheet
- kuntien ja kylien nimet.

Jos numero on väärin, sen vieressä on painike ”Ilmoita virheestä”. Ilmoitus menee suoraan yksikölle, joka korjaa tiedon.

– Testaajista vanhin oli 91-vuotias. Hän löysi laboratorion numeron puolessa minuutissa, kertoo psykologi Jari Keksitty, joka vastasi käyttäjien haastatteluista.`,
    },
    audiences: ['residents', 'professionals'],
    wishedChannels: ['newsletter', 'intranet', 'web'],
    link: 'https://malliseutu.example.org/yhteystiedot',
  },
  then: [],
};

const websites: DemoNews = {
  key: 'websites-merge',
  author: 'oskar',
  hoursAgo: 13 * 24 + 3,
  submission: {
    projectId,
    language: 'sv',
    words: {
      title: 'Projektens webbplatser flyttar in under samma tak',
      lead: 'När ett projekt tar slut ska det som lärts finnas kvar. Därför flyttar alla tre projekt sina sidor till välfärdsområdets webbplats.',
      body: `Våra tre projekt har haft var sin webbplats. Nu flyttar sidorna till välfärdsområdets webbplats. Besökaren hittar då allt på ett ställe, och sidorna blir kvar när projekten avslutas.

Vi gick igenom 412 sidor. Så här gick det:

- 96 sidor flyttas och uppdateras
- 41 sidor slås ihop till elva
- 275 sidor tas bort, eftersom uppgifterna är gamla eller finns på annat håll.

De gamla adresserna för vidare till rätt ställe, så länkar i broschyrer och mejl fortsätter att fungera.

Du som är sidansvarig i ett projekt:

1. Kontrollera dina sidor i listan.
2. Säg till om något viktigt håller på att försvinna.
3. Byt adressen i din e-postsignatur.

[Se listan över sidorna](https://intra.example.org/webbplats/flytten)`,
    },
    audiences: ['professionals', 'nationalStakeholders'],
    wishedChannels: ['newsletter', 'intranet'],
    link: 'https://intra.example.org/webbplats/flytten',
  },
  then: [
    {
      by: 'aino',
      hoursLater: 47,
      does: 'edit',
      language: 'fi',
      words: {
        title: 'Hankkeiden verkkosivut muuttavat saman katon alle',
        lead: 'Kun hanke päättyy, opitun pitää jäädä talteen. Siksi kaikki kolme hanketta siirtävät sivunsa hyvinvointialueen sivustolle.',
        body: `Kolmella hankkeellamme on ollut kullakin oma sivustonsa. Nyt sivut siirtyvät hyvinvointialueen verkkosivuille. Kävijä löytää kaiken yhdestä paikasta, ja sivut säilyvät, kun hankkeet päättyvät.

Kävimme läpi 412 sivua. Niille käy näin:

- 96 sivua siirretään ja päivitetään
- 41 sivua yhdistetään yhdeksitoista
- 275 sivua poistetaan, koska tiedot ovat vanhoja tai löytyvät muualta.

Vanhat osoitteet ohjaavat oikeaan paikkaan, joten esitteissä ja sähköposteissa olevat linkit toimivat yhä.

Jos vastaat hankkeen sivuista:

1. Tarkista omat sivusi luettelosta.
2. Kerro, jos jotain tärkeää on katoamassa.
3. Vaihda uusi osoite sähköpostisi allekirjoitukseen.

[Katso luettelo sivuista](https://intra.example.org/verkkosivut/muutto)`,
      },
    },
    { by: 'linnea', hoursLater: 50, does: 'accept' },
  ],
};

/** News of the project Digipalvelut lähelle. */
export const servicesNearNews: readonly DemoNews[] = [servicesPage, contactSearch, websites];
