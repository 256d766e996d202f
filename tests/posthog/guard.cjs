// SPDX-License-Identifier: MIT
// Preloaded before anything else: PostHog's code holds an analytics client, and
// no test may speak to the outside. Every connection that is not loopback is
// refused and counted.
'use strict';
const net = require('node:net');

const refused = [];
globalThis.refusedConnections = refused;

const isLoopback = (host) =>
  host === 'localhost' || host === '::1' || /^127\./.test(host);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof given === 'object' && given !== null
    ? given.host ?? (given.path ? 'localhost' : 'localhost')
    : typeof args[1] === 'string' ? args[1] : 'localhost';
  if (!isLoopback(host)) {
    refused.push(host);
    throw new Error(`the tests may not connect to ${host}`);
  }
  return connect.apply(this, args);
};
