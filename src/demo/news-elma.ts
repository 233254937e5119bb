import type { DemoNews } from './item.js';
import { demoProjectIds } from './people.js';

const projectId = demoProjectIds.elma;

const wholeRegion: DemoNews = {
  key: 'elma-whole-region',
  author: 'mari',
  hoursAgo: 9 * 24 + 4,
  earliestInDays: 2,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Elma kokoaa elintapaohjauksen yhteen koko Malliseudulla',
      lead: 'Liikunta, ravitsemus, uni ja tupakoinnin lopettaminen löytyvät nyt samasta paikasta. Elmasta jokainen näkee, mitä apua on tarjolla omassa kunnassa ja miten mukaan pääsee.',
      body: `Elma on palvelutarjotin: verkkosivu, johon on koottu kaikki elintapaohjaus Malliseudun kahdeksasta kunnasta. Tähän asti tiedot ovat olleet kuntien, järjestöjen ja hyvinvointialueen omilla sivuilla. Moni ryhmä on jäänyt vajaaksi vain siksi, ettei sitä ole löydetty.

## Mitä Elmasta löytyy

Elmassa on nyt 74 palvelua. Niitä voi hakea aiheen, kunnan ja viikonpäivän mukaan. Jokaisesta palvelusta kerrotaan samat asiat: kenelle se sopii, mitä se maksaa, missä kokoonnutaan ja miten ilmoittaudutaan.

- **Liikunta:** kävelyryhmät, kuntosalin alkeet, tuolijumppa etänä
- **Ravitsemus:** ruokakurssit ja ravitsemusterapeutin ryhmät
- **Uni:** kuuden viikon unikoulu verkossa
- **Tupakka ja nikotiini:** vieroitusryhmät ja puhelintuki

## Chatbot neuvoo, ihminen jatkaa

Jos ei tiedä, mistä aloittaa, voi kysyä Elman chatbotilta. Se kysyy muutaman asian ja ehdottaa enintään kolmea palvelua. Chatbot ei tallenna vastauksia eikä kysy henkilötietoja. Arkisin kello 9–15 keskustelun voi siirtää terveydenhoitajalle.

> Ihmiset eivät etsi elintapaohjausta. He etsivät apua siihen, että polvi on kipeä tai uni ei tule. Siksi Elma puhuu arjen asioista, sanoo terveydenhoitaja Mari Harjoitus.

## Mikä muuttuu ammattilaiselle

Vastaanotolla riittää jatkossa yksi osoite. Elmasta voi tulostaa asiakkaalle listan sopivista ryhmistä tai lähettää linkin tekstiviestinä. Lähetettä ei tarvita mihinkään palveluun.

1. Avaa Elma vastaanotolla ja hakekaa yhdessä.
2. Valitkaa yksi palvelu, josta asiakas innostuu.
3. Kysy seuraavalla käynnillä, miten alku sujui.

Kokeilussa oli mukana kolme terveysasemaa. Niissä joka toinen ohjattu asiakas ilmoittautui ryhmään kuukauden sisällä. Aiemmin heitä oli joka viides.

## Anna palautetta

Elmaa täydennetään joka viikko. Jos huomaat virheen tai tiedät ryhmän, joka puuttuu, kerro siitä sivun alareunan lomakkeella. Vastaamme kolmen arkipäivän kuluessa.

Tutustu: [elma.example.org](https://elma.example.org).`,
    },
    audiences: ['residents', 'professionals', 'ngos'],
    wishedChannels: ['newsletter', 'intranet', 'media', 'web', 'social'],
    link: 'https://elma.example.org',
  },
  then: [
    {
      by: 'linnea',
      hoursLater: 44,
      does: 'edit',
      language: 'sv',
      words: {
        title: 'Elma samlar livsstilshandledningen i hela Mallbygden',
        lead: 'Motion, mat, sömn och hjälp att sluta röka finns nu på samma ställe. I Elma ser du vilket stöd som finns i din egen kommun och hur du kommer med.',
        body: `Elma är en servicebricka: en webbsida där all livsstilshandledning i Mallbygdens åtta kommuner har samlats. Hittills har uppgifterna funnits på kommunernas, organisationernas och välfärdsområdets egna sidor. Många grupper har inte blivit fulla, bara för att ingen har hittat dem.

## Det här hittar du i Elma

I Elma finns nu 74 tjänster. Du kan söka efter ämne, kommun och veckodag. Om varje tjänst berättas samma saker: vem den passar, vad den kostar, var gruppen träffas och hur du anmäler dig.

- **Motion:** gånggrupper, grunderna i gymträning, stolsgymnastik på distans
- **Mat:** matlagningskurser och grupper hos näringsterapeut
- **Sömn:** en sömnskola på webben i sex veckor
- **Tobak och nikotin:** avvänjningsgrupper och stöd per telefon

## Chattboten ger råd, en människa tar vid

Om du inte vet var du ska börja kan du fråga Elmas chattbot. Den ställer några frågor och föreslår högst tre tjänster. Chattboten sparar inte dina svar och frågar inte efter personuppgifter. Vardagar klockan 9–15 kan du fortsätta samtalet med en hälsovårdare.

> Ingen söker efter livsstilshandledning. Man söker hjälp för att knät värker eller för att sömnen inte kommer. Därför talar Elma om vardagen, säger hälsovårdare Mari Harjoitus.

## Det här ändras för dig som är anställd

På mottagningen räcker det framöver med en adress. Från Elma kan du skriva ut en lista på grupper som passar klienten, eller skicka länken som textmeddelande. Ingen av tjänsterna kräver remiss.

1. Öppna Elma på mottagningen och sök tillsammans.
2. Välj en tjänst som klienten blir intresserad av.
3. Fråga vid nästa besök hur det började.

Tre hälsostationer var med och prövade. Där anmälde sig varannan klient till en grupp inom en månad. Tidigare gjorde var femte det.

## Ge respons

Elma kompletteras varje vecka. Om du ser ett fel eller saknar en grupp, berätta det med blanketten längst ner på sidan. Vi svarar inom tre vardagar.

Bekanta dig med Elma: [elma.example.org/sv](https://elma.example.org/sv).`,
      },
    },
    { by: 'linnea', hoursLater: 45, does: 'accept' },
  ],
};

