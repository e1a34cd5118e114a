import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import { quoted } from '../model/quoted.ts';
import type { ApiModel } from '../model/types.ts';

/** What a description declares and Cartouche does not act on: no fault of the description, and worth knowing. */
export function notesOn(model: ApiModel): readonly Diagnostic[] {
  const used = [model.security, ...model.paths.flatMap(({ operations }) => operations.map(({ security }) => security))]
    .flatMap((requirements) => requirements ?? [])
    .flatMap(({ schemes }) => schemes.map(({ name }) => name));
  const [first, ...others] = model.securitySchemes.filter(({ name }) => used.includes(name));
  if (!first) return [];
  const names = [first, ...others].map(({ name }) => quoted(name)).join(', ');
  return [
    diagnostic('security-not-enforced', `Security is not enforced yet: requests are let in without ${names}.`, {
      at: first.at,
      hint: 'do not serve this where strangers can reach it',
    }),
  ];
}
