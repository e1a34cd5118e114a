/** Runs a migration on a store, and keeps what a backup would. */
import assert from 'node:assert/strict';
import { applyMigration, type Migrated } from '../../src/migrate/apply.ts';
import { loadFit } from '../../src/migrate/fit.ts';
import { type Choices, noChoices, planMigration } from '../../src/migrate/plan.ts';
import type { Store, StoredDocument } from '../../src/stores/contract.ts';
import { pages } from '../../src/stores/pages.ts';
import type { TestDescription } from './described.ts';

interface Content {
  readonly id: string;
  readonly [name: string]: unknown;
}

export function documents(count: number): readonly Content[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    author_name: `A${index}`,
    pages: String(index),
    notes: 'gone',
  }));
}

export async function filled(
  open: (description: Pick<TestDescription, 'resources'>) => Promise<Store>,
  description: TestDescription,
  contents: readonly Content[],
): Promise<Store> {
  const store = await open(description);
  await store
    .collection('books')
    .createMany(contents.map((content) => ({ key: content.id, text: JSON.stringify(content) })));
  return store;
}

export interface Run extends Migrated {
  readonly kept: readonly StoredDocument[];
}

export async function run(
  store: Store,
  was: TestDescription,
  is: TestDescription,
  choices: Choices = noChoices,
  leaveMisfits = false,
): Promise<Run> {
  const kept: StoredDocument[] = [];
  const plan = planMigration(was, is, choices);
  assert.deepEqual([plan.questions, plan.obstacles], [[], []]);
  const backup = async () => {
    for (const { name } of was.resources)
      for await (const page of pages(store.collection(name), undefined)) kept.push(...page);
    return 'kept';
  };
  const migrated = await applyMigration({ store, plan, target: is, fit: await loadFit(is, was), backup, leaveMisfits });
  return { ...migrated, kept };
}

export function countsOf({ resources }: Migrated) {
  return resources.map(({ documents: count, changed, misfits }) => ({ documents: count, changed, misfits }));
}
