// SPDX-License-Identifier: MIT
import { createServer } from 'node:http';

export async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : {};
}

export function bearer(request) {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

export function send(response, status, type, text, headers = {}) {
  response.writeHead(status, type ? { 'content-type': type, ...headers }
    : headers);
  response.end(text);
}

export const sendText = (response, status, text, headers) =>
  send(response, status, 'text/plain; charset=utf-8', text, headers);

export const sendJson = (response, status, body, headers) =>
  send(response, status, 'application/json', JSON.stringify(body), headers);

// A server on a free port of loopback; gives its address.
export function listen(handle) {
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      console.error(error);
      sendText(response, 500, 'Internal server error');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${server.address().port}`));
  });
}
