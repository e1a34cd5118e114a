import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import type { ApiModel } from '../model/types.ts';

/** What a description declares and Cartouche does not act on: no fault of the description, and worth knowing. */
export function notesOn(model: ApiModel): readonly Diagnostic[] {
  const used = [model.security, ...model.paths.flatMap(({ operations }) => operations.map(({ security }) => security))]
    .flatMap((requirements) => requirements ?? [])
    .flatMap(({ schemes }) => schemes.map(({ name }) => name));
  return model.securitySchemes
    .filter(({ name }) => used.includes(name))
    .map(({ name, at }) =>
      diagnostic('security-not-enforced', `Requests are let in without "${name}": security is not enforced yet.`, {
        at,
        hint: 'do not serve this where strangers can reach it',
      }),
    );
}
