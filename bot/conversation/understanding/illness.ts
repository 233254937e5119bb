/** How people say in three languages that they, or their children, are ill. */
const ill =
  '(?:kipeä|kipee|kipeänä|sairas|sairaana|flunssassa|kuumeessa|sairaslomalla|sairauslomalla|koronassa|sjuk|sjuka|förkyld|sjukledig|sjukskriven|febrig|ill|sick|unwell|down with)';
const ownIllness = new RegExp(
  `(?<!\\p{L})(?:(?:olen|oon|olin|makaan|jag är|jag e|jag blev|är|i am|i'm|im|i’m|been)(?: \\p{L}+){0,2} ${ill}|sairastuin|(?:mulla|minulla) on (?:\\p{L}+ )?(?:kuume|kuumetta|flunssa|korona|vatsatauti|migreeni)|jag har (?:\\p{L}+ )?(?:feber|influensa|corona|migrän|magsjuka)|i have (?:a |the )?(?:fever|flu|cold|covid|migraine)|lapsi on (?:kipeä|kipeänä|sairaana)|barnet är sjukt|my (?:child|kid) is (?:ill|sick))(?!\\p{L})`,
  'iu',
);

/** Whether somebody says that they are ill: that is nobody's news, however long the message is. */
export const isOwnIllness = (text: string): boolean => ownIllness.test(text.slice(0, 2000));
