interface Circumstances {
  /** `host:port` that was talked to. */
  readonly host: string;
  readonly sent: boolean;
  /** The headers of an answer had come. */
  readonly answered: boolean;
  readonly timeoutMs: number;
}

/** What a system's code means, as one plain sentence with the host in it. */
export function sentenceFor(code: string | null, { host, sent, answered, timeoutMs }: Circumstances): string {
  const seconds = `${timeoutMs / 1000} s`;
  const name = host.replace(/:\d+$/, '');
  switch (code) {
    case 'ECONNREFUSED':
      return `Nobody listens on ${host}: connection refused.`;
    case 'ENOTFOUND':
      return `There is no computer called ${name}: the name is not known.`;
    case 'EAI_AGAIN':
      return `The name ${name} could not be looked up: the name server did not answer.`;
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `${host} could not be reached within ${seconds}: it did not answer, or something in between drops the connection.`;
    case 'ETIMEDOUT':
      return sent
        ? `The connection to ${host} went dead.`
        : `${host} could not be reached: it did not answer, or something in between drops the connection.`;
    case 'UND_ERR_HEADERS_TIMEOUT':
      return `${host} took the request but did not answer within ${seconds}.`;
    case 'UND_ERR_BODY_TIMEOUT':
      return `${host} stopped in the middle of its answer: nothing came for ${seconds}.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return `There is no way to ${host} from here: the network cannot be reached.`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return sent
        ? `${host} closed the connection before its answer was complete.`
        : `${host} closed the connection while it was being made.`;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return `The answer of ${host} was cut off.`;
    case 'UND_ERR_HEADERS_OVERFLOW':
      return `The headers that ${host} answered with are too large.`;
    case 'UND_ERR_INVALID_ARG':
      return 'The request holds a character that cannot be sent: look at the key, the organization and the project.';
    case 'SOCKS':
      return `${host} is a SOCKS proxy, which only the editor itself can use.`;
    default:
      if (code?.startsWith('HPE_') === true) {
        return answered ? `The answer of ${host} was cut off.` : `${host} does not speak HTTP.`;
      }
      return tlsSentence(code, host) ?? `The connection to ${host} failed${code === null ? '' : ` (${code})`}.`;
  }
}

function tlsSentence(code: string | null, host: string): string | null {
  switch (code) {
    case null:
      return null;
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} has expired.`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is not valid yet: look at the clock of this computer.`;
    case 'CERT_REVOKED':
      return `The certificate of ${host} was revoked.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `The certificate of ${host} was issued for another name.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${host} is self-signed, and this computer does not trust it.`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return `The certificate of ${host} comes from an issuer that this computer does not trust: a company's own can be named in NODE_EXTRA_CA_CERTS.`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${host} does not speak https.`;
    default:
      if (code.includes('CERT') || code.startsWith('UNABLE_TO_')) {
        return `The certificate of ${host} cannot be trusted (${code}).`;
      }
      return /^ERR_(TLS|SSL|OSSL)_/.test(code) ? `A secure connection to ${host} could not be made (${code}).` : null;
  }
}
