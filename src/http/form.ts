/** The fields of a form that a page posted; none where the body is anything else. @param body as a route gets it. */
export function formFields(body: unknown): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}
