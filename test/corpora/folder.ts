import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Other people's descriptions, which are not part of this repository: `CARTOUCHE_CORPORA`, else `../shared/corpora`
 * beside the checkout. Ends with `/`.
 */
export const corporaFolder: string = process.env.CARTOUCHE_CORPORA
  ? `${process.env.CARTOUCHE_CORPORA}/`
  : fileURLToPath(new URL('../../../shared/corpora/', import.meta.url));

/** For `{ skip }`: the reason where the corpora are missing. In CI nothing is skipped, so that the tests fail there. */
export const withoutCorpora: string | false =
  existsSync(corporaFolder) || process.env.CI === 'true'
    ? false
    : 'the corpora are not beside this checkout; CARTOUCHE_CORPORA names their folder';
