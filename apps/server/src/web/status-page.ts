/** A plain page for people who open a node in a browser before its pages are built: read-only, no script. */
import type { NodeStatus } from '@homeward/contract';

export const statusCss = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: start; padding: .25rem .75rem; border-bottom: 1px solid #8884; }
.alarm { border-inline-start: .3rem solid #c00; padding-inline-start: .7rem; }
code { overflow-wrap: anywhere; }
`;

export function toStatusPage(status: NodeStatus): string {
  const { checkpoint } = status.log;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(status.name)} · Homeward</title>
<link rel="stylesheet" href="/status.css">
</head>
<body>
<h1>${escape(status.name)}</h1>
<p>Homeward ${escape(status.version)}, ${escape(status.role)} node of ${escape(status.party)}, up since ${escape(status.startedAt)}.</p>
${status.alarms.map(({ kind, since, detail }) => `<p class="alarm" role="alert"><strong>${escape(kind)}</strong> since ${escape(since)}: ${escape(detail)}</p>`).join('\n')}
<h2>Log</h2>
<p><code>${escape(status.origin)}</code>: ${String(status.log.size)} acts held${
    checkpoint === undefined
      ? ', no checkpoint yet.'
      : `, checkpoint of ${String(checkpoint.size)} with root <code>${escape(checkpoint.root)}</code>, cosigned by ${escape(checkpoint.cosigners.join(', ') || 'nobody')}${checkpoint.quorum ? '' : ' (not yet a quorum)'}.`
  }</p>
${status.exchanges.map(toExchange).join('\n')}
<h2>Other nodes</h2>
<table><thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Last heard</th><th scope="col">Log size</th></tr></thead>
<tbody>
${status.peers.map((peer) => `<tr><td>${escape(peer.name)}</td><td>${escape(peer.role)}</td><td>${escape(peer.lastHeard ?? 'never')}</td><td>${String(peer.size ?? '')}</td></tr>`).join('\n')}
</tbody></table>
</body>
</html>
`;
}

function toExchange(exchange: NodeStatus['exchanges'][number]): string {
  return `<h2>${escape(exchange.title)}</h2>
<p>${escape(exchange.status)}; ${String(exchange.acts)} acts; imbalance now ${String(exchange.imbalance)}, at most ${String(exchange.imbalanceMax)}.</p>
<table><thead><tr><th scope="col">Leg</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Agreed</th><th scope="col">Moving</th><th scope="col">Received</th><th scope="col">Under way</th><th scope="col">Verified returns</th></tr></thead>
<tbody>
${exchange.legs.map((leg) => `<tr><th scope="row">${escape(leg.id)}</th><td>${escape(leg.from)}</td><td>${escape(leg.to ?? '–')}</td><td>${leg.agreed === undefined ? '–' : String(leg.agreed)}</td><td>${String(leg.moving)}</td><td>${String(leg.received)}</td><td>${String(leg.underWay)}</td><td>${String(leg.returned)}</td></tr>`).join('\n')}
</tbody></table>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
