import * as l10n from '@vscode/l10n';
import type { SourceError } from '../common/errors.ts';

/** A localised sentence for a connection that did not come about, by the system's own code. */
export function explainConnect(error: SourceError, host: string): string {
  const code = error.details.systemCode ?? '';
  if (error.kind === 'tls') return explainCertificate(code, host);
  if (error.kind === 'proxy') return explainProxy(error, host);
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return l10n.t('{0} cannot be reached: it does not answer, or a firewall on the way is silent.', host);
    case 'ECONNREFUSED':
      return l10n.t('Nobody answers at {0}. Is the server running?', host);
    case 'ENOTFOUND':
      return l10n.t('There is no host of the name {0}.', host);
    case 'EAI_AGAIN':
      return l10n.t('The name {0} cannot be looked up. Is the network connected?', host);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return l10n.t('{0} cannot be reached from here. Is the network connected?', host);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return l10n.t('{0} closed the connection before it had answered.', host);
    default:
      return l10n.t('The connection to {0} failed.', host);
  }
}

/** By what the proxy answered; without an answer it is the proxy itself that is out of reach. */
function explainProxy({ details }: SourceError, host: string): string {
  switch (details.status) {
    case undefined:
      return l10n.t('The proxy between here and {0} does not work. Check the http.proxy setting.', host);
    case 407:
      return l10n.t(
        'The proxy between here and {0} wants a user name and password. Check the settings http.proxy and http.proxyAuthorization.',
        host,
      );
    case 403:
      return l10n.t('The proxy does not allow connections to {0}.', host);
    default:
      return l10n.t('The proxy could not connect to {0} (it answered {1}).', host, details.status);
  }
}

function explainCertificate(code: string, host: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return l10n.t('The certificate of {0} has expired.', host);
    case 'CERT_NOT_YET_VALID':
      return l10n.t('The certificate of {0} is not valid yet. Is the clock right?', host);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return l10n.t('The certificate of {0} was made for another name.', host);
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return l10n.t(
        'The certificate of {0} is signed by nobody this machine trusts. Install its root certificate in the system.',
        host,
      );
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return l10n.t('{0} does not speak HTTPS. Does its URL begin with http://?', host);
    default:
      return l10n.t('No safe connection to {0} could be made.', host);
  }
}
