// Visits the pages of site/ with Chromium, and writes what Amplitude's client sent, request by request, to a file:
//   node browser.mjs http://127.0.0.1:PORT API_KEY sent.json CHROMIUM
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const [simulator, apiKey, output, executablePath] = process.argv.slice(2);
const here = import.meta.dirname;
const bundle = join(here, 'node_modules/@amplitude/analytics-browser/lib/scripts/amplitude-min.js');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.pdf': 'application/pdf' };
const settings = `const settings = ${JSON.stringify({ apiKey, serverUrl: `${simulator}/2/httpapi` })};\n`;

async function content(path) {
  switch (path) {
    case '/': return readFile(join(here, 'site/index.html'));
    case '/amplitude.js': return readFile(bundle);
    case '/tracking.js': return settings + await readFile(join(here, 'site/tracking.js'));
    case '/prices.pdf': return '%PDF-1.4\n%%EOF\n';
    default: return readFile(join(here, 'site', path));
  }
}

const pages = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  try {
    response.setHeader('Content-Type', `${types[extname(path)] ?? 'text/html'}; charset=utf-8`);
    response.end(await content(path));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(listening => pages.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${pages.address().port}`;

const sent = [];
let heard = resolvers();

function resolvers() {
  const parts = {};
  parts.promise = new Promise(resolve => { parts.resolve = resolve; });
  return parts;
}

function note(request) {
  if (request.method() !== 'POST' || !request.url().startsWith(simulator)) return;
  const bytes = request.postDataBuffer();
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const body = JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString('utf8'));
  const upload = { url: request.url(), body, status: 0 };
  sent.push(upload);
  heard.resolve();
  heard = resolvers();
  upload.answer = request.response().then(response => { upload.status = response?.status() ?? 0; }, () => {});
}

// Waits until the client has sent that many events of the type.
async function until(type, count = 1, matches = () => true) {
  const deadline = setTimeout(() => { throw new Error(`${type} was not sent`); }, 20_000);
  const isMeant = event => event.event_type === type && matches(event);
  while (sent.flatMap(upload => upload.body.events).filter(isMeant).length < count) {
    await heard.promise;
  }
  clearTimeout(deadline);
}

// Clicks what leads to another page, which is given only once the event was sent: a client that is left may lose it.
async function leave(page, selector, type, matches) {
  await page.route(/\.html/, async route => {
    await until(type, 1, matches);
    await route.continue();
  }, { times: 1 });
  await page.click(selector);
}

const follow = (page, id) =>
  leave(page, `#${id}`, '[Amplitude] Element Clicked', event => event.event_properties['[Amplitude] Element ID'] === id);

async function visit(page) {
  await page.goto(address + '/?utm_source=letter&utm_campaign=S%C3%BCden&gclid=abc');
  await until('[Amplitude] Page Viewed');
  for (let click = 0; click < 6; click++) await page.click('#like');
  await page.click('#dead');
  await until('[Amplitude] Rage Click');
  await until('[Amplitude] Dead Click');
  await page.click('#prices');
  await until('[Amplitude] File Downloaded');
  await page.hover('#menu-beans');
  await page.hover('#menu-dark');
  await follow(page, 'menu-sao-tome');
  await until('[Amplitude] Page Viewed', 2);
  await page.click('#taste');
  await page.evaluate(() => {
    amplitude.setUserId('ana@example.org');
    amplitude.identify(new amplitude.Identify().set('taste', ['bitter', 'süß']).add('cups', 2));
    amplitude.setGroup('company', 'Harbour');
    amplitude.track('Tasted', { product: 'Crème brûlée', score: 4.5, again: true, nested: { list: [1, 'two', null] } });
    amplitude.revenue(new amplitude.Revenue().setProductId('beans').setPrice(7.25).setQuantity(2));
  });
  await follow(page, 'menu-contact');
  await until('[Amplitude] Page Viewed', 3);
  await page.fill('#name', 'Ana');
  await page.selectOption('#topic', 'Machines');
  await leave(page, '#send', '[Amplitude] Form Submitted');
  await until('[Amplitude] Page Viewed', 4);
  await page.evaluate(() => amplitude.reset());
  await page.evaluate(() => amplitude.track('After the reset'));
  await until('After the reset');
}

const profile = await mkdtemp(join(tmpdir(), 'waveguide-chromium-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  acceptDownloads: true,
  locale: 'de-DE',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
try {
  const page = await browser.newPage();
  page.on('request', note);
  page.on('pageerror', error => console.error(error.message));
  await visit(page);
  await Promise.all(sent.map(upload => upload.answer));
  await page.goto('about:blank');
  await Promise.all(sent.map(upload => upload.answer));
} finally {
  await browser.close();
  pages.close();
  await rm(profile, { recursive: true, force: true });
}
await writeFile(output, JSON.stringify(sent.map(({ url, body, status }) => ({ url, body, status }))));
