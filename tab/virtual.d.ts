/** The addresses of the texts, one file a language; vite.config.ts makes them of src/i18n. */
declare module 'virtual:texts' {
  const files: Readonly<Record<'fi' | 'sv' | 'en', string>>;
  export default files;
}
