import type { ProjectFile } from '../file.ts';
import { memberName, remark } from '../typescript/text.ts';
import { importLine } from './header.ts';
import type { RouterOutline } from './outline.ts';

/** Answered by Cartouche itself, before any code of the user's. */
export function isHooked({ binding }: RouterOutline['operations'][number]): boolean {
  return binding.action.kind !== 'head' && binding.action.kind !== 'options';
}

/** `src/handlers/books.ts`: written once, the user's from then on. */
export function handlersFile(router: RouterOutline): ProjectFile {
  const type = `${router.typeName}Handlers`;
  const members = router.operations
    .filter(isHooked)
    .map(
      ({ operation, item, binding }) =>
        `${remark(operation.summary ?? `${binding.method.toUpperCase()} ${item.path}`, '  ')}  ${memberName(operation.id)}: {},\n`,
    );
  const text = `// Yours: Cartouche writes this file once. Beside each operation stands code of your own, or nothing for what is described:
// \`before\` (check or change the request), \`after\` (change the answer, tell others), \`handle\` (replace it).

${importLine([`type ${type}`], `../types/${router.file}.ts`)}
export const ${router.constant} = {${members.length === 0 ? '' : `\n${members.join('')}`}} satisfies ${type};
`;
  return { path: `src/handlers/${router.file}.ts`, class: 'owned', text };
}
