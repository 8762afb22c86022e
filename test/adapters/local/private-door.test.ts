import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { privateDoor, publishThroughDoor } from '../../../src/adapters/local/private-door.ts';

const TOPIC = 'company-events';

describe('the private door', () => {
  it('takes messages from this machine, of those who know the token', async () => {
    const published: unknown[] = [];
    const door = privateDoor('token', [TOPIC], async (...sent) => void published.push(sent));
    const server = createServer((request, response) => void door(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const messages = [{ message: 'a', attributes: {} }];
    await publishThroughDoor(url, 'token')(TOPIC, messages);
    await expect(publishThroughDoor(url, 'other')(TOPIC, messages)).rejects.toThrow('403');
    server.closeAllConnections();
    server.close();
    expect(published).toEqual([[TOPIC, messages]]);
  });

  it.each([
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    [undefined, undefined, false],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1', true],
    ['::1', '::1', true],
    ['192.0.2.2', '192.0.2.2', true],
  ])('to %s, which came to %s, is there: %s', (remoteAddress, localAddress, isThere) => {
    const door = privateDoor('token', [TOPIC], async () => {});
    const request = { url: `/_local/topics/${TOPIC}`, headers: {}, socket: { remoteAddress, localAddress } };
    const response = { writeHead: () => ({ end: () => {} }) };
    expect(door(request as unknown as IncomingMessage, response as unknown as ServerResponse)).toBe(isThere);
  });
});
