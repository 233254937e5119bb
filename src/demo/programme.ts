import type { ProjectId } from '../platform/ids.js';
import { firstProgramme, type Programme } from '../people/person.js';

/** The ids of the demo projects; they stand in addresses, so they stay as they are. */
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
  projects: [
    {
      id: demoProjectIds.carePathways,
      names: { fi: 'Digihoitopolut', sv: 'Digitala vårdstigar', en: 'Digital care pathways' },
    },
    {
      id: demoProjectIds.elma,
      names: { fi: 'Elma-elintapaohjaus', sv: 'Elma livsstilshandledning', en: 'Elma lifestyle guidance' },
    },
    {
      id: demoProjectIds.servicesNear,
      names: { fi: 'Digipalvelut lähelle', sv: 'Digitala tjänster nära', en: 'Digital services close by' },
    },
  ],
};
