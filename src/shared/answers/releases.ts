export type { ReleaseAnswer, ReleaseCreatedAnswer, ReleaseListAnswer } from '../../releases/routes.js';
