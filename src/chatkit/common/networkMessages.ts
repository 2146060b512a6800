import * as l10n from '@vscode/l10n';

interface NetworkFailure {
  /** `host` or `host:port`. */
  readonly host: string;
  /** A byte of the request may have been sent. */
  readonly sent: boolean;
  /** The headers of the response were received. */
  readonly answered?: boolean;
  /** The limit that was exceeded; undefined if unknown. */
  readonly timeoutMs?: number;
}

/** Returns a localized sentence for a failed connection, by the code of Node, undici or OpenSSL. */
export function networkMessage(code: string | null, failure: NetworkFailure): string {
  const { host, sent, answered = false, timeoutMs } = failure;
  const name = host.replace(/:\d+$/, '');
  switch (code) {
    case 'ECONNREFUSED':
      return l10n.t('Could not connect to {0}. Is the server running?', host);
    case 'ENOTFOUND':
      return l10n.t('Could not find the host {0}. Check the URL.', name);
    case 'EAI_AGAIN':
      return l10n.t('Could not look up the host {0}. Is the network connected?', name);
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return sent && code === 'ETIMEDOUT'
        ? l10n.t('The connection to {0} timed out.', host)
        : l10n.t('Could not connect to {0}: no response. A firewall may block the connection.', host);
    case 'UND_ERR_HEADERS_TIMEOUT':
      return timeoutMs === undefined
        ? l10n.t('{0} did not respond in time.', host)
        : l10n.t('{0} did not respond within {1} s.', host, timeoutMs / 1000);
    case 'UND_ERR_BODY_TIMEOUT':
      return timeoutMs === undefined
        ? l10n.t('{0} stopped sending its response.', host)
        : l10n.t('{0} stopped sending its response: no data for {1} s.', host, timeoutMs / 1000);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return l10n.t('Could not reach {0}. Is the network connected?', host);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return sent
        ? l10n.t('{0} closed the connection before its response was complete.', host)
        : l10n.t('{0} closed the connection while it was being established.', host);
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return l10n.t('The response of {0} was cut off.', host);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return l10n.t('The response headers of {0} are too large.', host);
    case 'UND_ERR_INVALID_ARG':
      return l10n.t(
        'The request contains a character that cannot be sent. Check the API key, the organization and the project.',
      );
    case 'SOCKS':
      return l10n.t('SOCKS proxies are not supported.');
    case null:
      return l10n.t('The connection to {0} failed.', host);
    default:
      if (code.startsWith('HPE_')) {
        return answered
          ? l10n.t('The response of {0} was cut off.', host)
          : l10n.t('{0} did not return an HTTP response.', host);
      }
      return tlsMessage(code, host) ?? l10n.t('The connection to {0} failed ({1}).', host, code);
  }
}

/**
 * Returns a localized sentence for a failure that a proxy caused. `status`: of the proxy's response, undefined if there
 * was none. `hasCredentials`: a user name and password were sent to the proxy.
 */
export function proxyMessage(status: number | undefined, host: string, hasCredentials = false): string {
  switch (status) {
    case undefined:
      return l10n.t('Could not use the proxy for {0}. Check the http.proxy setting.', host);
    case 407:
      return hasCredentials
        ? l10n.t(
            'The proxy did not accept the user name and password. Check the settings http.proxy and http.proxyAuthorization.',
          )
        : l10n.t(
            'The proxy requires a user name and password. Check the settings http.proxy and http.proxyAuthorization.',
          );
    case 403:
      return l10n.t('The proxy does not allow connections to {0}.', host);
    default:
      return l10n.t('The proxy could not connect to {0} (status {1}).', host, status);
  }
}

function tlsMessage(code: string, host: string): string | null {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return l10n.t('The certificate for {0} has expired.', host);
    case 'CERT_NOT_YET_VALID':
      return l10n.t('The certificate for {0} is not valid yet. Is the clock of this machine correct?', host);
    case 'CERT_REVOKED':
      return l10n.t('The certificate for {0} was revoked.', host);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return l10n.t('The certificate for {0} was issued for another host name.', host);
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return l10n.t(
        'The certificate for {0} is not trusted on this machine. Install its root certificate in the system, or name it in NODE_EXTRA_CA_CERTS.',
        host,
      );
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return l10n.t('{0} does not support HTTPS. Should its URL start with http?', host);
    default:
      if (code.includes('CERT') || code.startsWith('UNABLE_TO_')) {
        return l10n.t('The certificate for {0} is not trusted on this machine ({1}).', host, code);
      }
      return /^ERR_(TLS|SSL|OSSL)_/.test(code)
        ? l10n.t('Could not establish a secure connection to {0} ({1}).', host, code)
        : null;
  }
}
