import type { DemoNews } from './item.js';
import { demoProjectIds } from './people.js';

const chatbot: DemoNews = {
  key: 'elma-chatbot-answers',
  author: 'alex',
  hoursAgo: 29,
  submission: {
    projectId: demoProjectIds.elma,
    language: 'en',
    words: {
      title: 'What people ask the Elma chatbot after midnight',
      lead: 'One question in four comes at night, and most are about sleep. Knowing this helps us put the right advice first, and it shows professionals what people do not always ask at the desk.',
      body: `We looked at what people asked the Elma chatbot during its first two months. There were 1,940 conversations. We counted topics only: the chatbot does not ask who you are and does not keep what you write.

Three things surprised us:

- One question in four came between 10 pm and 6 am.
- Sleep was the most common topic at night. During the day it was exercise.
- In one conversation out of six, the person moved on to a public health nurse when the office opened.

Because of this, the sleep course is now the first suggestion after 10 pm. We also rewrote the answers about tiredness so that they say clearly when to contact a health centre.

“Nobody wants a lecture at two in the morning. People want one thing they can try right away,” says developer Alex Sample.

The figures are on one page: [questions to Elma](https://elma.example.org/en/questions).`,
    },
    audiences: ['professionals', 'nationalStakeholders'],
    wishedChannels: ['newsletter', 'intranet'],
    link: 'https://elma.example.org/en/questions',
  },
  then: [],
};

const managers: DemoNews = {
  key: 'manager-coaching-invitation',
  author: 'jari',
  hoursAgo: 23 * 24 + 2,
  submission: {
    projectId: demoProjectIds.servicesNear,
    language: 'fi',
    words: {
      title: 'Viestintävalmennus esihenkilöille alkaa',
      lead: 'Esihenkilö on työntekijälle muutoksen tärkein viestijä. Valmennuksessa harjoitellaan, miten keskeneräisestä asiasta kerrotaan rehellisesti.',
      body: `Esihenkilöiden viestintävalmennus alkaa kolmella ryhmällä. Kussakin on kaksitoista esihenkilöä eri yksiköistä. Tapaamisia on neljä, ja ne kestävät puolitoista tuntia.

Tapaamisten aiheet ovat

- miten kerron asiasta, josta en vielä tiedä kaikkea
- mitä kerron kokouksessa ja mitä kirjoitan
- miten kuuntelen, kun ryhmä on väsynyt muutokseen
- miten puhun medialle, jos minulle soitetaan.

Jokainen tuo mukanaan oman, oikean tilanteen. Sitä harjoitellaan parin kanssa ennen kuin se kerrotaan omalle ryhmälle.

Kutsu on lähetetty osallistujille kalenteriin.`,
    },
    audiences: ['middleManagement'],
    wishedChannels: ['intranet'],
  },
  then: [
    {
      by: 'aino',
      hoursLater: 25,
      does: 'reject',
      say: 'Kiitos, Jari. Paikat on jo täytetty ja kutsu on lähtenyt osallistujille, joten emme julkaise tätä kaikille. Kirjoita mielellään valmennuksen jälkeen, mitä siellä opittiin. Siitä tulee hyvä juttu.',
    },
  ],
};

const trust: DemoNews = {
  key: 'client-council-trust',
  author: 'tuomo',
  hoursAgo: 19 * 24 + 7,
  submission: {
    projectId: demoProjectIds.servicesNear,
    language: 'fi',
    words: {
      title: 'Asiakasraadit arvioivat, mihin ne luottavat digipalveluissa',
      lead: 'Luottamus syntyy siitä, että vastaus tulee luvatussa ajassa. Kyselyn tulokset kertovat, mitä palveluissa pitää korjata ensin.',
      body: `Kysyimme viideltä asiakasraadilta, milloin ne luottavat digipalveluun ja milloin eivät. Kyselyyn vastasi 58 raatilaista. Osa vastasi verkossa, osa paperilla.

Luottamusta lisäsi eniten kolme asiaa:

- Vastaus tulee luvatussa ajassa.
- Vastaajalla on nimi ja ammatti.
- Saman asian voi hoitaa myös puhelimessa.

Eniten epäilyjä herätti se, kuka viestit lukee. Raadit toivoivat, että se kerrotaan jo ennen kuin ensimmäinen viesti lähetetään.

Tulokset käsitellään ensin raatien kanssa, ja sen jälkeen niistä kerrotaan kaikille.`,
    },
    audiences: ['residents', 'electedOfficials', 'topManagement'],
    wishedChannels: ['newsletter', 'media'],
  },
  then: [{ by: 'tuomo', hoursLater: 21, does: 'withdraw' }],
};

/** News of all projects: the chatbot, the coaching of line managers, the client councils. */
export const acrossNews: readonly DemoNews[] = [chatbot, managers, trust];
