import type { Server } from '../model/description.ts';
import { quoted } from '../model/quoted.ts';
import type { ApiModel } from '../model/types.ts';
import type { Finding } from './change.ts';

/** Where the API is. A description that names no server says nothing of it. */
export function compareServers(before: ApiModel, after: ApiModel): readonly Finding[] {
  if (before.servers.length === 0 || after.servers.length === 0) return [];
  const [was, is] = [before.servers.map(urlOf), after.servers.map(urlOf)];
  return [
    ...was
      .filter((url) => !is.includes(url))
      .map((url) => ({ code: 'server-removed' as const, ...said(url, 'is gone') })),
    ...is.filter((url) => !was.includes(url)).map((url) => ({ code: 'server-added' as const, ...said(url, 'is new') })),
  ];
}

function said(url: string, what: string): Pick<Finding, 'subject' | 'message'> {
  return { subject: 'servers', message: `${quoted(url)} ${what}` };
}

/** With the defaults of its variables, without a slash at its end. */
function urlOf({ url, variables }: Server): string {
  const filled = variables.reduce(
    (text, { name, default: value }) => text.replaceAll(`{${name}}`, value ?? `{${name}}`),
    url,
  );
  return filled.replace(/\/+$/, '');
}
