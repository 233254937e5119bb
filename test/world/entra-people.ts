import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import type { Claims } from './entra.js';

/** Somebody who can sign in: the claims of their tokens. */
export type Member = Claims & { readonly oid: string; readonly name: string };

interface Deps {
  readonly tenantId: () => string;
  readonly clientId: string;
  readonly sign: (claims: Claims) => Promise<string>;
}

interface Asked {
  readonly member: Member;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly scope: string;
}

const html = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>${body}</body></html>`;

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * Entra as people sign in with it in a browser: authorization code with PKCE for a single-page application
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). Who has signed in stays so in all windows, as the
 * cookie of the real one would have it.
 */
export class EntraPeople {
  /** Those who can sign in. */
  members: Member[] = [];
  /** Where a single-page application may come back to. */
  redirectUris: string[] = [];
  /** Whether the next to sign in is asked for consent, and refuses it. */
  refusesConsent = false;
  /** How long a token is good, in seconds. */
  tokenSeconds = 3600;
  /** What was asked of it. */
  readonly asked: string[] = [];
  #session: Member | undefined;
  readonly #codes = new Map<string, Asked>();
  readonly #refreshing = new Map<string, Omit<Asked, 'challenge'>>();

  constructor(private readonly deps: Deps) {}

  /** Nobody is signed in any more, and nobody who was can renew a token. */
  endSessions(): void {
    this.#session = undefined;
    this.#refreshing.clear();
  }

  /** @returns false for what is not its own. */
  async take(request: IncomingMessage, url: URL, response: ServerResponse): Promise<boolean> {
    const base = `/${this.deps.tenantId()}/oauth2/v2.0/`;
    const what = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : '';
    const isOwn =
      (request.method === 'GET' && (what === 'authorize' || what === 'logout')) ||
      (request.method === 'POST' && what === 'token' && request.headers.origin !== undefined);
    if (!isOwn) return false;
    this.asked.push(what);
    if (what === 'authorize') this.#authorize(url.searchParams, response);
    else if (what === 'logout') this.#logout(url.searchParams, response);
    else await this.#token(request, response);
    return true;
  }

  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const of = (name: string): string => query.get(name) ?? '';
    const redirectUri = of('redirect_uri');
    const fault = this.#faultOf(query);
    if (fault !== undefined) {
      // As the real one, it shows faults of the application itself instead of sending them to an address that may be anybody's.
      response.writeHead(400, { 'Content-Type': 'text/html' });
      response.end(html(`<p>${fault}</p>`));
      return;
    }
    const back = (answer: Readonly<Record<string, string>>): string =>
      `${redirectUri}#${new URLSearchParams({ ...answer, state: of('state') }).toString()}`;
    const answered = (member: Member): string => {
      const code = randomUUID();
      const [challenge, nonce, scope] = [of('code_challenge'), of('nonce'), of('scope')];
      this.#codes.set(code, { member, redirectUri, challenge, nonce, scope });
      return back({ code, client_info: this.#clientInfo(member), session_state: randomUUID() });
    };
    response.writeHead(200, { 'Content-Type': 'text/html' });
    if (this.refusesConsent) {
      const error_description = 'AADSTS65004: User declined to consent to access the app.';
      response.end(
        html(
          `<p>Permissions requested</p><a href="${escape(back({ error: 'access_denied', error_description }))}">Cancel</a>`,
        ),
      );
    } else if (this.#session !== undefined && of('prompt') !== 'select_account') {
      response.end(html(`<meta http-equiv="refresh" content="0;url=${escape(answered(this.#session))}">`));
    } else {
      const ways = this.members.map(
        (member) =>
          `<li><a href="?${escape(new URLSearchParams({ ...Object.fromEntries(query), choose: member.oid }).toString())}">${escape(member.name)}</a></li>`,
      );
      const chosen = this.members.find(({ oid }) => oid === of('choose'));
      this.#session = chosen ?? this.#session;
      if (chosen === undefined) response.end(html(`<h1>Pick an account</h1><ul>${ways.join('')}</ul>`));
      else response.end(html(`<meta http-equiv="refresh" content="0;url=${escape(answered(chosen))}">`));
    }
  }

  #faultOf(query: URLSearchParams): string | undefined {
    const scopes = (query.get('scope') ?? '').split(' ');
    if (query.get('client_id') !== this.deps.clientId) return 'AADSTS700016: Application was not found.';
    if (!this.redirectUris.includes(query.get('redirect_uri') ?? ''))
      return 'AADSTS50011: The redirect URI does not match the redirect URIs configured for the application.';
    if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
      return 'AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.';
    if (query.get('response_type') !== 'code' || query.get('response_mode') !== 'fragment')
      return 'AADSTS700054: response_type is not enabled for the application.';
    if (scopes.some((scope) => scope.startsWith('api://')))
      return 'AADSTS90009: Application is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier.';
    if (!scopes.includes(`${this.deps.clientId}/access_as_user`)) return 'AADSTS70011: invalid_scope';
    return undefined;
  }

  #logout(query: URLSearchParams, response: ServerResponse): void {
    this.endSessions();
    const back = query.get('post_logout_redirect_uri') ?? '';
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(html(`<meta http-equiv="refresh" content="0;url=${escape(back)}">`));
  }

  async #token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    const headers = {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': request.headers.origin ?? '',
    };
    const granted = this.#grantOf(form);
    if (granted === undefined) {
      const error = {
        error: 'invalid_grant',
        error_description: 'AADSTS700084: The refresh token has expired.',
      };
      response.writeHead(400, headers);
      response.end(JSON.stringify({ ...error, error_codes: [700084] }));
      return;
    }
    const { member, nonce } = granted;
    const refresh = randomUUID();
    this.#refreshing.set(refresh, granted);
    const exp = Math.floor(Date.now() / 1000) + this.tokenSeconds;
    const body = {
      token_type: 'Bearer',
      scope: `${this.deps.clientId}/access_as_user`,
      expires_in: this.tokenSeconds,
      ext_expires_in: this.tokenSeconds,
      access_token: await this.deps.sign({ ...member, exp }),
      id_token: await this.deps.sign({ ...member, exp, nonce, scp: undefined }),
      refresh_token: refresh,
      client_info: this.#clientInfo(member),
    };
    response.writeHead(200, headers);
    response.end(JSON.stringify(body));
  }

  #grantOf(form: URLSearchParams): Omit<Asked, 'challenge'> | undefined {
    if (form.get('grant_type') === 'refresh_token') {
      const granted = this.#refreshing.get(form.get('refresh_token') ?? '');
      return granted;
    }
    const code = form.get('code') ?? '';
    const asked = this.#codes.get(code);
    // Good once.
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood = asked?.challenge === challenge && asked.redirectUri === form.get('redirect_uri');
    return isGood ? asked : undefined;
  }

  #clientInfo({ oid }: Member): string {
    return Buffer.from(JSON.stringify({ uid: oid, utid: this.deps.tenantId() })).toString('base64url');
  }
}
