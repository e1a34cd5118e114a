/**
 * Which OpenAPI a document is, from its `openapi` key.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics.ts';
import { childOf, type DocumentNode, placeOfValue } from '../document/node.ts';
import { has, placeOf } from './reading.ts';

export interface VersionFound {
  readonly version?: '3.0' | '3.1';
  readonly diagnostics: readonly Diagnostic[];
}

export function versionOf(root: DocumentNode): VersionFound {
  if (has(root, 'swagger')) return { diagnostics: [swagger2(root)] };
  const node = childOf(root, 'openapi');
  const at = placeOfValue(node);
  if (node.value === undefined) {
    return {
      diagnostics: [
        diagnostic('unknown-format', 'There is no key "openapi" with a version.', {
          at: placeOf(root),
          hint: 'begin with openapi: 3.1.0',
        }),
      ],
    };
  }
  const matched = /^3\.([01])(\.[0-9]+)?(-.+)?$/.exec(String(node.value));
  if (!matched) {
    const hint = /^3\.[2-9]/.test(String(node.value))
      ? 'write openapi: 3.1.1 if it uses nothing that is newer'
      : 'write openapi: 3.0.4 or openapi: 3.1.1';
    const message = `Cartouche reads OpenAPI 3.0 and 3.1, not ${JSON.stringify(node.value)}.`;
    return { diagnostics: [diagnostic('unknown-format', message, { at, hint })] };
  }
  const version = matched[1] === '0' ? '3.0' : '3.1';
  if (typeof node.value === 'string' && matched[2] !== undefined) return { version, diagnostics: [] };
  const message = `"openapi" takes a version of three numbers, not ${JSON.stringify(node.value)}.`;
  return {
    version,
    diagnostics: [
      diagnostic('invalid-value', message, { at, severity: 'warning', hint: `write openapi: ${version}.0` }),
    ],
  };
}

function swagger2(root: DocumentNode): Diagnostic {
  return diagnostic('swagger-2', 'This is Swagger 2.0, the format before OpenAPI 3.', {
    at: placeOf(childOf(root, 'swagger')),
    hint: 'convert it once, e.g. npx swagger2openapi old.yaml -o new.yaml, or by https://converter.swagger.io',
  });
}
