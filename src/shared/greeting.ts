/**
 * The name by which a person is greeted and thanked in a text: `none`, for which texts have a form of their own, where
 * the given name is not known. The whole name does not show it: `Virtanen Eeva`.
 */
export function greetingName({ givenName = '' }: { readonly givenName?: string }): string {
  return givenName.trim() === '' ? 'none' : givenName.trim();
}
