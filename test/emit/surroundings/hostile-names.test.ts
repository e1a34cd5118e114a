/** No text of a description becomes structure, code or an order in a file around `src`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { ProjectFile } from '../../../src/emit/file.ts';
import { surroundingsOf } from '../../../src/emit/surroundings/surroundings.ts';
import { bookstore, hostile, hostileTexts, stores } from './facts.ts';

describe('files around a project of hostile names', () => {
  for (const store of stores) {
    const plain = filesByPath(surroundingsOf(bookstore(store)));
    for (const text of hostileTexts) {
      it(`${store}: ${JSON.stringify(text.slice(0, 60))}`, () => {
        const files = surroundingsOf(hostile(store, text));
        assert.deepEqual(
          files.map(({ path }) => path),
          [...plain.keys()],
        );
        for (const { path, text: written } of files) {
          if (/\.md$/.test(path)) assertMarkdown(path, written);
          else if (path === 'package.json') assertManifest(written, text, store);
          // Nothing else says anything of a description at all.
          else assert.equal(written, plain.get(path), path);
        }
      });
    }

    it(`${store}: all YAML is YAML, and all JSON is JSON`, () => {
      for (const [path, written] of plain) {
        if (/\.ya?ml$/.test(path)) {
          for (const document of parseAllDocuments(written))
            assert.deepEqual([path, document.errors, document.warnings], [path, [], []]);
        }
        if (/\.json$/.test(path)) JSON.parse(written);
      }
    });
  }
});

function filesByPath(files: readonly ProjectFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

function assertManifest(written: string, text: string, store: (typeof stores)[number]): void {
  const manifest: { scripts: Record<string, string> } & Record<string, unknown> = JSON.parse(written);
  const { scripts, description, ...rest } = manifest;
  assert.equal(description, text);
  const plain: typeof manifest = JSON.parse(filesByPath(surroundingsOf(bookstore(store))).get('package.json') ?? '');
  const { scripts: usual, description: _, ...others } = plain;
  assert.deepEqual(rest, others);
  assert.deepEqual(Object.keys(scripts), Object.keys(usual));
  if (text.includes('\u0000')) return;
  // A shell reads the one word that is meant.
  const command = (scripts.emit ?? '').replace(/^npx --yes cartouche@\S+/, `printf '%s\\n'`);
  const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
  assert.equal(words, `emit\napi/${text}\n--out\n.\n`);
}

/** Headings, rows, fences and everything else that has a meaning are those of a harmless description. */
function assertMarkdown(path: string, written: string): void {
  const outside = withoutCode(written);
  assert.doesNotMatch(
    outside,
    /(?<!\\)<(?!!-- Generated)|(?<!\\)\]\((?!REQUESTS\.md\))|(?<!\\)!\[/,
    `${path}: HTML, or a link`,
  );
  assert.doesNotMatch(written, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, `${path}: what nobody sees`);
  const headings = outside.split('\n').filter((line) => /^#{1,6} /.test(line));
  assert.equal(headings.length, path === 'README.md' ? 7 : 2, headings.join('\n'));
  const rows = written.split('\n').filter((line) => line.startsWith('|'));
  for (const row of rows) {
    const cells = row.match(/(?<!\\)\|/g)?.length ?? 0;
    assert.ok([3, 4, 5].includes(cells), row);
  }
}

/** Blocks of code by CommonMark's rule: a fence ends with one that is as long, on a line of its own. */
function withoutCode(text: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const mark = /^(`{3,})(.*)$/.exec(line);
    if (fence === undefined && mark) fence = mark[1];
    else if (fence !== undefined) {
      if (/^`+$/.test(line) && line.length >= fence.length) fence = undefined;
    } else kept.push(line);
  }
  assert.equal(fence, undefined, 'a block of code that does not end');
  return kept.join('\n').replace(/(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}
