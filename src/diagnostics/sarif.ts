/**
 * Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which GitHub code scanning, Azure
 * DevOps and editors show at the lines that they are about.
 */
import { type Diagnostic, type DiagnosticCode, diagnosticCatalogue, type Severity } from '../diagnostics.ts';
import type { Position } from '../model/description.ts';
import { boundedFindings } from './bounded.ts';

export interface SarifOptions {
  /** Of Cartouche. */
  readonly version: string;
  /** A path of the description, as seen from the working directory, with `/` between its parts. */
  readonly display: (file: string) => string;
}

/**
 * One log with one run, in the order of files and lines; of too many findings the invocation says how many were left
 * out (§3.58). Every code of the catalogue is a rule, so that a rule's index does not depend on what is found.
 *
 * @example JSON.stringify(sarifLog(diagnostics, { version: '1.0.0', display: (file) => `specs/${file}` }))
 */
export function sarifLog(all: readonly Diagnostic[], { version, display }: SarifOptions) {
  const { findings, omitted } = boundedFindings(all);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Cartouche', semanticVersion: version, rules: CODES.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        ...(omitted > 0 && { invocations: [invocationThatOmits(omitted)] }),
        results: findings.map((finding) => resultOf(finding, display)),
      },
    ],
  };
}

function invocationThatOmits(omitted: number) {
  const text = `${omitted} more ${omitted === 1 ? 'finding is' : 'findings are'} left out.`;
  return { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}

function isCode(name: string): name is DiagnosticCode {
  return Object.hasOwn(diagnosticCatalogue, name);
}

const CODES = Object.keys(diagnosticCatalogue).filter(isCode);

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

function ruleOf(code: DiagnosticCode) {
  const { title, severity } = diagnosticCatalogue[code];
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    help: {
      text: `${title}. docs/diagnostics.md explains "${code}" with a wrong and a right example.`,
      markdown: `${title}. [docs/diagnostics.md](docs/diagnostics.md#${code}) explains \`${code}\` with a wrong and a right example.`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ code, severity, message, hint, at, includedFrom }: Diagnostic, display: SarifOptions['display']) {
  return {
    ruleId: code,
    ruleIndex: CODES.indexOf(code),
    level: LEVELS[severity],
    message: { text: hint ? `${message} Hint: ${hint}` : message },
    ...(at && { locations: [{ physicalLocation: placeOf(at, display) }] }),
    ...(includedFrom && {
      relatedLocations: includedFrom.map((reference, index) => ({
        id: index,
        physicalLocation: placeOf(reference, display),
        message: { text: 'Included from here.' },
      })),
    }),
  };
}

function placeOf({ file, line, column }: Position, display: SarifOptions['display']) {
  return {
    artifactLocation: { uri: display(file).split('/').map(encodeURIComponent).join('/') },
    region: { startLine: line, startColumn: column },
  };
}
