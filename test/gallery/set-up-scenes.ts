import { demoProgramme } from '../../src/demo/people.js';
import { owedLanguages } from '../../src/people/person.js';
import { permissionsOf } from '../../src/people/permissions.js';
import type { ProjectId } from '../../src/platform/ids.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type {
  ChecklistAnswer,
  ChecksAnswer,
  CheckLine,
  DirectoryAnswer,
  Finding,
  ProgrammeAnswer,
  ProjectsAnswer,
} from '../../src/shared/answers/set-up.js';
import { t } from '../../src/i18n/messages.js';
import type { MessageKey, Values } from '../../src/i18n/keys.js';
import type { Playing, TabScene } from './tab-scenes.js';

type Before = NonNullable<TabScene['before']>;

const all =
  (...steps: readonly Before[]): Before =>
  async (playing) => {
    for (const step of steps) await step(playing);
  };

const answering =
  (path: string, json: unknown, status = 200): Before =>
  ({ page }) =>
    page.route(path, (route) => route.fulfill({ json, status }));

/** Nobody has set Big Room up yet. */
const isNew =
  (role: 'admin' | 'worker', admins: readonly string[]): Before =>
  ({ page }) =>
    page.route('**/api/session', async (route) => {
      const answer = (await (await route.fetch()).json()) as SessionAnswer;
      const json: SessionAnswer = {
        ...answer,
        person: { ...answer.person, role },
        permissions: permissionsOf({ role }),
        programme: { ...answer.programme, names: { fi: '', sv: '', en: '' }, projects: [] },
        isNew: true,
        admins,
      };
      return route.fulfill({ json });
    });

const steps: ChecklistAnswer['steps'] = [
  { id: 'names', isDone: true },
  { id: 'projects', isDone: true },
  { id: 'coordinator', isDone: true },
  { id: 'secondAdmin', isDone: false },
  { id: 'bot', isDone: false },
  { id: 'intranet', isDone: true, isInstallations: true },
  { id: 'organiser', isDone: true, isInstallations: true },
  { id: 'mail', isDone: false, isInstallations: true },
  { id: 'helper', isDone: false },
  { id: 'series', isDone: true },
  { id: 'daysOff', isDone: false },
];
const checklist = answering('**/api/programme/checklist', {
  steps,
  isDismissed: false,
} satisfies ChecklistAnswer);

const { names } = demoProgramme;
const programme = answering('**/api/programme', {
  programme: { names, languages: owedLanguages(demoProgramme) },
} satisfies ProgrammeAnswer);

const long = 'Hyvinvointialueen elintapaohjauksen ja ennaltaehkäisevien palvelujen kehittämishanke';
const projects: ProjectsAnswer['projects'] = [
  ...demoProgramme.projects.slice(0, 4),
  { id: 'long' as ProjectId, names: { fi: long, sv: long, en: long } },
  {
    id: 'old' as ProjectId,
    names: { fi: 'Vanha hanke', sv: 'Gamla projektet', en: 'Old project' },
    isArchived: true,
  },
];
const projectList = answering('**/api/programme/projects', {
  projects,
  namesakes: [
    {
      projectId: projects[1]?.id ?? ('' as ProjectId),
      programme: { fi: 'Lännen hankkeet', sv: 'Västra projekten', en: 'Western projects' },
    },
  ],
} satisfies ProjectsAnswer);
const noTrail = answering('**/audit*', { lines: [] });

const siteId =
  'hyvinvointialue.sharepoint.com,11111111-2222-3333-4444-555555555555,66666666-7777-8888-9999-aaaaaaaaaaaa';
const line = (id: CheckLine['id'], state: CheckLine['state'], value?: string): CheckLine => ({
  id,
  state,
  ...(value !== undefined && { value }),
  canTry: state !== 'missing',
});
const checks = answering('**/api/checks', {
  checks: [
    line('storage', 'set'),
    line('bot', 'set'),
    line('intranet', 'set', siteId),
    line('organiser', 'set', 'hankeradio@hyvinvointialue.example'),
    line('mail', 'set', 'hankeradio@hyvinvointialue.example'),
    line('directory', 'missing'),
  ],
} satisfies ChecksAnswer);

const findings: Readonly<Partial<Record<CheckLine['id'], Finding>>> = {
  storage: { result: 'works', code: 'storageWorks' },
  bot: { result: 'fails', code: 'botNotMet' },
  intranet: { result: 'fails', code: 'rightMissing', values: { right: 'Sites.Selected', value: siteId } },
  organiser: { result: 'fails', code: 'throttled', values: { seconds: '40' } },
};
const tried: Before = async ({ page }) => {
  for (const [id, finding] of Object.entries(findings))
    await page.route(`**/api/checks/${id}`, (route) => route.fulfill({ json: { finding } }));
};

