import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of all packages of which at least one file was bundled, as one text.
 *
 * @param inputs paths that esbuild bundled, relative to `root`
 * @throws where a package says nowhere under which licence it is
 */
export function thirdPartyLicenses(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const sections = [...folders].toSorted().map((folder) => sectionFor(join(root, folder)));
  return ['The files beside this one contain code of the following packages.', ...sections, ''].join(
    `\n\n${'-'.repeat(80)}\n\n`,
  );
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c` */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function sectionFor(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = `${textAt(manifest, 'name')} ${textAt(manifest, 'version')}`;
  const files = licenceFiles(folder).map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const text = files.length > 0 ? files.join('\n\n') : readmeSection(folder);
  const licence = licenceOf(manifest) ?? (text && 'as it says:');
  if (!licence) throw new Error(`${name} is bundled and says nowhere under which licence.`);
  return [name, `License: ${licence}`, ...(text ? ['', text] : [])].join('\n');
}

/** What stands under "License" in its readme, for packages without a file of it. */
function readmeSection(folder: string): string {
  const readme = readdirSync(folder).find((name) => /^readme\b/i.test(name));
  if (readme === undefined) return '';
  const [, ...sections] = readFileSync(join(folder, readme), 'utf8').split(/^#+ *(?=\S)/m);
  const section = sections.find((each) => /^licen[cs]e\b/i.test(each));
  return section?.replace(/^.*\n/, '').trim() ?? '';
}

function licenceFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|copying|notice|mit-license)/i.test(name))
    .toSorted();
}

/** `license` as text, else the old forms `{ type }` and `licenses: [{ type }]`. */
function licenceOf(manifest: unknown): string | undefined {
  const stated = property(manifest, 'license');
  if (typeof stated === 'string') return stated;
  const list = property(manifest, 'licenses');
  const types = [stated, ...(Array.isArray(list) ? list : [])].map((entry) => textAt(entry, 'type')).filter(Boolean);
  return types.join(', ') || undefined;
}

function textAt(value: unknown, key: string): string {
  const text = property(value, key);
  return typeof text === 'string' ? text : '';
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
