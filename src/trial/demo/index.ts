export { demoProgramme, demoProjectIds } from './programme.js';
export { demoPeople, demoPeopleByKey, type DemoPerson } from './people.js';