const press =
  (key: MessageKey, values?: Values): Before =>
  ({ page, language }) =>
    page
      .getByRole('button', { name: t(language, key, values), exact: true })
      .first()
      .click();

const tryAll: Before = async ({ page, language }) => {
  for (const id of Object.keys(findings) as CheckLine['id'][])
    await page
      .getByRole('button', {
        name: t(language, 'settings.check.try.of', { name: t(language, `settings.check.${id}`) }),
      })
      .click();
};

const find =
  (answer: DirectoryAnswer): Before =>
  async ({ page, language }) => {
    await page.route('**/api/directory*', (route) => route.fulfill({ json: answer }));
    await press('settings.people.add')({ page, language } as Playing);
    await page.getByLabel(t(language, 'settings.people.add.find')).fill('virt');
    await press('settings.people.add.find.verb')({ page, language } as Playing);
  };

/** The set-up and the settings of the programme. @param asAdmin whoever looks manages the programme */
export const setUpScenes = (asAdmin: Before): readonly TabScene[] => [
  { name: 'set-up', at: () => '/', before: isNew('admin', []) },
  {
    name: 'set-up-faults',
    at: () => '/',
    before: isNew('admin', []),
    then: async (playing) => {
      const at = (field: string, code: string, values = {}) => ({ field, code, values, text: '' });
      await playing.page.route('**/api/programme', (route) =>
        route.fulfill({
          status: 400,
          json: {
            status: 400,
            code: 'input.invalid',
            title: '',
            fields: [at('names.sv', 'required'), at('projects.1.names.fi', 'nameOfProject', { name: long })],
          },
        }),
      );
      await press('setUp.project.add')(playing);
      const [first] = await playing.page.getByRole('textbox').all();
      await first?.fill(long);
      await press('setUp.verb')(playing);
    },
  },
  { name: 'set-up-waiting', at: () => '/', before: isNew('worker', ['Tuomo Tähtinen', 'Aino Mallikas']) },
  { name: 'set-up-waiting-nobody', at: () => '/', before: isNew('worker', []) },
  { name: 'settings', at: () => '/settings', before: all(asAdmin, checklist) },
  { name: 'overview-checklist', at: () => '/', before: all(asAdmin, checklist) },
  { name: 'settings-programme', at: () => '/settings/programme', before: all(asAdmin, programme, noTrail) },
  { name: 'settings-projects', at: () => '/settings/projects', before: all(asAdmin, projectList, noTrail) },
  {
    name: 'settings-projects-empty',
    at: () => '/settings/projects',
    before: all(asAdmin, answering('**/api/programme/projects', { projects: [], namesakes: [] }), noTrail),
  },
  {
    name: 'settings-projects-add',
    at: () => '/settings/projects',
    before: all(asAdmin, projectList, noTrail),
    then: press('settings.projects.add'),
  },
  { name: 'settings-channels', at: () => '/settings/channels', before: all(asAdmin, checks) },
  {
    name: 'settings-channels-tried',
    at: () => '/settings/channels',
    before: all(asAdmin, checks, tried),
    then: tryAll,
  },
  {
    name: 'settings-channels-away',
    at: () => '/settings/channels',
    before: all(
      asAdmin,
      answering('**/api/checks', { status: 503, code: 'storage.unavailable', title: '' }, 503),
    ),
  },
  { name: 'settings-programmes', at: () => '/settings/programmes', before: asAdmin },
  {
    name: 'settings-programmes-add',
    at: () => '/settings/programmes',
    before: asAdmin,
    then: press('settings.programmes.add'),
  },
  {
    name: 'settings-people-found',
    at: () => '/settings/people',
    before: asAdmin,
    then: find({
      people: [
        { id: '1', name: 'Vilma Virtanen', mail: 'vilma.virtanen@hyvinvointialue.example', isHere: false },
        { id: '2', name: 'Kaisa Virta', isHere: true },
      ],
      hasMore: true,
    }),
  },
  {
    name: 'settings-people-list',
    at: () => '/settings/people',
    before: asAdmin,
    then: async (playing) => {
      const id = (end: number): string => `1f0c2a9e-0000-4000-8000-00000000000${String(end)}`;
      await press('settings.people.list')(playing);
      await playing.page
        .getByRole('textbox', { name: t(playing.language, 'settings.people.list.text') })
        .fill(
          [`Vilma Virtanen\t${id(1)}`, `Kaisa Virta\t${id(1)}`, `Sven Sundberg\tsven@example.org`].join('\n'),
        );
    },
  },
  {
    name: 'settings-people-no-directory',
    at: () => '/settings/people',
    before: asAdmin,
    then: find({
      finding: { result: 'fails', code: 'rightMissing', values: { right: 'User.Read.All', value: 'none' } },
    }),
  },
];
