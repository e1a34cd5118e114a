/**
 * What is found in descriptions that nobody here wrote: how many operations do what, and which resources there are.
 * Read from the corpora beside the repository; a row was judged by reading its API, not by running this.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec } from '../../src/spec/read.ts';
import { corporaFolder, withoutCorpora } from '../corpora/folder.ts';
import { showResource } from './show.ts';

const corpora = corporaFolder;

interface Row {
  readonly actions: string;
  readonly resources: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  'real/ramses-tech+ramses-example/example.raml': {
    actions:
      'create 2, head 3, list 2, options 3, read 2, read-attribute 2, read-singleton 1, remove 2, remove-many 1, replace 2, update 2, update-many 2, update-singleton 1, write-attribute 2, write-singleton 1',
    resources: [
      'users User collection username:string client',
      'profile Profile singleton id:integer sequence|client ^user=user',
      'stories Story collection id:integer sequence|client',
    ],
  },
  'real/ramses-starter/ramses_starter/+package+/tests/api.raml': {
    actions: 'create 1, head 2, list 1, read 1, remove 1, update 1',
    resources: ['items Item collection id:string sequence|client'],
  },
  'real/raml-org+raml-tutorial-200/jukebox-api.raml': {
    actions: 'create 3, list 5, read 3, sample 2',
    resources: [
      'songs Song collection songId:string uuid|client ^album=albumId',
      'artists Artist collection id:string uuid|client',
      'albums Album collection albumId:string uuid|client ^artist=artistId',
    ],
  },
  'real/raml-org+raml-examples/others/world-music-api/api.raml': {
    actions: 'create 2, list 2, read 1, read-singleton 1, write-singleton 1',
    resources: [
      'api Api singleton -:string uuid',
      'entries Entry collection -:string uuid',
      'songs Song collection id:string uuid|client',
    ],
  },
  'real/raml-org+raml-examples/others/mobile-order-api/api.raml': {
    actions: 'list 1',
    resources: ['orders Order collection order_id:string uuid|client seeds 2'],
  },
  'real/raml-org+raml-examples/others/banking-api/api.raml': {
    actions: 'create 6, list 4, read 5, remove 4, sample 1, update 1',
    resources: [
      'customers Customer collection id:string uuid',
      'accounts Account collection id:string uuid ^customer',
      'loans Loan collection id:string uuid ^customer',
      'debits Debit collection id:string uuid ^customer',
      'credits Credit collection id:string uuid ^customer',
    ],
  },
  'real/raml-org+raml-examples/others/alainn-mobile-shopping/api.raml': {
    actions: 'create 2, list 5, remove 2, sample 11',
    resources: [
      'items Item collection id:string uuid|client seeds 2',
      'my-wish-lists MyWishList collection id:string uuid',
      'my-baskets MyBasket collection id:string uuid',
    ],
  },
  'real/raml-org+raml-examples/libraries/api.raml': {
    actions: 'sample 1',
    resources: [],
  },
  'real/DavertMik+api-petstore/api.raml': {
    actions: 'read-singleton 1, write-singleton 1',
    resources: ['organisation Organisation singleton -:string uuid'],
  },
  'real/PhotoBackup+api/v2/api.raml': {
    actions: 'sample 2',
    resources: [],
  },
  'real/OMGStandards+POS-Printer-API/api.raml': {
    actions: 'sample 1',
    resources: [],
  },
  'real/folio-org+raml/ramls/codex/codex.raml': {
    actions: 'sample 1',
    resources: [],
  },
  'real/folio-org+raml/ramls/tenant.raml': {
    actions: 'create 1, read 1, remove 1',
    resources: ['tenants Tenant collection id:string uuid|client'],
  },
  'real/folio-org+raml/ramls/ramls.raml': {
    actions: 'sample 1',
    resources: [],
  },
  'real/raml-apis+Uber/api.raml': {
    actions: 'create 1, list 3, read 2, remove 1, sample 5',
    resources: [
      'products Product collection product_id:string uuid|client seeds 5',
      'prices Price collection -:string uuid seeds 4',
      'times Time collection -:string uuid seeds 4',
      'requests Request collection request_id:string uuid|client',
    ],
  },
  'real/raml-apis+Stripe/stripe.raml': {
    actions: 'create 11, list 13, read 14, remove 7, sample 13, update 9',
    resources: [
      'charges Charge collection id:string uuid',
      'customers Customer collection id:string uuid',
      'cards Card collection id:string uuid ^customer',
      'subscriptions Subscription collection id:string uuid ^customer=customer',
      'plans Plan collection id:string uuid|client',
      'coupons Coupon collection id:string uuid|client',
      'invoices Invoice collection id:string uuid',
      'invoiceitems Invoiceitem collection id:string uuid',
      'transfers Transfer collection id:string uuid',
      'recipients Recipient collection id:string uuid',
      'histories History collection id:string uuid|client seeds 1',
      'events Event collection id:string uuid|client seeds 1',
      'tokens Token collection id:string uuid',
      'application-fees ApplicationFee collection id:string uuid|client seeds 1',
    ],
  },
  'real/raml-apis+GitHub/api.raml': {
    actions:
      'create 24, list 37, read 24, read-singleton 6, remove 18, remove-singleton 3, replace 1, sample 107, update 10, update-singleton 1, upsert 8, write-singleton 5',
    resources: [
      'codes Code collection -:string uuid seeds 1',
      'repositories Repository collection id:integer sequence|client seeds 2',
      'users User collection id:integer sequence|client seeds 1',
      'issues Issue collection number:integer sequence ^owner ^repo',
      'notifications Notification singleton id:integer sequence|client',
      'thread-subscription ThreadSubscription singleton -:string uuid ^thread',
      'gists Gist collection id:string uuid',
      'star Star singleton -:string uuid ^gist',
      'comments Comment collection id:integer sequence|client ^gist',
      'orgs Org collection id:integer sequence|client seeds 1',
      'public-members PublicMember collection id:integer client parent ^org',
      'teams Team collection id:integer sequence ^org',
      'team-members TeamMember collection id:integer client parent ^team',
      'memberships Membership collection id:integer client parent ^team',
      'repos Repo collection id:integer sequence ^org ^team ^owner',
      'pulls Pull collection number:integer sequence ^owner ^repo',
      'repo-pull-comments RepoPullComment collection id:integer sequence ^pull',
      'hooks Hook collection id:integer sequence ^owner ^repo',
      'milestones Milestone collection number:integer sequence ^owner ^repo',
      'collaborators Collaborator collection -:string client parent ^owner ^repo',
      'repo-notifications RepoNotification singleton id:integer sequence|client ^owner ^repo',
      'commit-comments CommitComment collection id:integer sequence ^owner ^repo ^commit=commit_id',
      'merges Merge collection -:string uuid ^owner ^repo',
      'repo-issue-comments RepoIssueComment collection id:integer sequence ^issue',
      'refs Ref collection ref:string uuid|client parent ^owner ^repo',
      'git-commits GitCommit collection sha:string uuid ^owner ^repo',
      'blobs Blob collection sha:string uuid|client parent ^owner ^repo',
      'tags Tag collection sha:string uuid|client parent ^owner ^repo',
      'trees Tree collection sha:string uuid|client parent ^owner ^repo',
      'repo-subscription RepoSubscription singleton -:string uuid ^owner ^repo',
      'contents Content collection path:string client parent ^owner ^repo',
      'forks Fork collection id:integer sequence ^owner ^repo',
      'deployments Deployment collection id:integer sequence ^owner ^repo',
      'deployment-statuses DeploymentStatus collection id:integer sequence ^deployment',
      'releases Release collection id:integer sequence ^owner ^repo',
      'user-2 User2 singleton id:integer sequence|client seeds 1',
      'followings Following collection id:integer client',
      'starreds Starred collection -:string client parent ^owner',
      'keys Key collection id:integer sequence ^owner ^repo',
      'subscriptions Subscription collection id:integer client parent ^owner',
    ],
  },
  'real/raml-apis+Elasticsearch/api.raml': {
    actions:
      'create 2, head 4, list 9, read 7, read-attribute 1, read-singleton 2, remove 4, remove-many 1, remove-singleton 1, replace 1, sample 96, upsert 8, write-singleton 2',
    resources: [
      'indices Index collection id:string client',
      'pending-tasks PendingTask collection -:string uuid seeds 3',
      'aliases Alias collection -:string uuid',
      'bench Bench singleton -:string uuid',
      'searches Search collection _id:string uuid|client ^index=_index seeds 1',
      'mappings Mapping collection _index:string client ^index',
      'templates Template collection id:string client',
      'warmers Warmer collection warmer_name:string client ^index ^type',
      'percolator Percolator singleton -:string uuid ^index',
      'aliases-2 Aliases2 collection aliasName:string client parent ^index',
      'types Type collection _id:string uuid ^index=_index ^type=_type',
    ],
  },
  'openapi/Redocly+museum-openapi-example/openapi.yaml': {
    actions: 'create 1, list 2, read 1, remove 1, sample 2, update 1',
    resources: [
      'museum-hours MuseumHour collection -:string uuid seeds 10',
      'special-events SpecialEvent collection eventId:string uuid|client',
    ],
  },
  'openapi/OAI+learn.openapis.org/examples/v3.0/petstore.yaml': {
    actions: 'create 1, list 1, read 1',
    resources: ['pets Pet collection id:integer sequence|client'],
  },
  'openapi/OAI+learn.openapis.org/examples/v3.0/petstore-expanded.yaml': {
    actions: 'create 1, list 1, read 1, remove 1',
    resources: ['pets Pet collection id:integer sequence'],
  },
  'openapi/OAI+learn.openapis.org/examples/v3.0/uspto.yaml': {
    actions: 'sample 3',
    resources: [],
  },
  'openapi/OAI+learn.openapis.org/examples/v3.0/link-example.yaml': {
    actions: 'sample 6',
    resources: [],
  },
  'openapi/OAI+learn.openapis.org/examples/v3.1/tictactoe.yaml': {
    actions: 'sample 3',
    resources: [],
  },
};

for (const [file, expected] of Object.entries(rows)) {
  const skip = withoutCorpora;
  test(file, { skip }, async () => {
    const { model } = await readSpec(corpora + file, { cache: false });
    assert.ok(model, 'it is understood');
    const counts = new Map<string, number>();
    for (const { action } of model.bindings) counts.set(action.kind, (counts.get(action.kind) ?? 0) + 1);
    const actions = [...counts]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([kind, count]) => `${kind} ${count}`);
    assert.deepEqual({ actions: actions.join(', '), resources: model.resources.map(showResource) }, expected);
  });
}
