/** Two judges of OpenAPI documents that know nothing of each other. */
import assert from 'node:assert/strict';
import { validate } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';

/** Fails unless both call the document valid. */
export async function assertValid(document: object): Promise<void> {
  // As a reader of the file would have it; validators write into what they are given.
  const text = JSON.stringify(document);
  const seriousme = await new Validator().validate(JSON.parse(text));
  assert.ok(seriousme.valid, `seriousme: ${JSON.stringify(seriousme.errors, null, 1)}`);
  const readme = await validate(JSON.parse(text));
  // Its own rule, not OpenAPI's: a description of data types alone has no path.
  const errors = readme.valid
    ? []
    : readme.errors.filter(({ message }) => !/must contain at least one entry/i.test(message));
  assert.deepEqual(errors, [], 'readme');
}
