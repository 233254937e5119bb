import type { ProjectId, PersonId } from '../platform/ids.js';
import { firstProgramme, type Programme, type Person } from '../people/person.js';

/** The ids of the demo projects; they are in addresses, so they stay as they are. */
export const demoProjectIds = {
  carePathways: 'demo-digihoitopolut' as ProjectId,
  elma: 'demo-elma' as ProjectId,
  servicesNear: 'demo-digipalvelut' as ProjectId,
} as const;

/** The programme of trial mode: an invented region with three projects. */
export const demoProgramme: Programme = {
  ...firstProgramme,
  names: {
    fi: 'Malliseudun hankkeet (demo)',
    sv: 'Mallbygdens projekt (demo)',
    en: 'Model Region projects (demo)',
  },
  helper: { name: 'Aino Mallikas', phone: '+358 40 000 0000', address: 'aino.mallikas@malliseutu.example' },
  projects: [
    {
      id: demoProjectIds.carePathways,
      names: { fi: 'Digihoitopolut', sv: 'Digitala vårdstigar', en: 'Digital care pathways' },
    },
    {
      id: demoProjectIds.elma,
      names: { fi: 'Elma-elintapaohjaus', sv: 'Livsstilshandledningen Elma', en: 'Elma lifestyle guidance' },
    },
    {
      id: demoProjectIds.servicesNear,
      names: {
        fi: 'Digipalvelut lähelle',
        sv: 'Digitala tjänster nära dig',
        en: 'Digital services near you',
      },
    },
  ],
};

/** A person of the demo: invented, and marked as invented wherever one may be chosen. */
export interface DemoPerson extends Person {
  readonly demo: true;
}

/** An id in the form of a directory object id, with which the person also sits in the Agents Playground. */
const idOf = (number: number): PersonId =>
  `de300000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId;

const { carePathways, elma, servicesNear } = demoProjectIds;
const everyProject = demoProgramme.projects.map((project) => project.id);

/**
 * The demo people by the key under which the demo news names them. Their surnames are words for "example",
 * "invented" and "pretend", so that nobody takes them for somebody.
 */
export const demoPeopleByKey = {
  aino: {
    id: idOf(1),
    demo: true,
    name: 'Aino Mallikas',
    givenName: 'Aino',
    role: 'coordinator',
    language: 'fi',
    projects: everyProject,
  },
  linnea: {
    id: idOf(2),
    demo: true,
    name: 'Linnea Exempel',
    givenName: 'Linnea',
    role: 'coordinator',
    language: 'sv',
    projects: everyProject,
  },
  tuomo: {
    id: idOf(3),
    demo: true,
    name: 'Tuomo Esimerkki',
    givenName: 'Tuomo',
    role: 'admin',
    language: 'fi',
    projects: everyProject,
  },
  eeva: {
    id: idOf(4),
    demo: true,
    name: 'Eeva Kuvitteellinen',
    givenName: 'Eeva',
    role: 'worker',
    language: 'fi',
    projects: [carePathways],
  },
  siv: {
    id: idOf(5),
    demo: true,
    name: 'Siv Påhitt',
    givenName: 'Siv',
    role: 'worker',
    language: 'sv',
    projects: [carePathways],
  },
  jari: {
    id: idOf(6),
    demo: true,
    name: 'Jari Keksitty',
    givenName: 'Jari',
    role: 'worker',
    language: 'fi',
    projects: [carePathways, servicesNear],
  },
  mari: {
    id: idOf(7),
    demo: true,
    name: 'Mari Harjoitus',
    givenName: 'Mari',
    role: 'worker',
    language: 'fi',
    projects: [elma],
  },
  petra: {
    id: idOf(8),
    demo: true,
    name: 'Petra Låtsas',
    givenName: 'Petra',
    role: 'worker',
    language: 'sv',
    projects: [elma],
  },
  oskar: {
    id: idOf(9),
    demo: true,
    name: 'Oskar Provtext',
    givenName: 'Oskar',
    role: 'worker',
    language: 'sv',
    projects: [servicesNear],
  },
  alex: {
    id: idOf(10),
    demo: true,
    name: 'Alex Sample',
    givenName: 'Alex',
    role: 'worker',
    language: 'en',
    projects: [elma, servicesNear],
  },
} as const satisfies Record<string, DemoPerson>;

export type DemoPersonKey = keyof typeof demoPeopleByKey;

/** Everybody of the demo programme, coordinators first: workers, coordinators and an admin, in three languages. */
export const demoPeople: readonly DemoPerson[] = Object.values(demoPeopleByKey);
