import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import { SigningKey, type Signing } from './entra-keys.js';
import { EntraPeople } from './entra-people.js';

/** Claims of a token; one that is `undefined` is left out of it. */
export type Claims = Readonly<Record<string, unknown>>;

/** With what an application may prove that it is itself. */
export interface Registration {
  readonly secrets?: readonly string[];
  /** Certificates as PEM. */
  readonly certificates?: readonly string[];
  /** Subjects of this tenant, whose tokens for `api://AzureADTokenExchange` prove it. */
  readonly federated?: readonly string[];
}

/** A managed identity, as the place where the programme runs has one. */
export interface ManagedIdentity {
  readonly clientId: string;
  readonly principalId: string;
}

/** What of Entra fails: keys and metadata, tokens for applications, tokens of managed identities. */
type Area = 'keys' | 'tokens' | 'identity';

/** Breaks the connection, never answers, or answers with a status. */
type Fault = 'down' | 'hanging' | number;

const exchangeAudience = 'api://AzureADTokenExchange';
const teamsWeb = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';
const hour = 3600;

/** A refusal as the token endpoint words it (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
class Denied extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Entra and the Bot Connector's issuer on loopback: OpenID documents and keys for the tokens of tab and bot, tokens for
 * applications, and tokens of managed identities as App Service gives them. Refuses as the documented service does.
 */
