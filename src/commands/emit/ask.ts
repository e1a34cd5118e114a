import { createInterface } from 'node:readline/promises';
import type { ProjectStore } from '../../emit/facts.ts';

const choices: readonly { readonly store: ProjectStore; readonly about: string }[] = [
  { store: 'sqlite', about: 'SQLite: a file, nothing to install' },
  { store: 'mongodb', about: 'MongoDB' },
  { store: 'mongodb+elasticsearch', about: 'MongoDB, searched by Elasticsearch' },
];

/** Asks on the terminal where a project keeps its data, until the answer is one. */
export async function askForStore(): Promise<ProjectStore> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write('Where does the service keep its data?\n');
    for (const [at, { about }] of choices.entries()) process.stderr.write(`  ${at + 1}  ${about}\n`);
    for (;;) {
      const answer = (await lines.question('1, 2 or 3 [1]: ')).trim() || '1';
      const chosen = choices[Number(answer) - 1]?.store ?? choices.find(({ store }) => store === answer)?.store;
      if (chosen !== undefined) return chosen;
    }
  } finally {
    lines.close();
  }
}
