/** The addresses of the texts, two files a language (first-texts.ts); vite.config.ts makes them of src/i18n. */
declare module 'virtual:texts' {
  const files: Readonly<Record<'fi' | 'sv' | 'en', { readonly first: string; readonly others: string }>>;
  export default files;
}
