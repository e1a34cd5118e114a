/**
 * Servers as `baseUri`, `baseUriParameters` and `protocols`.
 */
import type { ApiDescription, Server } from '../../model/description.ts';
import type { Report } from './report.ts';

export function baseUriMembers({ servers, version, file }: ApiDescription, report: Report): object {
  const [first, ...others] = servers;
  if (first === undefined) return {};
  const at = { file, line: 1, column: 1 };
  const elsewhere = others.filter(({ url }) => withoutProtocol(url) !== withoutProtocol(first.url));
  for (const { url } of elsewhere) report.lost(`The server ${url} is left out: RAML has one "baseUri".`, at);
  const unsaid = [...(first.extensions ?? []), ...first.variables.flatMap(({ extensions = [] }) => extensions)];
  for (const { name } of unsaid) report.lost(`"${name}" of the server ${first.url} has no place.`, at);
  if (first.description !== undefined) report.lost(`The description of the server ${first.url} has no place.`, at);
  const protocols = servers
    .filter((server) => !elsewhere.includes(server))
    .map(({ url }) => /^https?(?=:\/\/)/i.exec(url)?.[0].toUpperCase())
    .filter((protocol) => protocol !== undefined);
  const { url, variables } = withVersion(first, version);
  const parameters = variables.map((variable): [string, object] => {
    const { name, default: standard, enum: values, description } = variable;
    return [
      name,
      {
        type: 'string',
        ...(values !== undefined && { enum: values }),
        ...(standard !== undefined && { default: standard }),
        ...(description !== undefined && { description }),
      },
    ];
  });
  return {
    baseUri: url,
    ...(parameters.length > 0 && { baseUriParameters: Object.fromEntries(parameters) }),
    ...(new Set(protocols).size > 1 && { protocols: [...new Set(protocols)] }),
  };
}

function withoutProtocol(url: string): string {
  return url.replace(/^https?(?=:\/\/)/i, '');
}

/** In RAML, `{version}` is the version of the API, whatever a parameter of that name says. */
function withVersion({ url, variables }: Server, version: string | undefined): Pick<Server, 'url' | 'variables'> {
  const standard = variables.find(({ name }) => name === 'version')?.default;
  return {
    url: standard === undefined || standard === version ? url : url.replaceAll('{version}', standard),
    variables: variables.filter(({ name }) => name !== 'version'),
  };
}