export class Entra {
  /** The app registration of tab and Graph, with the secret `tab-secret`. */
  readonly clientId = '6d0c7b8a-9e1f-4a25-b3c4-d5e6f7a8b9c0';
  /** The app registration of the bot, with the secret `bot-secret`. */
  readonly botId = 'b07f4c2e-1d3a-4b5c-8e6f-7a8b9c0d1e2f';
  /** Whose tokens the Bot Connector's are. */
  readonly botIssuer = 'https://api.botframework.com';
  readonly registrations = new Map<string, Registration>([
    [this.clientId, { secrets: ['tab-secret'] }],
    [this.botId, { secrets: ['bot-secret'] }],
  ]);
  /** Where people sign in with a browser. */
  readonly people = new EntraPeople({
    tenantId: () => this.tenantId,
    clientId: this.clientId,
    sign: (claims) => this.signTab(claims),
  });
  readonly identities: ManagedIdentity[] = [];
  /** What the place where the programme runs keeps secret, so that only its own programmes ask. */
  readonly identityHeader = randomUUID();
  /** How often each was asked for. */
  readonly asked = { metadata: 0, keys: 0, tokens: 0, identity: 0 };
  /** The forms that the token endpoint was sent. */
  readonly forms: Readonly<Record<string, string>>[] = [];
  /** For how many seconds a token for an application is good. */
  tokenSeconds = hour;
  /** Milliseconds since 1970. */
  now: () => number = Date.now;
  readonly #faults = new Map<Area, Fault>();
  readonly #issued = new Map<string, { readonly audience: string; readonly until: number }>();
  readonly #keys = { tab: [] as SigningKey[], bot: [] as SigningKey[] };
  readonly #server = createServer((request, response) => {
    this.#take(request, response).catch(() => response.destroy());
  });
  #rotations = 0;

  constructor(readonly tenantId = '2f1a5c1e-5d55-4ce8-9f3e-3a1b7f0c9d42') {}

  async start(): Promise<this> {
    this.#keys.tab = [await SigningKey.make('tab')];
    this.#keys.bot = [await SigningKey.make('bot', ['msteams', 'webchat', 'directline'])];
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** `LOGIN_URL` and `BOT_LOGIN_URL`. */
  get loginUrl(): string {
    return this.url;
  }

  /** The issuer of the tab's tokens. */
  get issuer(): string {
    return `${this.url}/${this.tenantId}/v2.0`;
  }

  /** `BOT_OPENID_METADATA_URL`. */
  get botMetadataUrl(): string {
    return `${this.url}/v1/.well-known/openidconfiguration`;
  }

  /** What App Service puts into the environment of a programme that has a managed identity. */
  get identityEnvironment(): Readonly<Record<'IDENTITY_ENDPOINT' | 'IDENTITY_HEADER', string>> {
    return { IDENTITY_ENDPOINT: `${this.url}/msi/token`, IDENTITY_HEADER: this.identityHeader };
  }

  /** From now on it fails so, until it recovers. */
  fails(how: Fault, ...areas: readonly Area[]): void {
    for (const area of areas) this.#faults.set(area, how);
  }

  recovers(): void {
    this.#faults.clear();
  }

  /** Both issuers sign with a new key from now on; the old one is published no more. */
  async rotate(): Promise<void> {
    this.#rotations += 1;
    this.#keys.tab = [await SigningKey.make(`tab-${String(this.#rotations)}`)];
    this.#keys.bot = [await SigningKey.make(`bot-${String(this.#rotations)}`, ['msteams'])];
  }

  /** One more key of the Bot Connector, for these channels alone; `undefined`: it says nothing of channels. */
  async addBotKey(kid: string, endorsements: readonly string[] | undefined): Promise<SigningKey> {
    const key = await SigningKey.make(kid, endorsements);
    this.#keys.bot.push(key);
    return key;
  }

  /** The key with which an issuer signs now. */
  key(of: 'tab' | 'bot'): SigningKey {
    const [key] = this.#keys[of];
    if (key === undefined) throw new Error('Entra has not started');
    return key;
  }

  /**
   * A person's access token for the tab, with the claims of a v2 token
   * (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
   */
  signTab(claims: Claims = {}, signing: Signing = {}): Promise<string> {
    const seconds = Math.floor(this.now() / 1000);
    const defaults = {
      aud: this.clientId,
      iss: this.issuer,
      iat: seconds,
      nbf: seconds,
      exp: seconds + hour,
      azp: teamsWeb,
      azpacr: '0',
      name: 'Eeva Esimerkki',
      oid: '00000000-0000-0000-0000-00000000ee7a',
      preferred_username: 'eeva.esimerkki@county.example',
      scp: 'access_as_user',
      sub: 'pairwise-subject-of-eeva',
      tid: this.tenantId,
      ver: '2.0',
    };
    return this.key('tab').sign({ ...defaults, ...claims }, signing);
  }

  /** The token with which the Bot Connector sends an activity; `serviceurl` is to be that of the activity. */
  signBot(claims: Claims & { readonly serviceurl?: string } = {}, signing: Signing = {}): Promise<string> {
    const seconds = Math.floor(this.now() / 1000);
    const defaults = { nbf: seconds, exp: seconds + hour, iss: this.botIssuer, aud: this.botId };
    return this.key('bot').sign({ ...defaults, ...claims }, signing);
  }

  /** Whether a bearer token was given out here for this audience, and is good still. */
  accepts(authorization: string | undefined, audience: string): boolean {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
    const issued = this.#issued.get(token);
    return issued?.audience === audience && issued.until > this.now();
  }

  /** No token that was given out is good any more. */
  revokeTokens(): void {
    this.#issued.clear();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    response.setHeader('Date', new Date(this.now()).toUTCString());
    const tenant = `/${this.tenantId}`;
    const routes: Readonly<Record<string, () => Promise<void> | void>> = {
      [`GET ${tenant}/v2.0/.well-known/openid-configuration`]: () => {
        this.#metadata(response, this.issuer, `${this.url}${tenant}/discovery/v2.0/keys`);
      },
      [`GET ${tenant}/discovery/v2.0/keys`]: () => {
        this.#publish(response, 'tab');
      },
      'GET /v1/.well-known/openidconfiguration': () => {
        this.#metadata(response, this.botIssuer, `${this.url}/v1/.well-known/keys`);
      },
      'GET /v1/.well-known/keys': () => {
        this.#publish(response, 'bot');
      },
      'GET /msi/token': () => this.#identityToken(request, url, response),
    };
    const route = routes[`${request.method ?? ''} ${url.pathname}`];
    const isForm = request.method === 'POST' && url.pathname.endsWith('/oauth2/v2.0/token');
    if (await this.people.take(request, url, response)) return;
    if (route !== undefined) await route();
    else if (isForm) await this.#grant(request, url, response);
    else send(response, 404, {});
  }

  /** Whether it fails now, and has done so. */
  #failed(area: Area, response: ServerResponse): boolean {
    const fault = this.#faults.get(area);
    if (fault === undefined) return false;
    if (fault === 'down') response.destroy();
    if (typeof fault === 'number') send(response, fault, { error: 'temporarily_unavailable' });
    return true;
  }

  #metadata(response: ServerResponse, issuer: string, keys: string): void {
    this.asked.metadata += 1;
    if (this.#failed('keys', response)) return;
    send(response, 200, {
      issuer,
      jwks_uri: keys,
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_endpoint: `${this.url}/${this.tenantId}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${this.url}/${this.tenantId}/oauth2/v2.0/logout`,
      token_endpoint: `${this.url}/${this.tenantId}/oauth2/v2.0/token`,
    });
  }

  #publish(response: ServerResponse, of: 'tab' | 'bot'): void {
    this.asked.keys += 1;
    if (this.#failed('keys', response)) return;
    send(response, 200, { keys: this.#keys[of].map((key) => key.published) });
  }

  async #grant(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    this.asked.tokens += 1;
    const form = Object.fromEntries(new URLSearchParams(await textOf(request)));
    this.forms.push(form);
    if (this.#failed('tokens', response)) return;
    try {
      if (url.pathname !== `/${this.tenantId}/oauth2/v2.0/token`)
        throw new Denied(400, 'invalid_request', 90002, 'Tenant not found.');
      const { client_id: clientId = '', scope = '' } = form;
      if (form.grant_type !== 'client_credentials')
        throw new Denied(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
      const registration = this.registrations.get(clientId);
      if (registration === undefined)
        throw new Denied(
          400,
          'unauthorized_client',
          700016,
          `Application with identifier '${clientId}' was not found in the directory.`,
        );
      if (!scope.endsWith('/.default'))
        throw new Denied(
          400,
          'invalid_scope',
          1002012,
          `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
        );
      await this.#assertClient(clientId, registration, form);
      const audience = scope.slice(0, -'/.default'.length);
      const token = await this.#issue(audience, clientId, clientId);
      send(response, 200, {
        token_type: 'Bearer',
        expires_in: this.tokenSeconds,
        ext_expires_in: this.tokenSeconds,
        access_token: token,
      });
    } catch (error) {
      if (!(error instanceof Denied)) throw error;
      send(response, error.status, {
        error: error.error,
        error_description: `AADSTS${String(error.code)}: ${error.message} Trace ID: ${randomUUID()}`,
        error_codes: [error.code],
        timestamp: new Date(this.now()).toISOString(),
        trace_id: randomUUID(),
        correlation_id: randomUUID(),
        error_uri: `https://login.microsoftonline.com/error?code=${String(error.code)}`,
      });
    }
  }

  async #assertClient(
    clientId: string,
    registration: Registration,
    form: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { client_secret: secret, client_assertion: assertion, client_assertion_type: type } = form;
    if (assertion !== undefined && type === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
      const isCertificate = decodeJwt(assertion).iss === clientId;
      if (isCertificate) await this.#assertCertificate(clientId, registration, assertion);
      else await this.#assertFederated(registration, assertion);
      return;
    }
    if (secret === undefined)
      throw new Denied(
        401,
        'invalid_client',
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      );
    if (registration.secrets?.includes(secret) !== true)
      throw new Denied(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }

  /** (https://learn.microsoft.com/entra/identity-platform/certificate-credentials) */
  async #assertCertificate(clientId: string, registration: Registration, assertion: string): Promise<void> {
    const thumbprint = decodeProtectedHeader(assertion)['x5t#S256'];
    const certificate = registration.certificates?.find((pem) => thumbprintOf(pem) === thumbprint);
    if (certificate === undefined)
      throw new Denied(
        401,
        'invalid_client',
        700027,
        'The certificate with identifier used to sign the client assertion is not registered on application.',
      );
    try {
      await jwtVerify(assertion, await importX509(certificate, 'PS256'), {
        algorithms: ['PS256'],
        audience: `${this.url}/${this.tenantId}/oauth2/v2.0/token`,
        issuer: clientId,
        subject: clientId,
        requiredClaims: ['exp', 'jti', 'nbf'],
        currentDate: new Date(this.now()),
      });
    } catch {
      throw new Denied(401, 'invalid_client', 700027, 'Client assertion failed signature validation.');
    }
  }

  /** (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity) */
  async #assertFederated(registration: Registration, assertion: string): Promise<void> {
    const { sub: subject = '' } = decodeJwt(assertion);
    if (registration.federated?.includes(subject) !== true)
      throw new Denied(
        401,
        'invalid_client',
        700213,
        `No matching federated identity record found for presented assertion subject '${subject}'.`,
      );
    try {
      await jwtVerify(assertion, createLocalJWKSet({ keys: [this.key('tab').published] }), {
        algorithms: ['RS256'],
        audience: exchangeAudience,
        issuer: this.issuer,
        requiredClaims: ['exp'],
        currentDate: new Date(this.now()),
      });
    } catch {
      throw new Denied(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.');
    }
  }

  /** (https://learn.microsoft.com/azure/app-service/overview-managed-identity, "Connect to Azure services in app code") */
  async #identityToken(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    this.asked.identity += 1;
    if (this.#failed('identity', response)) return;
    const resource = url.searchParams.get('resource') ?? '';
    const clientId = url.searchParams.get('client_id');
    const identity = this.identities.find((each) => clientId === null || each.clientId === clientId);
    if (request.headers['x-identity-header'] !== this.identityHeader) {
      send(response, 401, { statusCode: 401, message: 'The header is wrong.' });
    } else if (identity === undefined) {
      send(response, 400, {
        statusCode: 400,
        message: 'No User Assigned or Delegated Managed Identity found.',
      });
    } else {
      send(response, 200, {
        access_token: await this.#issue(resource, identity.clientId, identity.principalId),
        expires_on: String(Math.floor(this.now() / 1000) + this.tokenSeconds),
        resource,
        token_type: 'Bearer',
        client_id: identity.clientId,
      });
    }
  }

  /** A token of an application for a resource. */
  async #issue(audience: string, clientId: string, subject: string): Promise<string> {
    const seconds = Math.floor(this.now() / 1000);
    const claims = {
      aud: audience,
      // Of which version it is, the resource says: the connector's tokens are v1.
      iss: audience === exchangeAudience ? this.issuer : `https://sts.windows.net/${this.tenantId}/`,
      iat: seconds,
      nbf: seconds,
      exp: seconds + this.tokenSeconds,
      appid: clientId,
      appidacr: '1',
      idtyp: 'app',
      oid: subject,
      sub: subject,
      tid: this.tenantId,
      uti: randomUUID(),
      ver: '1.0',
    };
    const token = await this.key('tab').sign(claims);
    this.#issued.set(token, { audience, until: this.now() + this.tokenSeconds * 1000 });
    return token;
  }
}

function thumbprintOf(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
