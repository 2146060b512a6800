// A certificate authority for tests: X.509 by hand, because Node can read certificates but not make them.
import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

export interface Identity {
  readonly name: string;
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly privateKey: KeyObject;
}

export interface CertificateOptions {
  /** Common name; organization is always "ChatKit tests". */
  readonly name: string;
  /** DNS names and IP addresses that the certificate is for. */
  readonly hosts?: readonly string[];
  /** Self-signed without. */
  readonly issuer?: Identity;
  readonly authority?: boolean;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const day = 86_400_000;

export function makeCertificate(options: CertificateOptions): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { name, hosts = [], issuer, authority = false } = options;
  const from = options.validFrom ?? new Date(Date.now() - day);
  const to = options.validTo ?? new Date(Date.now() + day);
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    distinguishedName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(basicConstraints(authority), ...(hosts.length === 0 ? [] : [alternativeNames(hosts)]))),
  );
  const signature = createSign('sha256')
    .update(body)
    .sign(issuer?.privateKey ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, bits(signature));
  return {
    name,
    privateKey,
    cert: pem('CERTIFICATE', der),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function element(tag: number, contents: Buffer): Buffer {
  const { length } = contents;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), contents]);
}
const sequence = (...parts: Buffer[]) => element(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => element(0x31, Buffer.concat(parts));
const tagged = (number: number, contents: Buffer) => element(0xa0 + number, contents);
const integer = (bytes: Buffer) => element(0x02, bytes);
const octets = (bytes: Buffer) => element(0x04, bytes);
const bits = (bytes: Buffer) => element(0x03, Buffer.concat([Buffer.from([0]), bytes]));
const text = (value: string) => element(0x0c, Buffer.from(value, 'utf8'));
const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
const time = (date: Date) => element(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`, 'latin1'));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

function distinguishedName(name: string): Buffer {
  return sequence(set(sequence(oid('55040a'), text('ChatKit tests'))), set(sequence(oid('550403'), text(name))));
}

function basicConstraints(authority: boolean): Buffer {
  const isTrue = element(0x01, Buffer.from([0xff]));
  return sequence(oid('551d13'), isTrue, octets(authority ? sequence(isTrue) : sequence()));
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    /^\d+(\.\d+){3}$/.test(host)
      ? element(0x87, Buffer.from(host.split('.').map(Number)))
      : element(0x82, Buffer.from(host, 'latin1')),
  );
  return sequence(oid('551d11'), octets(sequence(...names)));
}
