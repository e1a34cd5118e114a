/** Where a service in a cluster finds its configuration. */
import type { ProjectFacts } from '../../facts.ts';
import { variablesOf } from '../variables.ts';

/** The name of the ConfigMap. */
export const configOf = (name: string): string => `${name}-config`;
/** The name of the Secret, which nobody but the cluster knows. */
export const secretOf = (name: string): string => `${name}-secret`;

/** The key of a variable in the Secret: `MONGODB_URL` → `mongodb-url`. */
export function keyOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** How the Secret is made, for people: its values stand in no file. */
export function secretCommand(facts: ProjectFacts): string | undefined {
  const secrets = variablesOf(facts).filter(({ isSecret }) => isSecret);
  if (secrets.length === 0) return undefined;
  const literals = secrets.map(({ name, example }) => `  --from-literal=${keyOf(name)}='${example}'`);
  return [`kubectl create secret generic ${secretOf(facts.name)} \\`, literals.join(' \\\n')].join('\n');
}
