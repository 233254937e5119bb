import { z } from 'zod';
import { appTokens, type AppRegistration } from '../adapters/entra/app-tokens.js';
import { systemClock } from '../platform/clock.js';
import type { CloudSettings } from '../runtime/settings.js';
import { fault, good, look, skipped, type Check, type Finding } from './finding.js';
import { endOf } from './installation-checks.js';
import { ask, graphCode, type WebAnswer } from './web.js';

type Found = Omit<Finding, 'about'>;

/** Asks Graph as the application; `undefined` where it gets no token, which is a finding of its own. */
function grapher(app: AppRegistration, graphUrl: string) {
  const tokens = appTokens(app, `${new URL(graphUrl).origin}/.default`, { clock: systemClock });
  return async (
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<WebAnswer | undefined> => {
    const token = await tokens.get().catch(() => undefined);
    if (token === undefined) return undefined;
    const search = new URLSearchParams(query).toString();
    return ask(`${graphUrl}${path}${search === '' ? '' : `?${search}`}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
  };
}

type Grapher = ReturnType<typeof grapher>;

const withoutToken: Found = { health: 'skipped', text: 'there is no token, see above' };

function silent(answer: Extract<WebAnswer, { silence: string }>): Found {
  return fault(`Graph does not answer: ${answer.silence}`, 'Let this machine reach GRAPH_URL.');
}

/** Whether a mailbox can be read, or how it is refused. */
async function mailboxOf(graph: Grapher, mailbox: string): Promise<'open' | 'shut' | 'missing' | Found> {
  const answer = await graph(`/users/${encodeURIComponent(mailbox)}/calendar`, { $select: 'id' });
  if (answer === undefined) return withoutToken;
  if ('silence' in answer) return silent(answer);
  if (answer.status === 200) return 'open';
  if (answer.status === 403) return 'shut';
  return answer.status === 404
    ? 'missing'
    : fault(`Graph answered ${graphCode(answer)}`, 'Try again in a while.');
}

/**
 * That the mailboxes that are set can be used, and that others can't: rights for mail and calendars belong to these mailboxes
 * alone (https://learn.microsoft.com/exchange/permissions-exo/application-rbac).
 */
function mailboxChecks(graph: Grapher, { graph: settings, admins, smtpUrl }: CloudSettings): Check[] {
  const { organiser, mailFrom } = settings ?? {};
  // With an organiser, mail leaves from that mailbox; with a mail server, from none of Exchange's.
  const sender = organiser === undefined && smtpUrl === undefined ? mailFrom : undefined;
  const own = [organiser, sender].filter((each) => each !== undefined);
  const checks = own.map((mailbox): Check => ({
    about: `Mailbox ${mailbox}`,
    run: async () => {
      const is = await mailboxOf(graph, mailbox);
      if (is === 'open') return good('can be used');
      if (is === 'missing')
        return fault('does not exist, or has no mailbox', 'Look at ORGANISER and MAIL_FROM.');
      if (is === 'shut' && mailbox === sender)
        return skipped('only sends, which can’t be tried without a mail: try it in the tab’s settings');
      return is === 'shut'
        ? fault(
            'may not be used',
            'Give the application its roles for this mailbox (RBAC for Applications), as the guide to installing shows; it takes up to two hours.',
          )
        : is;
    },
  }));
  const [other] = admins.filter((id) => !own.includes(id));
  const scope: Check = {
    about: 'Mailbox scope',
    run: async () => {
      if (own.length === 0) return skipped('no mailbox is set');
      if (other === undefined) return skipped('ADMINS names nobody with whose mailbox this could be tried');
      const is = await mailboxOf(graph, other);
      if (is === 'open')
        return fault(
          'the application can read other mailboxes too, such as that of an administrator',
          'Take back the tenant-wide consent to Calendars and Mail, and give roles for these mailboxes alone (RBAC for Applications).',
        );
      return is === 'shut' || is === 'missing' ? good('the calendars of others are shut') : is;
    },
  };
  return [...checks, ...(own.length > 0 ? [scope] : [])];
}

/** Who gets into meetings, and who was there: Teams' own policy (https://learn.microsoft.com/graph/cloud-communication-online-meeting-application-access-policy). */
function meetingCheck(graph: Grapher, { graph: settings }: CloudSettings): Check[] {
  const organiser = settings?.organiser;
  if (organiser === undefined) return [];
  return [
    {
      about: 'Meetings',
      run: async () => {
        if (organiser.includes('@'))
          return look(
            'ORGANISER is an address, with which meetings can neither be opened to outsiders nor counted',
            'Set the object id of the mailbox’s user.',
          );
        const answer = await graph(`/users/${organiser}/onlineMeetings`, {
          $filter: "JoinWebUrl eq 'https://teams.microsoft.com/l/meetup-join/none'",
        });
        if (answer === undefined) return withoutToken;
        if ('silence' in answer) return silent(answer);
        // A filter for a meeting that is not there is answered by an empty list or by 404.
        if (answer.status === 200 || answer.status === 404)
          return good('lobby and attendance can be set and read');
        return fault(
          `Graph refuses the organiser’s meetings: ${graphCode(answer)}`,
          'Grant OnlineMeetings.ReadWrite.All and OnlineMeetingArtifact.Read.All, and give the organiser an application access policy of Teams; it takes up to half an hour.',
        );
      },
    },
  ];
}

function siteCheck(graph: Grapher, { graph: settings }: CloudSettings): Check[] {
  const siteId = settings?.siteId;
  if (siteId === undefined) return [];
  return [
    {
      about: 'SharePoint',
      run: async () => {
        const path = `/sites/${siteId.split('/').map(encodeURIComponent).join('/').replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
        const site = await graph(path, { $select: 'id,webUrl' });
        if (site === undefined) return withoutToken;
        if ('silence' in site) return silent(site);
        const read = z.looseObject({ id: z.string(), webUrl: z.string() }).safeParse(site.body).data;
        if (site.status === 200 && read !== undefined) return good(`${read.webUrl} can be reached`);
        return site.status === 404
          ? fault('there is no such site', 'Look at SITE_ID: host,id,id or host:/sites/name.')
          : fault(
              `the site is refused: ${graphCode(site)}`,
              'Grant Sites.Selected, and give the application the role write on this site alone.',
            );
      },
    },
  ];
}

const credentials = z.looseObject({
  passwordCredentials: z.array(z.looseObject({ displayName: z.string().nullish(), endDateTime: z.string() })),
  keyCredentials: z.array(z.looseObject({ displayName: z.string().nullish(), endDateTime: z.string() })),
});

/** When secrets and certificates of the applications end. Wants Application.Read.All, which Big Room itself has no use for. */
function expiryCheck(graph: Grapher, { app, bot }: CloudSettings): Check {
  return {
    about: 'Secrets',
    run: async () => {
      const ids = [...new Set([app.clientId, bot.botId])];
      const found = await Promise.all(
        ids.map(async (id): Promise<readonly Found[]> => {
          const answer = await graph(`/applications(appId='${id}')`, {
            $select: 'passwordCredentials,keyCredentials',
          });
          if (answer === undefined) return [withoutToken];
          if ('silence' in answer) return [silent(answer)];
          const read = credentials.safeParse(answer.body).data;
          if (answer.status !== 200 || read === undefined)
            return [
              skipped(
                `when those of ${id} end can't be read (${graphCode(answer)}): note the day where you will see it`,
              ),
            ];
          const all = [...read.passwordCredentials, ...read.keyCredentials];
          // One that was replaced may stay until its end: the latest is the one in use.
          const latest = Math.max(...all.map(({ endDateTime }) => Date.parse(endDateTime)));
          return all.length === 0
            ? [good(`${id} has none that could end`)]
            : [
                endOf(
                  `the latest secret of ${id}`,
                  latest,
                  'Make a new one, set it, and start Big Room again.',
                ),
              ];
        }),
      );
      return found.flat();
    },
  };
}

/** All that hangs on Microsoft Graph. */
export function graphChecks(settings: CloudSettings): Check[] {
  const { app, graph: wanted } = settings;
  const { credential, ...registration } = app;
  if (credential === undefined || wanted === undefined)
    return [
      {
        about: 'Graph',
        run: () => Promise.resolve(skipped('not used: neither ORGANISER nor MAIL_FROM nor SITE_ID is set')),
      },
    ];
  const graph = grapher({ ...registration, credential }, wanted.graphUrl);
  return [
    ...mailboxChecks(graph, settings),
    ...meetingCheck(graph, settings),
    ...siteCheck(graph, settings),
    expiryCheck(graph, settings),
  ];
}
