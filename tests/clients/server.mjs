// Sends with Amplitude's client for Node, and writes what it sent, request by request, to a file:
//   node server.mjs http://127.0.0.1:PORT API_KEY sent.json
import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';

const require = createRequire(import.meta.url);
const { Identify, Revenue } = require('@amplitude/analytics-node');
const { AmplitudeNode } = require('@amplitude/analytics-node/lib/cjs/node-client.js');
const { Http } = require('@amplitude/analytics-node/lib/cjs/transports/http.js');

const [simulator, apiKey, output] = process.argv.slice(2);
const sent = [];

// The client's own transport, which tells us each request and its answer.
class Noting extends Http {
  async send(url, payload) {
    const body = JSON.parse(JSON.stringify(payload));
    const reply = await super.send(url, payload);
    sent.push({ url, body, status: reply.statusCode });
    return reply;
  }
}

async function client(path, options = {}) {
  const amplitude = new AmplitudeNode();
  await amplitude.init(apiKey, {
    serverUrl: simulator + path,
    flushIntervalMillis: 50,
    transportProvider: new Noting(),
    ...options,
  }).promise;
  return amplitude;
}

async function everydayEvents() {
  const amplitude = await client('/2/httpapi', { plan: { branch: 'main', source: 'server', version: '3' } });
  const ana = { user_id: 'ana@example.org', device_id: 'server-device-1' };
  const wait = [];
  wait.push(amplitude.identify(
    new Identify().set('city', 'São Tomé').setOnce('first_seen', '2025-07-09').add('visits', 1).append('tags', 'new'),
    ana,
  ));
  wait.push(amplitude.identify(
    new Identify().setOnce('first_seen', 'never').add('visits', 2.5).append('tags', ['b', 'c']).unset('gone'),
    ana,
  ));
  wait.push(amplitude.setGroup('company', ['Harbour', 'Köln Kaffee'], ana));
  wait.push(amplitude.groupIdentify('company', 'Harbour', new Identify().set('plan', 'pro').add('seats', 7), ana));
  wait.push(amplitude.track('Order Placed', { total: 12.5, items: ['crema', { sku: 9007199254740991 }], note: null }, ana));
  wait.push(amplitude.track('Grüße 👋 "quoted" \\ / \u0001\u2028', { 'ключ с пробелом': '值\n\t\u0000', '$weird.[key]': '' }, ana));
  wait.push(amplitude.track('With everything', { a: 1 }, {
    ...ana, time: 1752062300123, session_id: 1752062300000, app_version: '4.5.6', platform: 'Server', os_name: 'Linux',
    os_version: '6.1', device_model: 'rack', carrier: 'none at all', country: 'Portugal', region: 'Lisboa', city: 'Lisboa',
    language: 'de-DE', ip: '192.0.2.7', location_lat: 38.7223, location_lng: -9.1393, adid: 'ad-1', idfa: 'if-1',
    groups: { team: 'blue' }, user_properties: { city: 'Lisboa' }, insert_id: 'order-1:1', partner_id: 'partner-9',
  }));
  wait.push(amplitude.revenue(new Revenue().setProductId('beans').setPrice(7.25).setQuantity(3).setRevenueType('sale'), ana));
  wait.push(amplitude.track('Anonymous', {}, { device_id: 'server-device-2' }));
  wait.push(amplitude.track('No device', undefined, { user_id: 'ben@example.org' }));
  wait.push(amplitude.track('Again', {}, { ...ana, insert_id: 'order-1:1' }));
  await Promise.all(wait.map(result => result.promise));
}

async function largeBatch() {
  const amplitude = await client('', { serverUrl: simulator + '/batch', useBatch: true, flushQueueSize: 300 });
  const deep = {};
  for (let place = deep, depth = 0; depth < 30; depth++) place = place.deeper = { depth };
  const wait = [];
  for (let row = 0; row < 600; row++) {
    wait.push(amplitude.track('Bulk', { row, text: `${row} `.repeat(200), deep }, { device_id: `bulk-device-${row % 20}` }));
  }
  await Promise.all(wait.map(result => result.promise));
}

// The simulator of this test allows one device only a few events in a few seconds.
async function storm() {
  const amplitude = await client('/2/httpapi', { flushQueueSize: 15 });
  // The client pauses 30 seconds for a throttled device; the simulator's window is shorter than that.
  amplitude.timeline.plugins.find(plugin => plugin.name === 'amplitude').throttleTimeout = 5_500;
  const wait = [];
  for (let row = 0; row < 30; row++) wait.push(amplitude.track('Storm', { row }, { device_id: 'storm-device' }));
  await Promise.all(wait.map(result => result.promise));
}

await Promise.all([everydayEvents(), largeBatch(), storm()]);
await writeFile(output, JSON.stringify(sent));
