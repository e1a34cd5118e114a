/**
 * Makes a single server, as the driver sees it, the primary of a replica set: it says so, and takes transactions. They
 * are recorded, and what is written within them is written at once; nothing is ever undone. So it shows what is *sent*.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

export type Command = Readonly<Record<string, unknown>>;

export interface ReplicaSet {
  readonly url: string;
  /** Commands of transactions, in their order. */
  readonly commands: Command[];
  /** What to answer a command with, instead of carrying it out. */
  intercept: ((command: Command) => Command | undefined) | undefined;
  close(): Promise<void>;
}

/** @param address of a database on a single server */
export async function startReplicaSet(address: string): Promise<ReplicaSet> {
  const url = new URL(address);
  const target = { host: url.hostname, port: Number(url.port || 27017) };
  const sockets = new Set<Socket>();
  const commands: Command[] = [];
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [client, upstream].map((each) => each.destroy()));
    }
    eachMessage(client, (message) => {
      const body = bodyOf(message);
      const { command, ...options } = withoutTransaction(body);
      if (options.isTransactional) commands.push(body);
      const answer = 'commitTransaction' in body || 'abortTransaction' in body ? { ok: 1 } : set.intercept?.(body);
      if (answer !== undefined) client.write(answerTo(message, answer));
      else upstream.write(withBody(message, command));
    });
    eachMessage(upstream, (message) => {
      const body = bodyOf(message);
      const isHello = 'isWritablePrimary' in body || 'ismaster' in body;
      client.write(isHello ? withBody(message, { ...body, setName: 'rs0', setVersion: 1 }) : message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url.host = `127.0.0.1:${port}`;
  url.searchParams.set('directConnection', 'true');
  const set: ReplicaSet = {
    url: String(url),
    commands,
    intercept: undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return set;
}

function withoutTransaction(body: Command): { readonly command: Command; readonly isTransactional: boolean } {
  const { startTransaction: _, autocommit, readConcern: __, ...command } = body;
  return autocommit === undefined ? { command: body, isTransactional: false } : { command, isTransactional: true };
}

const headerLength = 16;
const messageCode = 2013;
/** Behind the header: flags, and the kind of the first section, which drivers make the body. */
const bodyStart = headerLength + 5;

function eachMessage(socket: Socket, handle: (message: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= headerLength && received.length >= received.readInt32LE(0)) {
      const length = received.readInt32LE(0);
      handle(received.subarray(0, length));
      received = received.subarray(length);
    }
  });
}

function bodyOf(message: Buffer): Command {
  if (message.readInt32LE(12) !== messageCode) return {};
  const length = message.readInt32LE(bodyStart);
  return BSON.deserialize(message.subarray(bodyStart, bodyStart + length), { promoteValues: true });
}

/** The same message with another body; sections behind it stay. */
function withBody(message: Buffer, body: Command): Buffer {
  if (message.readInt32LE(12) !== messageCode) return message;
  const rest = message.subarray(bodyStart + message.readInt32LE(bodyStart));
  const changed = Buffer.concat([message.subarray(0, bodyStart), BSON.serialize(body), rest]);
  changed.writeInt32LE(changed.length, 0);
  return changed;
}

function answerTo(message: Buffer, body: Command): Buffer {
  const answer = Buffer.concat([Buffer.alloc(bodyStart), BSON.serialize(body)]);
  answer.writeInt32LE(answer.length, 0);
  answer.writeInt32LE(message.readInt32LE(4), 8);
  answer.writeInt32LE(messageCode, 12);
  return answer;
}
