export type { OverviewAnswer } from '../../overview/routes.js';