const walking: DemoNews = {
  key: 'elma-walking-groups',
  author: 'petra',
  hoursAgo: 6 * 24 + 1,
  submission: {
    projectId,
    language: 'sv',
    words: {
      title: 'Gånggrupper för den som inte brukar röra på sig',
      lead: 'I de nya grupperna går man långsamt, och ingen behöver hänga med i någon annans takt. Det sänker tröskeln för den som har ont eller länge har suttit stilla.',
      body: `Vi startar gånggrupper i fyra kommuner. De är till för den som tycker att vanliga motionsgrupper är för snabba. Vi går en slinga på ungefär en kilometer, och det finns bänkar på vägen. En fysioterapeut går med sist i ledet, så att ingen blir ensam.

I våras prövade vi med en grupp på elva personer. Den äldsta var 84 år. Efter tio veckor gick alla längre än i början, och nio av elva fortsätter nu på egen hand.

– Jag hade inte gått till butiken på två år. Nu går jag dit varje dag, berättade en av deltagarna. Hon har gett lov att vi berättar det.

Grupperna är gratis och man behöver ingen remiss.`,
    },
    audiences: ['residents', 'ngos'],
    wishedChannels: ['newsletter', 'social'],
  },
  then: [
    {
      by: 'linnea',
      hoursLater: 27,
      does: 'requestChanges',
      say: 'Tack, Petra, det här vill man läsa. Två saker saknas fortfarande: i vilka kommuner börjar grupperna, och hur anmäler man sig? Lägg till dem, så gör jag texten klar.',
    },
  ],
};

/** As far as the translation has come. */
const panelSv = {
  title: 'Läsarpanelen prövade Elma, och fyra saker ändras',
  lead: 'Tolv invånare och sex anställda läste Elmas sidor högt för oss. Tack vare deras råd är det lättare att hitta på sidorna och förstå dem.',
  body: `Vi bjöd in en läsarpanel för att pröva Elma innan den öppnades för alla. Var och en fick tre uppgifter, till exempel att hitta en gånggrupp i sin egen kommun. Vi satt bredvid och lyssnade.

Panelen gav oss fyra råd, och vi följer dem alla:

1. Ordet **servicebricka** säger inte mycket. På sidan står det nu ”Hitta stöd”.
2. Telefonnumret syns högst upp på varje sida.`,
};

const panel: DemoNews = {
  key: 'elma-reader-panel',
  author: 'mari',
  hoursAgo: 4 * 24 + 6,
  submission: {
    projectId,
    language: 'fi',
    words: {
      title: 'Lukijaraati kokeili Elmaa, ja neljä asiaa muuttuu',
      lead: 'Kaksitoista asukasta ja kuusi ammattilaista luki Elman sivuja meille ääneen. Heidän neuvojensa ansiosta sivuja on helpompi käyttää ja ymmärtää.',
      body: `Kutsuimme lukijaraadin kokeilemaan Elmaa ennen kuin se avattiin kaikille. Jokainen sai kolme tehtävää, esimerkiksi etsiä kävelyryhmän omasta kunnastaan. Me istuimme vieressä ja kuuntelimme.

Raati antoi neljä neuvoa, ja noudatamme niitä kaikkia:

1. Sana **palvelutarjotin** ei kerro paljon. Sivulla lukee nyt ”Etsi tukea”.
2. Puhelinnumero on jokaisen sivun yläreunassa.
3. Hinta kerrotaan myös silloin, kun palvelu on maksuton.
4. Kuntien luettelo on aakkosjärjestyksessä molemmilla kielillä.

> Luulin, että minä olen huono hakemaan. Oli helpotus kuulla, että sivu oli vaikea, sanoi yksi raatilaisista.

Raati kokoontuu seuraavan kerran, kun unikoulu on valmis. Haluatko mukaan? [Ilmoittaudu lukijaraatiin](https://elma.example.org/lukijaraati).`,
    },
    audiences: ['residents', 'professionals'],
    wishedChannels: ['newsletter', 'intranet'],
    link: 'https://elma.example.org/lukijaraati',
  },
  then: [{ by: 'linnea', hoursLater: 30, does: 'edit', language: 'sv', words: panelSv, unfinished: true }],
};

/** News of the project Elma: its service tray, its groups and its readers. */
export const elmaNews: readonly DemoNews[] = [wholeRegion, walking, panel];
